/** What a token says of itself, for the person who holds it: nothing here was verified, and nothing is decided by it. */
import { decodeJwt } from 'jose'
import { printable } from '../manifests/printable.ts'

/** Ten minutes: what most sources' tokens may be old, CONTRACT.md section 5. Units: seconds. */
const USUAL_AGE = 600
/** Clocks may differ by as much. Units: seconds. */
const SKEW = 60

export interface UnverifiedToken {
  readonly issuer: string | null
  readonly subject: string | null
  readonly audiences: readonly string[]
  /** Units: seconds since 1970. */
  readonly issuedAt: number | null
  readonly expiresAt: number | null
}

/** Null for what is no JWT. */
export function lookInto(token: string): UnverifiedToken | null {
  try {
    const { iss, sub, aud, iat, exp } = decodeJwt(token)
    return {
      issuer: typeof iss === 'string' ? iss : null,
      subject: typeof sub === 'string' ? sub : null,
      audiences: [aud ?? []].flat().filter((one) => typeof one === 'string'),
      issuedAt: typeof iat === 'number' ? iat : null,
      expiresAt: typeof exp === 'number' ? exp : null,
    }
  } catch {
    return null
  }
}

/** What the holder can see is wrong without knowing any rule of the server; likely reasons, the likeliest first. */
export function suspicions(token: UnverifiedToken | null, audience: string | null, now: Date): string[] {
  if (token === null) return ['The token is no JWT: three parts of base64url, joined by dots.']
  const seconds = now.getTime() / 1000
  const found: string[] = []
  if (token.expiresAt !== null && token.expiresAt + SKEW < seconds) {
    found.push(
      `The token expired ${durationText(seconds - token.expiresAt)} ago: ask for one just before the exchange.`,
    )
  } else if (token.issuedAt !== null && token.issuedAt + USUAL_AGE < seconds) {
    found.push(
      `The token is ${durationText(seconds - token.issuedAt)} old; many providers take none older than 10 minutes.`,
    )
  }
  if (token.issuedAt !== null && token.issuedAt - SKEW > seconds) {
    found.push('The token was issued in the future: a clock is wrong, here or at the issuer.')
  }
  if (audience !== null && !token.audiences.includes(audience)) {
    const theirs = token.audiences.map((one) => `"${printable(one)}"`).join(' and ') || 'nobody'
    found.push(`The token is for ${theirs}, the client id is of "${audience}": ask the issuer for that audience.`)
  }
  return found
}

/** `40 seconds`, `5 minutes`, `2 hours`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [count, unit] =
    whole < 120
      ? [whole, 'second']
      : whole < 7_200
        ? [Math.round(whole / 60), 'minute']
        : [Math.round(whole / 3_600), 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

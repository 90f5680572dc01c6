/**
 * DPoP proofs of this process: each is taken once, in memory. Servers that run side by side share nothing, so a proof could be
 * sent once to each within its minute.
 *
 * Source: RFC 9449 §4.3.
 */
import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'

export interface ProofToTake {
  readonly proof: string | undefined
  readonly method: string
  /** Without query. */
  readonly url: string
  readonly accessToken: string
  /** `cnf.jkt` of the token. */
  readonly thumbprint: unknown
}

/** Units: seconds */
const WINDOW_SECONDS = 60
/** About 10 MiB at worst; beyond it nobody is let in by a new proof until some have expired. */
const REMEMBERED = 100_000
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'PS256', 'RS256', 'EdDSA']

export function createProofs(now: () => Date): (ask: ProofToTake) => Promise<boolean> {
  const seen = new Map<string, number>()
  const forget = (at: number) => {
    for (const [id, until] of seen) if (until <= at) seen.delete(id)
  }
  return async ({ proof, method, url, accessToken, thumbprint }) => {
    if (proof === undefined || typeof thumbprint !== 'string') return false
    try {
      const options = { typ: 'dpop+jwt', algorithms: ALGORITHMS, currentDate: now() }
      const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, options)
      const { jti, htm, htu, iat, ath } = payload
      const at = Math.floor(now().getTime() / 1000)
      if (typeof jti !== 'string' || jti === '' || jti.length > 256 || typeof iat !== 'number') return false
      const isAbout = htm === method && htu === url && ath === hashOf(accessToken)
      if (!isAbout || Math.abs(at - iat) > WINDOW_SECONDS) return false
      if (protectedHeader.jwk === undefined || (await calculateJwkThumbprint(protectedHeader.jwk)) !== thumbprint)
        return false
      const id = `${thumbprint} ${jti}`
      if (seen.size >= REMEMBERED) forget(at)
      if (seen.has(id) || seen.size >= REMEMBERED) return false
      seen.set(id, iat + 2 * WINDOW_SECONDS)
      return true
    } catch {
      return false
    }
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'ascii').digest('base64url')
}

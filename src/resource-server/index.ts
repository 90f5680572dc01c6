/**
 * THE APP'S SIDE
 *
 * Owns: what a resource server needs to trust our tokens, published as `entente/resource-server`: verification, levels, and the
 * challenge of RFC 9470, for Fastify, Express and plain fetch handlers; `browser.ts` for the page that meets the challenge.
 * Does not own: how a level is reached (planes/), who is who (registry/).
 * Imports nothing of the house: it runs wherever there is Node and `jose`.
 *
 * Source: RFC 9068 §4 (verification), RFC 9449 §7.1 (DPoP), RFC 6750 §3 and RFC 9470 §3 (challenges).
 */
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { type Challenge, challengeOf } from './challenge.ts'
import { createProofs } from './proof.ts'

export { type ExpressNext, type ExpressRequest, type ExpressResponse, guardExpress } from './express.ts'
export { type FastifyReplyLike, type FastifyRequestLike, guardFastify } from './fastify.ts'
export { guardFetch } from './fetch-handler.ts'

export interface ResourceServerOptions {
  /** `ENTENTE_URL` of the server, letter for letter. */
  readonly issuer: string
  /** What tokens have to be for: a `resources` entry of the app. */
  readonly audience: string
  /** Public base of this server without trailing slash, as DPoP proofs name it. Default: what the request says of itself. */
  readonly baseUrl?: string
  /** Default: fetched from the issuer and kept. */
  readonly keys?: JWTVerifyGetKey
  readonly now?: () => Date
}

/** What a request has to bring. */
export interface Needs {
  /** One of these levels, or a stronger one. */
  readonly acrValues?: readonly string[]
  /** Seconds since the person proved who they are. */
  readonly maxAge?: number
  /** Every one of these. */
  readonly scopes?: readonly string[]
}

export interface Presented {
  readonly authorization: string | undefined
  /** The `DPoP` header; left out where there is none. */
  readonly proof?: string | undefined
  readonly method: string
  /** Without query. */
  readonly url: string
}

export type Judged =
  | { readonly ok: true; readonly claims: JWTPayload }
  | {
      readonly ok: false
      readonly status: 401 | 403 | 503
      readonly headers: Readonly<Record<string, string>>
      readonly body: object
    }

export interface ResourceServer {
  readonly baseUrl: string | null
  judge(presented: Presented, needs?: Needs): Promise<Judged>
}

/** The weakest first; equal to the server's own by a test. Source: CONTRACT.md section 7. */
export const LEVELS = ['urn:entente:acr:1fa', 'urn:entente:acr:2fa', 'phr', 'phrh'] as const

/** How far two clocks may be apart. Units: seconds */
const SKEW_SECONDS = 60

export function createResourceServer(options: ResourceServerOptions): ResourceServer {
  const { issuer, audience, baseUrl = null, now = () => new Date() } = options
  const keys = options.keys ?? createRemoteJWKSet(new URL(`${issuer}/oauth2/jwks`))
  const takeProof = createProofs(now)

  return {
    baseUrl,
    async judge({ authorization, proof, method, url }, needs = {}) {
      const [, scheme = '', token] = /^(bearer|dpop) +(\S+) *$/i.exec(authorization ?? '') ?? []
      const isDpop = scheme.toLowerCase() === 'dpop'
      const say = (challenge: Omit<Challenge, 'isDpop'>) => refusal({ ...challenge, isDpop })
      if (token === undefined) return say({ error: null })
      let claims: JWTPayload
      try {
        const expected = { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'], currentDate: now() }
        claims = (await jwtVerify(token, keys, { ...expected, requiredClaims: ['sub', 'exp', 'iat'] })).payload
      } catch (error) {
        if (isOutage(error)) return unavailable
        return say({ error: 'invalid_token', description: 'the token is not a valid access token for this server' })
      }
      const { jkt } = Object(claims.cnf)
      // A binding that is not ours to understand must not be passed over.
      const isBound = claims.cnf !== undefined
      if (isBound !== isDpop)
        return say({ error: 'invalid_token', description: 'the token is bound otherwise than it is shown' })
      if (isBound) {
        const asked = { proof, method, url, accessToken: token, thumbprint: jkt }
        if (!(await takeProof(asked)))
          return say({ error: 'invalid_dpop_proof', description: 'the DPoP proof was not accepted' })
      }
      const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : []
      const lacking = (needs.scopes ?? []).filter((scope) => !scopes.includes(scope))
      if (lacking.length > 0) {
        const description = 'the token lacks a scope that is needed here'
        return say({ error: 'insufficient_scope', description, scope: needs.scopes ?? [] })
      }
      if (isProved(claims, needs, now())) return { ok: true, claims }
      const { acrValues = [], maxAge = null } = needs
      const description = 'a stronger or more recent proof of the person is needed'
      return say({ error: 'insufficient_user_authentication', description, acrValues, maxAge })
    },
  }
}

/** A token without the claim proves nothing. Source: RFC 9470 §3. */
function isProved({ acr, auth_time: authTime }: JWTPayload, { acrValues = [], maxAge }: Needs, now: Date): boolean {
  if (acrValues.length > 0 && !acrValues.some((wanted) => reaches(acr, wanted))) return false
  if (maxAge === undefined) return true
  if (typeof authTime !== 'number') return false
  const age = Math.floor(now.getTime() / 1000) - authTime
  return age <= maxAge + SKEW_SECONDS && age >= -SKEW_SECONDS
}

/** By the order of the levels; a word that is none of them is reached by itself. */
function reaches(acr: unknown, wanted: string): boolean {
  const order: readonly unknown[] = LEVELS
  const [has, needs] = [order.indexOf(acr), order.indexOf(wanted)]
  return acr === wanted || (needs >= 0 && has >= needs)
}

function refusal(challenge: Challenge): Judged {
  const status = challenge.error === 'insufficient_scope' ? 403 : 401
  const body = {
    error: challenge.error ?? 'invalid_token',
    error_description: challenge.description ?? 'a token is needed',
  }
  return {
    ok: false,
    status,
    headers: { 'www-authenticate': challengeOf(challenge), 'cache-control': 'no-store' },
    body,
  }
}

/** The keys cannot be had: nobody is let in, and nobody is told that their token were wrong. */
const unavailable: Judged = {
  ok: false,
  status: 503,
  headers: { 'retry-after': '5', 'cache-control': 'no-store' },
  body: { error: 'temporarily_unavailable', error_description: 'tokens cannot be verified at the moment' },
}

function isOutage(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true
  // Whatever is no verdict of the library about the token.
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC'
}

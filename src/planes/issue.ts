/** Issues our access token and notes it on the attempt. Source: RFC 9068 §2.2; claims of CONTRACT.md section 6. */
import type { JsonObject } from '../json.ts'
import type { SigningKeys } from '../keys/signing-keys.ts'
import type { Attempt } from './attempt.ts'
import type { Proof } from './dpop/proof.ts'

export interface TokenToIssue {
  readonly audience: string
  readonly subject: string
  /** Full client id of the trust or credential; the resource name of a provider of people. */
  readonly clientId: string
  readonly roles: readonly string[]
  readonly scope: string | null
  readonly lifetimeSeconds: number
  /** Taken already; null: the token is for its bearer. */
  readonly proof: Proof | null
  /** Claims beside the standard ones: `provider`, `c1wfc`, … */
  readonly extra: JsonObject
}

export interface Issued {
  readonly accessToken: string
  readonly tokenType: 'Bearer' | 'DPoP'
  readonly lifetimeSeconds: number
  /** Null when none were asked for. */
  readonly scope: string | null
}

export interface Issuer {
  issue(attempt: Attempt, token: TokenToIssue): Issued
}

export function createIssuer(options: { signing: SigningKeys; publicUrl: string; newUid: () => string }): Issuer {
  const { signing, publicUrl, newUid } = options
  return {
    issue(attempt, { audience, subject, clientId, roles, scope, lifetimeSeconds, proof, extra }) {
      const iat = Math.floor(attempt.at.getTime() / 1000)
      const exp = iat + lifetimeSeconds
      const jti = newUid()
      const claims: JsonObject = {
        iss: publicUrl,
        aud: audience,
        sub: subject,
        client_id: clientId,
        organization: attempt.organisation,
        ...extra,
        roles,
        ...(scope === null ? {} : { scope }),
        // RFC 9449 §6.1.
        ...(proof === null ? {} : { cnf: { jkt: proof.thumbprint } }),
        jti,
        iat,
        exp,
      }
      attempt.issued = { jti, sub: subject, scope, expiresAt: new Date(exp * 1000).toISOString() }
      attempt.ladder.check('issue', true, 'request.invalid')
      const tokenType = proof === null ? 'Bearer' : 'DPoP'
      return { accessToken: signing.sign(claims), tokenType, lifetimeSeconds, scope }
    },
  }
}

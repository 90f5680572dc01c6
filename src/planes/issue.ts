/** Issues our access token and notes it on the attempt. Source: RFC 9068 §2.2; claims of CONTRACT.md section 6. */
import type { JsonObject } from '../json.ts'
import type { SigningKeys } from '../keys/signing-keys.ts'
import type { Attempt } from './attempt.ts'

export interface TokenToIssue {
  readonly audience: string
  readonly subject: string
  /** Full client id of the trust or credential. */
  readonly clientId: string
  readonly roles: readonly string[]
  readonly scope: string | null
  readonly lifetimeSeconds: number
  /** Claims beside the standard ones: `provider`, `c1wfc`, … */
  readonly extra: JsonObject
}

export interface Issuer {
  issue(attempt: Attempt, token: TokenToIssue): string
}

export function createIssuer(options: { signing: SigningKeys; publicUrl: string; newUid: () => string }): Issuer {
  const { signing, publicUrl, newUid } = options
  return {
    issue(attempt, { audience, subject, clientId, roles, scope, lifetimeSeconds, extra }) {
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
        jti,
        iat,
        exp,
      }
      attempt.issued = { jti, sub: subject, scope, expiresAt: new Date(exp * 1000).toISOString() }
      attempt.ladder.check('issue', true, 'request.invalid')
      return signing.sign(claims)
    },
  }
}

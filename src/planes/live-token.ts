/**
 * Whether a token of ours still counts: signed by us, in time, not revoked, and everything it came from still enabled.
 * Introspection, our own management APIs and (later) refresh all ask here, so that a disabling reaches them all.
 */
import type { JsonObject } from '../json.ts'
import type { SigningKeys } from '../keys/signing-keys.ts'
import { isProviderUsable } from '../registry/provider.ts'
import { effectiveRoles } from '../registry/roles.ts'
import type { RevokedTokenStore } from './one-time-store.ts'
import type { TokenSubjects } from './token-exchange/subjects.ts'

export interface LiveToken {
  readonly claims: JsonObject
  readonly jti: string
  readonly expiresAt: Date
  readonly organisation: string
  readonly subject: string
  readonly clientId: string
  /** The token's roles that its principal and trust still have. */
  readonly roles: readonly string[]
}

export interface LiveTokens {
  /** Null for every token that does not count, without saying why. */
  read(token: string): Promise<LiveToken | null>
}

export interface LiveTokenOptions {
  readonly signing: SigningKeys
  readonly subjects: TokenSubjects
  readonly revokedTokens: RevokedTokenStore
  readonly publicUrl: string
  readonly now: () => Date
}

export function createLiveTokens(options: LiveTokenOptions): LiveTokens {
  const { signing, subjects, revokedTokens, publicUrl, now } = options
  return {
    async read(token) {
      const claims = signing.verify(token)
      if (claims === null) return null
      const { iss, exp, jti, sub, client_id, organization, roles } = claims
      if (iss !== publicUrl || typeof exp !== 'number' || typeof jti !== 'string' || typeof sub !== 'string')
        return null
      if (typeof client_id !== 'string' || typeof organization !== 'string' || !Array.isArray(roles)) return null
      const expiresAt = new Date(exp * 1000)
      if (expiresAt <= now()) return null
      const current = await rolesNow(subjects, client_id, { subject: sub, organisation: organization, now: now() })
      if (current === null || (await revokedTokens.isRevoked(jti))) return null
      const kept = roles.filter((role): role is string => typeof role === 'string' && current.includes(role))
      return { claims, jti, expiresAt, organisation: organization, subject: sub, clientId: client_id, roles: kept }
    },
  }
}

/** The roles that the token's trust or credential gives at this moment, or null when it gives none any more. */
async function rolesNow(
  subjects: TokenSubjects,
  clientId: string,
  token: { subject: string; organisation: string; now: Date },
): Promise<readonly string[] | null> {
  if (clientId.endsWith('/wfe')) {
    const found = await subjects.trusts.get(clientId)
    if (found === null || !found.trust.enabled || !isProviderUsable(found.provider, token.now)) return null
    return belongs(found, token) ? effectiveRoles(found.principal.roleIds, found.trust.scopedRoleIds) : null
  }
  const found = await subjects.credentials.get(clientId)
  if (found === null || found.credential.expiresAt <= token.now) return null
  return belongs(found, token) ? effectiveRoles(found.principal.roleIds, found.credential.scopedRoleIds) : null
}

function belongs(
  found: { principal: { uid: string; enabled: boolean }; organisation: { id: string } },
  token: { subject: string; organisation: string },
): boolean {
  return (
    found.principal.enabled && found.principal.uid === token.subject && found.organisation.id === token.organisation
  )
}

/**
 * Whether a token of ours still counts: signed by us, in time, not revoked, and everything it came from still enabled.
 * Introspection, our own management APIs and (later) refresh all ask here, so that a disabling reaches them all.
 */
import type { Json, JsonObject } from '../json.ts'
import type { SigningKeys } from '../keys/signing-keys.ts'
import { isProviderUsable } from '../registry/provider.ts'
import { effectiveRoles } from '../registry/roles.ts'
import type { RevokedTokenStore } from './one-time-store.ts'
import type { LinkedPersons } from './token-exchange/linked-persons.ts'
import type { TokenSubjects } from './token-exchange/subjects.ts'

export interface LiveToken {
  readonly claims: JsonObject
  readonly jti: string
  readonly expiresAt: Date
  readonly organisation: string
  readonly subject: string
  readonly clientId: string
  /** Issued to an app; what it opens is in its scope. */
  readonly isOfApp: boolean
  /** About a person, at whose word it was issued: to an app, or for a token of their provider. */
  readonly isOfPerson: boolean
  /** Of the key that the token is bound to; null: it is for its bearer. */
  readonly thumbprint: string | null
  /** The token's roles that its principal or person, and trust, still have. */
  readonly roles: readonly string[]
}

export interface LiveTokens {
  /** Null for every token that does not count, without saying why. */
  read(token: string): Promise<LiveToken | null>
}

/** The roles of the person whom an app got the token for, or null where anything it came from counts no longer. */
export type PersonOfToken = (token: {
  readonly clientId: string
  readonly subject: string
  readonly organisation: string
  /** `sid` of the token; null: the app exchanged a token of this provider for it. */
  readonly session: string | null
  /** Registry id. */
  readonly provider: string
  /** Seconds. */
  readonly issuedAt: unknown
}) => Promise<{ readonly roles: readonly string[] } | null>

export interface LiveTokenOptions {
  readonly signing: Pick<SigningKeys, 'verify'>
  readonly subjects: TokenSubjects
  readonly linkedPersons: LinkedPersons
  readonly revokedTokens: RevokedTokenStore
  /** Of a token that an app got for a person: whether app, person, provider and session still count. */
  readonly personOf: PersonOfToken
  readonly publicUrl: string
  readonly now: () => Date
}

export function createLiveTokens(options: LiveTokenOptions): LiveTokens {
  const { signing, revokedTokens, publicUrl, now } = options
  return {
    async read(token) {
      const claims = signing.verify(token)
      if (claims === null) return null
      const { iss, exp, jti, sub, client_id, organization, roles, cnf, sid, provider, grant } = claims
      if (iss !== publicUrl || typeof exp !== 'number' || typeof jti !== 'string' || typeof sub !== 'string')
        return null
      if (typeof client_id !== 'string' || typeof organization !== 'string' || !Array.isArray(roles)) return null
      const expiresAt = new Date(exp * 1000)
      if (expiresAt <= now()) return null
      const thumbprint = thumbprintOf(cnf)
      if (thumbprint === undefined) return null
      const current = await rolesNow(options, client_id, {
        subject: sub,
        organisation: organization,
        session: typeof sid === 'string' ? sid : null,
        provider: typeof provider === 'string' ? provider : '',
        issuedAt: claims.iat,
        now: now(),
      })
      if (current === null || (await revokedTokens.isRevoked(jti))) return null
      // What hangs on a grant ends with it.
      if (typeof grant === 'string' && (await revokedTokens.isRevoked(revokedGrant(grant)))) return null
      const kept = roles.filter((role): role is string => typeof role === 'string' && current.includes(role))
      const said = { claims, jti, expiresAt, organisation: organization, subject: sub, clientId: client_id }
      const isOfApp = isApp(client_id)
      return { isOfApp, isOfPerson: isOfApp || isProvider(client_id), thumbprint, roles: kept, ...said }
    },
  }
}

/** Null where there is no binding; undefined for one that is not ours to understand, which must not be passed over. */
function thumbprintOf(cnf: Json | undefined): string | null | undefined {
  if (cnf === undefined) return null
  const jkt = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? cnf.jkt : undefined
  return typeof jkt === 'string' ? jkt : undefined
}

/** A grant among revoked tokens, by its mark: no id of a token looks like it. */
export function revokedGrant(mark: string): string {
  return `grant:${mark}`
}

/** All others end in their kind, or are resource names. Source: CONTRACT.md section 3, `client_id`. */
function isApp(clientId: string): boolean {
  return !clientId.includes('/')
}

/** A person's token was exchanged, and no app did it. Source: CONTRACT.md section 5, "Resource name of a provider". */
function isProvider(clientId: string): boolean {
  return clientId.startsWith('//')
}

interface TokenNow {
  readonly subject: string
  readonly organisation: string
  /** Of those that an app got at a sign-in. */
  readonly session: string | null
  readonly provider: string
  readonly issuedAt: unknown
  readonly now: Date
}

/** The roles that whatever the token came from gives at this moment, or null when it gives none any more. */
async function rolesNow(
  { subjects, linkedPersons, personOf }: Pick<LiveTokenOptions, 'subjects' | 'linkedPersons' | 'personOf'>,
  clientId: string,
  token: TokenNow,
): Promise<readonly string[] | null> {
  if (isApp(clientId)) return (await personOf({ clientId, ...token }))?.roles ?? null
  if (isProvider(clientId)) {
    const found = await subjects.providers.get(clientId)
    if (found === null || found.organisation.id !== token.organisation) return null
    if (found.provider.use !== 'workforce' || !isProviderUsable(found.provider, token.now)) return null
    return await rolesOfPerson(linkedPersons, token)
  }
  if (clientId.endsWith('/wfe')) {
    const found = await subjects.trusts.get(clientId)
    if (found === null || !found.trust.enabled || !isProviderUsable(found.provider, token.now)) return null
    return belongs(found, token) ? effectiveRoles(found.principal.roleIds, found.trust.scopedRoleIds) : null
  }
  const found = await subjects.credentials.get(clientId)
  if (found === null || found.credential.expiresAt <= token.now) return null
  return belongs(found, token) ? effectiveRoles(found.principal.roleIds, found.credential.scopedRoleIds) : null
}

/** Of a person whose token was exchanged; null where they may no longer. */
export async function rolesOfPerson(
  linkedPersons: LinkedPersons,
  token: { readonly subject: string; readonly organisation: string },
): Promise<readonly string[] | null> {
  // Whom nobody here is linked to, only the provider vouches for.
  if (token.subject.startsWith('principal://')) return []
  const person = await linkedPersons.get(token.organisation, token.subject)
  return person?.enabled === true ? person.roleIds : null
}

function belongs(
  found: { principal: { uid: string; enabled: boolean }; organisation: { id: string } },
  token: { subject: string; organisation: string },
): boolean {
  return (
    found.principal.enabled && found.principal.uid === token.subject && found.organisation.id === token.organisation
  )
}

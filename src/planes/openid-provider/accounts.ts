/**
 * People as the OpenID Provider library knows accounts: somebody counts as long as they, their provider, their app and the
 * session that proved them all do. Asked at every authorization, code, refresh and back channel.
 *
 * Source: OpenID Connect Core §5; CONTRACT.md section 6 for the claims of tokens about people.
 */

import type { Account, AccountClaims, KoaContextWithOIDC } from 'oidc-provider'
import type { JsonObject } from '../../json.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { Person } from '../../registry/person.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import type { RegistryStores } from '../../registry/stores.ts'
import type { Session } from '../sign-in/session.ts'
import type { SessionStore } from '../sign-in/session-store.ts'
import { hashOfOpSession } from './stored-hash.ts'

/** A person with the session that proves them, everything alive. */
export interface Standing {
  readonly person: Person
  readonly session: Session
  readonly provider: Provider
  readonly organisation: Organisation
}

export interface AccountOptions {
  readonly stores: Pick<RegistryStores, 'persons' | 'providers' | 'organisations'>
  readonly sessions: SessionStore
  readonly now: () => Date
}

export interface Accounts {
  find(ctx: KoaContextWithOIDC, sub: string, token?: object): Promise<Account | undefined>
  /** What `find` saw in this request. */
  standingOf(ctx: KoaContextWithOIDC): Standing | null
  /** By the session's own uid, for tokens that name it. */
  standing(sessionUid: string): Promise<Standing | null>
  /** By the library's session, as refresh tokens name it. */
  standingOfLibrary(opSession: string): Promise<Standing | null>
}

/** What a finished interaction says, beside the library's own members. */
export const SESSION_OF_RESULT = 'ententeSession'

/** A session is written as used at most so often, and often enough for an organisation where it ends after a minute of idleness. */
const TOUCH_MS = 60_000
const TOUCHES_IN_IDLE = 10

export function createAccounts({ stores, sessions, now }: AccountOptions): Accounts {
  const seen = new WeakMap<KoaContextWithOIDC, Standing>()

  const standingFor = async (session: Session | null): Promise<Standing | null> => {
    if (session === null) return null
    const [person, provider, organisation] = await Promise.all([
      stores.persons.getByUid(session.person),
      stores.providers.getByUid(session.provider),
      stores.organisations.get(session.organisation),
    ])
    if (person === null || !person.enabled || person.organisation !== session.organisation) return null
    if (provider === null || !isProviderUsable(provider, now()) || organisation === null) return null
    if (absoluteEnd(organisation, session) <= now()) return null
    return { person, session, provider, organisation }
  }

  const sessionOf = async (ctx: KoaContextWithOIDC, token: object | undefined): Promise<Session | null> => {
    const begun = ctx.oidc.result === undefined ? undefined : Object(ctx.oidc.result)[SESSION_OF_RESULT]
    if (token === undefined && typeof begun === 'string' && ctx.oidc.session !== undefined) {
      // The browser is back from its login: from here on the library's session stands on this one.
      await sessions.attach(begun, hashOfOpSession(ctx.oidc.session.uid))
      return await sessions.get(begun, now())
    }
    const opSession = token === undefined ? ctx.oidc.session?.uid : Object(token).sessionUid
    return typeof opSession === 'string' ? await sessions.getByOpSession(hashOfOpSession(opSession), now()) : null
  }

  const touch = async ({ session, organisation }: Standing) => {
    const at = now()
    const often = Math.min(TOUCH_MS, (lifetimesOf(organisation).idle * 1000) / TOUCHES_IN_IDLE)
    if (at.getTime() - session.lastSeenAt.getTime() < often) return
    await sessions.touch(session.uid, at, idleEnd(organisation, session, at))
  }

  return {
    async find(ctx, sub, token) {
      const standing = await standingFor(await sessionOf(ctx, token))
      if (standing === null || standing.person.uid !== sub) return undefined
      seen.set(ctx, standing)
      await touch(standing)
      return { accountId: sub, claims: async () => claimsOf(standing) }
    },
    standingOf: (ctx) => seen.get(ctx) ?? null,
    standing: async (uid) => standingFor(await sessions.get(uid, now())),
    standingOfLibrary: async (opSession) =>
      standingFor(await sessions.getByOpSession(hashOfOpSession(opSession), now())),
  }
}

/** Twelve hours since the last upstream login, eight of idleness: a working day. Source: CONTRACT.md section 3, `session`. */
const ABSOLUTE_SECONDS = 12 * 3_600
const IDLE_SECONDS = 8 * 3_600

/** How long a session of the organisation may go on without use, and at all. Units: seconds */
export function lifetimesOf({ settings }: Pick<Organisation, 'settings'>): { idle: number; absolute: number } {
  const session = Object(settings.session)
  const seconds = (value: unknown, usual: number) => (typeof value === 'number' && value > 0 ? value : usual)
  const absolute = seconds(session.absoluteSeconds, ABSOLUTE_SECONDS)
  return { absolute, idle: Math.min(seconds(session.idleSeconds, IDLE_SECONDS), absolute) }
}

/**
 * When the session ends in any case: as set at its login, or sooner where the organisation has shortened the lifetime since.
 *
 * Source: CONTRACT.md section 3, `absoluteSeconds`: since the last upstream login.
 */
export function absoluteEnd(organisation: Organisation, session: Pick<Session, 'createdAt' | 'endsAt'>): Date {
  const end = new Date(session.createdAt.getTime() + lifetimesOf(organisation).absolute * 1000)
  return end < session.endsAt ? end : session.endsAt
}

/** The earlier of idleness from now on and the absolute end. */
export function idleEnd(organisation: Organisation, session: Pick<Session, 'createdAt' | 'endsAt'>, at: Date): Date {
  const idle = new Date(at.getTime() + lifetimesOf(organisation).idle * 1000)
  const end = absoluteEnd(organisation, session)
  return idle < end ? idle : end
}

/** Those that an administrator or a mapper gave the person, and those that the mapping of this login says (`google.groups`). */
function groupsOf({ person, session }: Pick<Standing, 'person' | 'session'>): string[] {
  const { 'google.groups': mapped } = session.claims
  return [...new Set([...person.groups, ...(Array.isArray(mapped) ? mapped.map(String) : [])])]
}

/** Everything that any scope shows; the library leaves out what was not asked for. */
export function claimsOf({ person, session, provider }: Standing): AccountClaims {
  const { displayName, username, email, emailVerified, attributes } = person
  const first = (name: string) => attributes[name]?.[0]
  return {
    sub: person.uid,
    organization: person.organisation,
    provider: provider.id,
    roles: [...person.roleIds],
    groups: groupsOf({ person, session }),
    name: displayName ?? undefined,
    given_name: first('firstName'),
    family_name: first('lastName'),
    preferred_username: username ?? person.id,
    email: email ?? undefined,
    email_verified: email === null ? undefined : emailVerified,
    acr: session.acr ?? undefined,
    amr: [...session.amr],
    auth_time: Math.floor(session.authTime.getTime() / 1000),
  }
}

/** What the person had proved when the app was answered, as the library keeps it with the code and what comes of it. */
export interface ProofOfGrant {
  readonly acr?: string | undefined
  readonly amr?: readonly string[] | undefined
  /** Seconds. */
  readonly authTime?: number | undefined
}

/**
 * What access tokens about people say beside RFC 9068. What was proved later, for another request, is none of this grant's:
 * whoever wants it asks for it.
 *
 * Source: CONTRACT.md section 6; RFC 9068 §2.2.1, by which they stay the same for every token of one grant.
 */
export function accessTokenClaims(
  { person, session, provider }: Standing,
  { acr, amr = [], authTime }: ProofOfGrant,
): JsonObject {
  return {
    organization: person.organisation,
    provider: provider.id,
    roles: [...person.roleIds],
    groups: groupsOf({ person, session }),
    ...(acr === undefined ? {} : { acr }),
    amr: [...amr],
    ...(authTime === undefined ? {} : { auth_time: authTime }),
    sid: session.uid,
  }
}

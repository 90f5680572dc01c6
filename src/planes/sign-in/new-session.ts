/** The session that a finished login makes, with the limits of its organisation. */
import type { JsonObject } from '../../json.ts'
import { LEVELS, type Level, levelReached } from '../../registry/levels.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import type { SealedPlace } from '../../registry/registry.ts'
import { lifetimesOf } from '../openid-provider/accounts.ts'
import type { Arrival } from './arrive.ts'
import type { Session } from './session.ts'

export interface NewSessionOptions {
  readonly newUid: () => string
  readonly now: () => Date
  readonly seal: (place: SealedPlace, text: string) => string
}

export function newSession(
  at: NewSessionOptions,
  { provider, organisation, person, signedIn, mapped, notes }: Arrival,
): Session {
  const uid = at.newUid()
  const now = at.now()
  const { absolute, idle } = lifetimesOf(organisation)
  const limit = new Date(now.getTime() + absolute * 1000)
  // What the provider allows at most ends it too.
  const endsAt = signedIn.sessionEndsAt !== null && signedIn.sessionEndsAt < limit ? signedIn.sessionEndsAt : limit
  const idleEnd = new Date(now.getTime() + idle * 1000)
  const claims: JsonObject = { ...mapped, ...(Object.keys(notes).length === 0 ? {} : { notes }) }
  const hasLogout = Object.keys(signedIn.logout).length > 0
  return {
    uid,
    opSession: null,
    organisation: provider.organisation,
    person: person.uid,
    provider: provider.uid,
    upstreamSession: signedIn.session,
    upstreamSubject: signedIn.subject ?? '',
    sealedLogout: hasLogout ? at.seal(placeOfLogout(uid), JSON.stringify(signedIn.logout)) : null,
    acr: levelOf(organisation, provider, signedIn),
    amr: signedIn.amr,
    authTime: provedAt(signedIn, now),
    claims,
    lastSeenAt: now,
    createdAt: now,
    expiresAt: idleEnd < endsAt ? idleEnd : endsAt,
    endsAt,
  }
}

/**
 * A provider that does not say when vouches for now: the person has just come from there. What it says of the future would
 * keep the proof fresh until then, and long after.
 */
export function provedAt({ authTime }: Pick<SignedIn, 'authTime'>, now: Date): Date {
  return authTime === null || authTime > now ? now : authTime
}

/**
 * The level that the organisation's table gives the answer. Without a line there: one factor, for somebody signed in; unless
 * the provider says itself that not even that was proved. Source: OpenID Connect Core §2, `acr` "0".
 */
function levelOf(organisation: Organisation, provider: Provider, { acr, claims }: SignedIn): Level | null {
  const contexts = Array.isArray(claims.acrs) ? claims.acrs.filter((one) => typeof one === 'string') : []
  return levelReached(organisation, provider, { acr, contexts }) ?? (acr === '0' ? null : LEVELS[0])
}

export function placeOfLogout(uid: string): SealedPlace {
  return { organisation: '', table: 'sessions', id: uid, column: 'logout' }
}

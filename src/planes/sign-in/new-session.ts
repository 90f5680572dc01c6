/** The session that a finished login makes, with the limits of its organisation. */
import type { JsonObject } from '../../json.ts'
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
    acr: signedIn.acr,
    amr: signedIn.amr,
    // A provider that does not say when vouches for now: the person has just come from there.
    authTime: signedIn.authTime ?? now,
    claims,
    lastSeenAt: now,
    createdAt: now,
    expiresAt: idleEnd < endsAt ? idleEnd : endsAt,
    endsAt,
  }
}

export function placeOfLogout(uid: string): SealedPlace {
  return { organisation: '', table: 'sessions', id: uid, column: 'logout' }
}

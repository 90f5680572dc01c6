/** Sessions of one person, for whoever may look after them: nothing of what a browser or an upstream could be told by. */
import type { Person } from '../../../registry/person.ts'
import type { RegistryStores } from '../../../registry/stores.ts'
import { absoluteEnd } from '../../openid-provider/accounts.ts'
import type { SessionStore } from '../session-store.ts'

export interface PersonSessionOptions {
  readonly sessions: Pick<SessionStore, 'list'>
  readonly stores: Pick<RegistryStores, 'providers' | 'organisations'>
  readonly now: () => Date
}

export function createPersonSessions({ sessions, stores, now }: PersonSessionOptions) {
  return async ({ uid: person, organisation: id }: Pick<Person, 'uid' | 'organisation'>) => {
    const organisation = await stores.organisations.get(id)
    if (organisation === null) return []
    const all = await sessions.list({ person, organisation: id }, now())
    const living = all.filter((session) => absoluteEnd(organisation, session) > now())
    return await Promise.all(
      living.map(async (session) => {
        const { uid, createdAt, authTime, acr, amr, lastSeenAt, expiresAt } = session
        const provider = (await stores.providers.getByUid(session.provider))?.id ?? null
        const endsAt = absoluteEnd(organisation, session)
        return { uid, provider, createdAt, authTime, acr, amr, lastSeenAt, expiresAt, endsAt }
      }),
    )
  }
}

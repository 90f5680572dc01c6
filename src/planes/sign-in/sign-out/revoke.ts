/** Sessions of one person, ended by themselves or by an administrator: in the audit, and their apps told. */
import type { Person } from '../../../registry/person.ts'
import type { Actor, RegistryEvent, RegistryWrite, Write } from '../../../registry/stores.ts'
import type { Session } from '../session.ts'
import type { SessionEnder } from './end-sessions.ts'

export interface RevokeOptions {
  readonly ender: SessionEnder
  readonly write: Write<RegistryWrite>
}

/** Ends one of the person's sessions, or all where no uid is given; answers how many there were. */
export type RevokeSessions = (
  actor: Actor,
  person: Pick<Person, 'uid' | 'organisation'>,
  which: { readonly uid?: string },
) => Promise<number>

export function createRevokeSessions({ ender, write }: RevokeOptions): RevokeSessions {
  return async (actor, { uid: person, organisation }, which) => {
    const ended = await ender.end({ person, organisation, ...which })
    if (ended.length > 0)
      await write(async (tx) => {
        for (const session of ended) tx.audit(endOf(actor, session))
      })
    return ended.length
  }
}

/** Without what it could be told by in a browser, or left upstream with. */
function endOf(actor: Actor, { uid, organisation, person, provider, createdAt, lastSeenAt }: Session): RegistryEvent {
  return {
    organisation,
    actor,
    action: 'session.remove',
    target: { kind: 'session', id: uid, uid },
    before: { person, provider, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
    after: null,
  }
}

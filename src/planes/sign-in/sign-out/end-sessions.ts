/**
 * Ends sessions, whoever wants it: the person, an administrator, the registry that closed something, the provider that ended
 * its own. Dead at once in every process, for each asks the storage whether a session stands; then their apps are told.
 */
import type { OpenIdLibrary } from '../../openid-provider/library.ts'
import type { Session } from '../session.ts'
import type { SessionFilter, SessionStore } from '../session-store.ts'
import type { AppsToTell } from './apps-told.ts'

/** Every given member must fit; none given ends nothing. */
export type EndFilter = SessionFilter & { readonly uid?: string }

export interface SessionEnder {
  /** Answers those that ended, when nothing that hangs on them counts any more. */
  end(filter: EndFilter): Promise<readonly Session[]>
}

export interface SessionEnderOptions {
  readonly sessions: Pick<SessionStore, 'end'>
  readonly library: Pick<OpenIdLibrary, 'endSession'>
  readonly apps: Pick<AppsToTell, 'tell'>
}

export function createSessionEnder({ sessions, library, apps }: SessionEnderOptions): SessionEnder {
  return {
    async end(filter) {
      const ended = await sessions.end(filter)
      for (const { opSession } of ended) {
        // Null: the browser never came back from its login.
        if (opSession !== null) apps.tell(await library.endSession(opSession))
      }
      return ended
    },
  }
}

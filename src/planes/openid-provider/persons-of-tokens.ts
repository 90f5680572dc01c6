/** Whether a token that an app got for a person counts still: app, person, provider and session, each at this moment. */
import { type App, allowsProvider, servesOrganisation } from '../../registry/app.ts'
import type { PersonOfToken } from '../live-token.ts'
import type { Accounts } from './accounts.ts'

export interface TokenPersonOptions {
  readonly accounts: Accounts
  readonly findApp: (clientId: string) => Promise<App | null>
}

export function createPersonOfToken({ accounts, findApp }: TokenPersonOptions): PersonOfToken {
  return async ({ clientId, subject, organisation, session }) => {
    const [app, standing] = await Promise.all([findApp(clientId), accounts.standing(session)])
    if (app === null || !app.enabled || standing === null) return null
    const { person, provider } = standing
    if (person.uid !== subject || person.organisation !== organisation) return null
    if (!servesOrganisation(app, organisation) || !allowsProvider(app, provider)) return null
    return { roles: person.roleIds }
  }
}

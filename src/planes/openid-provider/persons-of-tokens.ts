/** Whether a token that an app got for a person counts still: app, person, provider and session, each at this moment. */
import { type App, closedTo, isOlderThan } from '../../registry/app.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import { type PersonOfToken, rolesOfPerson } from '../live-token.ts'
import type { LinkedPersons } from '../token-exchange/linked-persons.ts'
import type { Accounts } from './accounts.ts'

export interface TokenPersonOptions {
  readonly accounts: Accounts
  readonly findApp: (clientId: string) => Promise<App | null>
  readonly findProvider: (organisation: string, id: string) => Promise<Provider | null>
  readonly linkedPersons: LinkedPersons
  readonly now: () => Date
}

export function createPersonOfToken(options: TokenPersonOptions): PersonOfToken {
  const { accounts, findApp, findProvider, linkedPersons, now } = options
  return async ({ clientId, subject, organisation, session, provider: id, issuedAt }) => {
    const app = await findApp(clientId)
    if (app === null || isOlderThan(app, issuedAt)) return null
    // For nobody but itself.
    if (session === null && subject === app.uid)
      return app.organisation === organisation && app.grantTypes.includes('client_credentials') ? { roles: [] } : null
    if (session === null) {
      const provider = await findProvider(organisation, id)
      if (provider === null || provider.use !== 'workforce' || !isProviderUsable(provider, now())) return null
      const roles =
        closedTo(app, provider) === null ? await rolesOfPerson(linkedPersons, { subject, organisation }) : null
      return roles === null ? null : { roles }
    }
    const standing = await accounts.standing(session)
    if (standing === null) return null
    const { person, provider } = standing
    if (person.uid !== subject || person.organisation !== organisation || closedTo(app, provider) !== null) return null
    return { roles: person.roleIds }
  }
}

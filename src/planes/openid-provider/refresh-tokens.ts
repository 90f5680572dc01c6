/**
 * Refresh tokens of apps, asked about and ended: what the library keeps of them, judged by what stands behind them now.
 *
 * Source: RFC 7662 §2.2, RFC 7009 §2.1; OAuth 2.0 Security BCP (RFC 9700) §4.14 for what goes with a token that is revoked.
 */
import type { JsonObject } from '../../json.ts'
import { type App, closedTo, isOlderThan } from '../../registry/app.ts'
import type { Accounts } from './accounts.ts'
import type { OpenIdLibrary } from './library.ts'

export interface LiveRefreshToken {
  readonly clientId: string
  /** The person's. */
  readonly organisation: string
  /** For introspection. */
  readonly claims: JsonObject
}

export interface RefreshTokens {
  /** Null for every token that does not count, without saying why. */
  read(token: string): Promise<LiveRefreshToken | null>
  /** Ends it with all that hangs on the same grant. */
  end(token: string): Promise<void>
}

export interface RefreshTokenOptions {
  readonly library: OpenIdLibrary
  readonly accounts: Accounts
  readonly findApp: (clientId: string) => Promise<App | null>
  readonly publicUrl: string
}

/** As the library makes them; what is longer is none of its and not worth a query. */
const FORM = /^[\w-]{20,128}$/

export function createRefreshTokens({ library, accounts, findApp, publicUrl }: RefreshTokenOptions): RefreshTokens {
  const find = async (token: string) =>
    FORM.test(token) ? await (await library.provider()).RefreshToken.find(token) : undefined
  return {
    async read(token) {
      const found = await find(token)
      if (found === undefined || !found.isValid) return null
      const { clientId = '', grantId, sessionUid, scope, iat, exp, jkt } = found
      if (grantId === undefined || sessionUid === undefined) return null
      const [app, grant, standing] = await Promise.all([
        findApp(clientId),
        library.provider().then(({ Grant }) => Grant.find(grantId)),
        accounts.standingOfLibrary(sessionUid),
      ])
      if (app === null || isOlderThan(app, iat) || grant === undefined || standing === null) return null
      const { person, provider } = standing
      if (person.uid !== found.accountId || closedTo(app, provider) !== null) return null
      const said = { scope, iat, exp, ...(jkt === undefined ? {} : { cnf: { jkt } }) }
      const named = { iss: publicUrl, client_id: clientId, sub: person.uid, organization: person.organisation }
      const claims = Object.fromEntries(Object.entries({ ...named, ...said }).flatMap(given))
      return { clientId, organisation: person.organisation, claims }
    },
    async end(token) {
      const found = await find(token)
      await found?.destroy()
      if (found?.grantId !== undefined) await library.endGrant(found.grantId)
    },
  }
}

function given<T>([name, value]: readonly [string, T | undefined]): [string, T][] {
  return value === undefined ? [] : [[name, value]]
}

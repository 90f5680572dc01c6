/**
 * Ends a session of the library from outside, where no browser is at hand: what hangs on it counts no longer, and the apps
 * in it are told.
 *
 * Source: OpenID Connect Back-Channel Logout 1.0; oidc-provider 9, lib/actions/end_session.js for what a logout does.
 */
import { type Client, errors, type Provider } from 'oidc-provider'
import { type AdapterOptions, readSession } from './adapter.ts'

/** One app that has to hear of the end. */
export interface AppNotice {
  readonly clientId: string
  /** Sends the logout token; rejects where the app did not take it. */
  send(): Promise<void>
}

/** Answers the notices that are to be sent; none where the session is gone already. `opSession` as it is stored. */
export async function endLibrarySession(
  provider: Provider,
  options: AdapterOptions,
  opSession: string,
): Promise<readonly AppNotice[]> {
  const session = await readSession(options, opSession)
  await options.records.revokeSession(opSession)
  const { accountId, authorizations = {} } = session ?? {}
  const notices: AppNotice[] = []
  for (const [clientId, { sid, grantId }] of Object.entries(authorizations)) {
    if (grantId !== undefined) await provider.RefreshToken.revokeByGrantId(grantId)
    const client = await clientOf(provider, clientId)
    if (client?.backchannelLogoutUri === undefined || accountId === undefined || sid === undefined) continue
    notices.push({ clientId, send: () => telling(client)(accountId, sid) })
  }
  return notices
}

/** An app that is gone or disabled hears of nothing. */
async function clientOf(provider: Provider, clientId: string): Promise<Client | undefined> {
  try {
    return await provider.Client.find(clientId)
  } catch (error) {
    if (error instanceof errors.InvalidClient) return undefined
    throw error
  }
}

/** The library's own way, which its types do not tell of: a signed logout token, sent by our guarded fetch. */
function telling(client: Client): (accountId: string, sid: string) => Promise<void> {
  const send: unknown = 'backchannelLogout' in client ? client.backchannelLogout : undefined
  if (typeof send !== 'function') throw new TypeError('the library has no back-channel logout')
  return async (accountId, sid) => void (await send.call(client, accountId, sid))
}

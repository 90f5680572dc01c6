/** What an app may have of a person without asking them: everything it is registered for, where it is the organisation's own. */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { App } from '../../registry/app.ts'
import { grantClaims } from './requested-claims.ts'

/**
 * The grant to go on with: the one just consented to, else the session's, widened for apps of the organisation itself.
 * Undefined asks for consent.
 */
export async function grantFor(
  ctx: KoaContextWithOIDC,
  findApp: (clientId: string) => Promise<App | null>,
): Promise<Grant | undefined> {
  const { client, session, account, provider } = ctx.oidc
  if (client === undefined || account === undefined) return undefined
  const consented = ctx.oidc.result?.consent?.grantId
  const known = consented ?? session?.grantIdFor(client.clientId)
  const stored = known === undefined ? undefined : await provider.Grant.find(known)
  const existing = stored?.accountId === account.accountId && stored.clientId === client.clientId ? stored : undefined
  const app = await findApp(client.clientId)
  if (app === null || !app.firstParty) return existing
  const grant = existing ?? new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  const asked = [...ctx.oidc.requestParamScopes].filter((scope) => app.scopes.includes(scope))
  grant.addOIDCScope(asked.join(' '))
  grantClaims(ctx, grant, app)
  for (const resource of Object.keys(ctx.oidc.resourceServers ?? {})) grant.addResourceScope(resource, asked.join(' '))
  await grant.save()
  return grant
}

/**
 * What an app may have of a person: everything it is registered for, where it is the organisation's own; else what they have
 * allowed, now or before.
 */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { App } from '../../registry/app.ts'
import type { Allowed, Consents } from './consents.ts'
import { grantClaims } from './requested-claims.ts'

export interface GrantOptions {
  readonly findApp: (clientId: string) => Promise<App | null>
  readonly consents: Pick<Consents, 'find'>
}

/**
 * The grant to go on with: the one just consented to, else the session's, widened by what needs no question. Undefined asks
 * for consent.
 */
export async function grantFor(
  ctx: KoaContextWithOIDC,
  { findApp, consents }: GrantOptions,
): Promise<Grant | undefined> {
  const { client, session, account, provider } = ctx.oidc
  if (client === undefined || account === undefined) return undefined
  const consented = ctx.oidc.result?.consent?.grantId
  const known = consented ?? session?.grantIdFor(client.clientId)
  const stored = known === undefined ? undefined : await provider.Grant.find(known)
  const existing = stored?.accountId === account.accountId && stored.clientId === client.clientId ? stored : undefined
  const app = await findApp(client.clientId)
  if (app === null) return existing
  const allowed = app.firstParty ? everythingAsked(ctx) : await consents.find(account.accountId, app)
  if (allowed === null) return existing
  const grant = existing ?? new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  const asked = [...ctx.oidc.requestParamScopes].filter((scope) => app.scopes.includes(scope))
  const of = (scopes: readonly string[]) => asked.filter((scope) => scopes.includes(scope)).join(' ')
  grant.addOIDCScope(of(allowed.scopes))
  grantClaims(ctx, grant, app, allowed.claims)
  for (const resource of Object.keys(ctx.oidc.resourceServers ?? {}))
    grant.addResourceScope(resource, of(allowed.resources[resource] ?? []))
  await grant.save()
  return grant
}

function everythingAsked({ oidc }: KoaContextWithOIDC): Allowed {
  const scopes = [...oidc.requestParamScopes]
  const resources = Object.keys(oidc.resourceServers ?? {}).map((resource) => [resource, scopes] as const)
  return { scopes, claims: [...oidc.requestParamClaims], resources: Object.fromEntries(resources) }
}

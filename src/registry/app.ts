/** What an app is: an OpenID Connect client of ours. Source: CONTRACT.md section 3, kind `App`. */
import type { JsonObject } from '../json.ts'

export type AppAuthMethod = 'none' | 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt'

export interface App {
  /** UUIDv7, never reused. */
  readonly uid: string
  /** `metadata.name`: unique in the organisation. */
  readonly id: string
  readonly organisation: string
  readonly displayName: string | null
  readonly enabled: boolean
  /** Compared exactly. */
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri: string | null
  readonly grantTypes: readonly string[]
  /** Scopes it may ask for; `entente.manage` opens the faces and only an operator may grant it. */
  readonly scopes: readonly string[]
  /** Resource indicators it may name. */
  readonly resources: readonly string[]
  readonly tokenEndpointAuthMethod: AppAuthMethod
  /** `clientSecret` → sealed text: `private_key_jwt` and public clients have none. */
  readonly secrets: Readonly<Record<string, string>>
  readonly jwks: JsonObject | null
  readonly jwksUri: string | null
  readonly requireDpop: boolean
  /** True: no consent is asked. */
  readonly firstParty: boolean
  readonly idTokenSignedResponseAlg: 'RS256' | 'ES256'
  readonly initiateLoginUri: string | null
  /** Of an app of `default`: the organisations it serves; empty means every one. */
  readonly allowedOrganizations: readonly string[]
  /** `{organisation}/{id}`; empty means every provider of the organisations it serves. On every grant path. */
  readonly allowedProviders: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** `client_id`: the name in `default`, else `{organisation}.{name}`. Names have no dots, so the two never meet. */
export function clientIdOf({ organisation, id }: Pick<App, 'organisation' | 'id'>): string {
  return organisation === 'default' ? id : `${organisation}.${id}`
}

/** An app of `default` serves every organisation, or those it lists; any other its own. */
export function servesOrganisation(app: App, organisation: string): boolean {
  if (app.organisation !== 'default') return app.organisation === organisation
  return app.allowedOrganizations.length === 0 || app.allowedOrganizations.includes(organisation)
}

/** Why people of this provider may not use the app; null where they may. Asked on every grant path. */
export function closedTo(
  app: App,
  provider: { readonly organisation: string; readonly id: string },
): 'app.organization_denied' | 'app.provider_denied' | null {
  if (!servesOrganisation(app, provider.organisation)) return 'app.organization_denied'
  return allowsProvider(app, provider) ? null : 'app.provider_denied'
}

/**
 * Whether what was issued then is older than the app: it was another one's of the same name, since deleted. Whole seconds, as
 * tokens have them.
 */
export function isOlderThan({ createdAt }: Pick<App, 'createdAt'>, issuedAt: unknown): boolean {
  return typeof issuedAt !== 'number' || issuedAt < Math.floor(createdAt.getTime() / 1000)
}

/** Whether people who come through this provider may use the app. */
export function allowsProvider(app: App, provider: { readonly organisation: string; readonly id: string }): boolean {
  return app.allowedProviders.length === 0 || app.allowedProviders.includes(`${provider.organisation}/${provider.id}`)
}

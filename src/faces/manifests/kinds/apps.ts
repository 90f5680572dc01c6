/** Kind App: OpenID Connect clients of ours. Source: CONTRACT.md section 3. */
import { type Static, Type } from 'typebox'
import type { JsonObject } from '../../../json.ts'
import { type App, clientIdOf } from '../../../registry/app.ts'
import { APP_GRANT_TYPES, AUTH_METHODS } from '../../../registry/app-rules.ts'
import { createApp, getApp, listApps, removeApp, updateApp } from '../../../registry/apps.ts'
import { defined, type Kind } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { listed } from '../paging.ts'
import { condition } from '../status-conditions.ts'

const text = (description: string) => Type.Optional(Type.String({ description }))
const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }))
const flag = (description: string) => Type.Optional(Type.Boolean({ description }))

const Spec = Type.Object(
  {
    displayName: text('Shown to people who sign in; the name, where it is left out.'),
    redirectUris: texts('Where people are sent back to; compared exactly.'),
    postLogoutRedirectUris: texts('Where people may be sent after they have signed out; compared exactly.'),
    backchannelLogoutUri: text('Told of the end of sessions by a logout token.'),
    grantTypes: texts(`Of ${APP_GRANT_TYPES.join(', ')}; authorization_code and refresh_token, where left out.`),
    scopes: texts('Scopes it may ask for. entente.manage opens these APIs and is an operator’s to grant.'),
    resources: texts('Targets it may ask tokens for, besides Entente itself.'),
    tokenEndpointAuthMethod: Type.Optional(
      Type.Unsafe<App['tokenEndpointAuthMethod']>({
        type: 'string',
        description: `One of ${AUTH_METHODS.join(', ')}.`,
      }),
    ),
    clientSecret: text('Written, never shown; at least 32 characters. Left out, one is made and shown once.'),
    jwks: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Public keys for private_key_jwt.' }),
    ),
    jwksUri: text('Where its public keys are.'),
    requireDpop: flag('Tokens are bound to a key of the app.'),
    firstParty: flag('No consent is asked; true, where left out.'),
    idTokenSignedResponseAlg: Type.Optional(
      Type.Unsafe<'RS256' | 'ES256'>({ type: 'string', description: 'RS256 (default) or ES256.' }),
    ),
    initiateLoginUri: text('Where a sign-in begins that somebody else suggests.'),
    allowedOrganizations: texts('Of an app of `default`: the organisations it serves; empty means all.'),
    allowedProviders: texts('`{organisation}/{id}` or an id of the own organisation; empty means all.'),
    disabled: flag('Nobody signs in to a disabled app, and its tokens count no longer.'),
  },
  { additionalProperties: false },
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'App',
  metadata: { name: 'shop' },
  spec: { displayName: 'Shop', redirectUris: ['https://shop.example.com/callback'] },
}

export const apps: Kind = {
  kind: 'App',
  plural: 'apps',
  namespaced: true,
  summary: 'List apps',
  document: manifestSchema('App', Spec, EXAMPLE),
  status: {
    clientId: Type.String({ description: '`client_id` at our endpoints.' }),
    clientSecret: Type.Optional(
      Type.String({ description: 'In the answer to the create that made it, and never again.' }),
    ),
  },
  filters: {},
  roles: { read: 'viewer', write: 'admin' },
  words: { enabled: 'disabled' },
  list: ({ registry, pageTokens }, ask) =>
    listed(pageTokens, ask, {
      question: 'apps',
      read: (page) => listApps(registry, ask.caller.organisation, page),
      key: ({ uid }) => uid,
      labels: ({ labels }) => labels,
      show: (app) => toDocument(app),
    }),
  async get({ registry }, { caller }, name) {
    return toDocument(await getApp(registry, caller.organisation, name))
  },
  write: {
    async find(at, { caller }, name) {
      const app = await at.stores.apps.get(caller.organisation, name)
      return app === null ? null : toDocument(app)
    },
    async create(at, { actor, caller }, document) {
      const { disabled, jwks, ...fields } = specOf(document)
      const draft = defined({ ...fields, jwks: jwksOf(jwks), enabled: disabled !== true, ...labelsOf(document) })
      const { app, clientSecret } = await createApp(at, actor, caller, { ...draft, id: document.metadata.name ?? null })
      return toDocument(app, clientSecret)
    },
    async replace(at, { actor, caller }, name, document) {
      const { disabled, jwks, displayName, clientSecret, ...fields } = specOf(document)
      const before = await getApp(at, caller.organisation, name)
      const shown = displayName ?? null
      const change = {
        ...DEFAULTS,
        ...fields,
        displayName: shown === (before.displayName ?? before.id) ? undefined : shown,
        // What is never shown stays where it is not sent again.
        clientSecret,
        jwks: jwksOf(jwks) ?? null,
        enabled: disabled !== true,
        ...labelsOf(document),
        ...versionOf(document),
      }
      return toDocument(await updateApp(at, actor, caller, name, defined(change)))
    },
    remove: (at, { actor }, name) => removeApp(at, actor, name),
  },
}

/** What a document says that leaves a field out. */
const DEFAULTS = {
  redirectUris: [],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  grantTypes: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  resources: [],
  tokenEndpointAuthMethod: 'client_secret_basic',
  jwksUri: null,
  requireDpop: false,
  firstParty: true,
  idTokenSignedResponseAlg: 'RS256',
  initiateLoginUri: null,
  allowedOrganizations: [],
  allowedProviders: [],
} as const

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

function jwksOf(jwks: Readonly<Record<string, unknown>> | undefined): JsonObject | undefined {
  return jwks === undefined ? undefined : (jwks as JsonObject) // parsed from JSON or YAML
}

const orUnset = <T>(list: readonly T[]) => (list.length === 0 ? null : list)

function toDocument(app: App, clientSecret: string | null = null): Manifest {
  const spec = {
    displayName: app.displayName ?? app.id,
    redirectUris: app.redirectUris,
    postLogoutRedirectUris: orUnset(app.postLogoutRedirectUris),
    backchannelLogoutUri: app.backchannelLogoutUri,
    grantTypes: app.grantTypes,
    scopes: app.scopes,
    resources: orUnset(app.resources),
    tokenEndpointAuthMethod: app.tokenEndpointAuthMethod,
    jwks: app.jwks,
    jwksUri: app.jwksUri,
    requireDpop: app.requireDpop ? true : null,
    firstParty: app.firstParty ? null : false,
    idTokenSignedResponseAlg: app.idTokenSignedResponseAlg,
    initiateLoginUri: app.initiateLoginUri,
    allowedOrganizations: orUnset(app.allowedOrganizations),
    allowedProviders: orUnset(app.allowedProviders),
    disabled: app.enabled ? null : true,
  }
  const ready = app.enabled
    ? condition('Ready', 'True', 'Usable', 'People may sign in.', app.updatedAt)
    : condition('Ready', 'False', 'Disabled', 'The app is disabled.', app.updatedAt)
  return manifestOf('App', app.organisation, app, spec, {
    clientId: clientIdOf(app),
    clientSecret,
    conditions: [ready],
  })
}

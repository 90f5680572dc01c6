/**
 * Spec of a WorkforceIdentityProvider and its translation, pure in both directions.
 *
 * Source: docs/sources/workforce-manifest.txt; extras: CONTRACT.md section 3.
 */
import { type Static, Type } from 'typebox'
import type { JsonObject } from '../../../json.ts'
import type { MapperDraft, WorkforceFields } from '../../../registry/drafts.ts'
import type { Mapper, Provider } from '../../../registry/provider.ts'
import { shownMapping, shownName, shownScope } from '../../../registry/provider-view.ts'
import { withoutUnset } from '../kind.ts'

const closed = { additionalProperties: false } as const
const text = (description: string) => Type.Optional(Type.String({ description }))
const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }))
const flag = (description: string) => Type.Optional(Type.Boolean({ description }))

const WebSsoConfig = Type.Object(
  {
    responseType: Type.Optional(Type.String({ enum: ['CODE', 'ID_TOKEN'], description: 'Default CODE.' })),
    assertionClaimsBehavior: Type.Optional(
      Type.String({
        enum: ['MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS', 'ONLY_ID_TOKEN_CLAIMS'],
        description: 'Whether user info is asked for and wins; with CODE only.',
      }),
    ),
    additionalScopes: Type.Optional(
      // RFC 6749 §3.3: one scope an entry.
      Type.Array(Type.String({ maxLength: 256, pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$' }), {
        maxItems: 10,
        description: 'Beside openid, profile and email.',
      }),
    ),
  },
  closed,
)

const Oidc = Type.Object(
  {
    issuerUri: text('The issuer, checked by discovery.'),
    clientId: text('The client id registered at the identity provider.'),
    webSsoConfig: Type.Optional(WebSsoConfig),
    jwksJson: text('Uploaded JSON Web Key Set as JSON text, for issuers whose keys cannot be fetched.'),
    jwksUrl: text('Extra: where the keys are, if not where discovery says.'),
    logoutUrl: text('Extra: end session endpoint, if not the discovered one.'),
    clientAuthMethod: text('Extra: how the client authenticates at the token endpoint.'),
    allowedTenants: texts('Extra: Microsoft tenants that may come in through an issuer of all tenants.'),
    prompt: text('Extra: the prompt sent along.'),
    maxAge: Type.Optional(
      Type.Integer({ description: 'Extra: seconds since the last login at the identity provider.' }),
    ),
  },
  closed,
)

const Saml = Type.Object(
  {
    idpMetadataXml: text('SAML metadata of the identity provider; at most 128 Ki characters.'),
    metadataUrl: text('Extra: where the metadata is fetched.'),
    idpEntityId: text('Extra: the entity id that assertions must come from.'),
    forceAuthn: flag('Extra: ask for a login even where there is a session.'),
    authnContextClassRefs: texts('Extra: contexts that are asked for.'),
    pinNameIdFormat: flag('Extra: refuse another NameID format than the one asked for.'),
    principalType: text('Extra: SUBJECT, ATTRIBUTE or FRIENDLY_ATTRIBUTE.'),
    principalAttribute: text('Extra: the attribute that identifies the person.'),
    wantAssertionsEncrypted: flag('Extra: take encrypted assertions only.'),
    allowIdpInitiated: flag('Extra: an unsolicited response begins a sign-in of ours instead of being refused.'),
    allowSha1: flag('Extra: take SHA-1 signatures.'),
  },
  closed,
)

const MapperSpec = Type.Object(
  {
    id: text('Kept where it is sent back.'),
    name: Type.String({ description: 'Unique in the provider.' }),
    identityProviderMapper: Type.String({ description: 'Mapper type, such as oidc-user-attribute-idp-mapper.' }),
    syncMode: text('INHERIT, IMPORT, LEGACY or FORCE.'),
    config: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'By mapper type.' })),
  },
  closed,
)

export const WorkforceSpec = Type.Object(
  {
    displayName: text('Extra: shown in lists and at sign-in; the name, where it is left out.'),
    description: text('What the provider is for.'),
    disabled: flag('Nobody comes in through a disabled provider.'),
    attributeMapping: Type.Optional(
      Type.Array(
        Type.Object(
          {
            key: Type.String({ description: 'google.subject, google.groups, attribute.{name}, …' }),
            value: Type.String({ description: 'CEL over assertion; at most 2048 characters.' }),
          },
          closed,
        ),
        {
          description: 'google.subject, google.groups, attribute.{name}, … ← CEL over assertion.',
        },
      ),
    ),
    attributeCondition: text('CEL over assertion, google and attribute; must be true for a person to come in.'),
    expireTime: Type.Optional(Type.String({ format: 'date-time', description: 'From then on it counts as disabled.' })),
    saml: Type.Optional(Saml),
    oidc: Type.Optional(Oidc),
    domains: texts('Extra: sign-in domains; an admin’s route nobody until they are proved.'),
    mappers: Type.Optional(Type.Array(MapperSpec, { description: 'Extra: what a sign-in takes over.' })),
    examples: Type.Optional(
      Type.Array(Type.Record(Type.String(), Type.Unknown()), {
        description: 'Extra: claims in, verdict and values out.',
      }),
    ),
    allowedScopes: texts('Extra: scopes that exchanged tokens may ask for.'),
    firstLogin: Type.Optional(
      Type.String({
        enum: ['create', 'link_verified_email', 'refuse'],
        description: 'Extra: what becomes of a person who comes for the first time; default create.',
      }),
    ),
  },
  closed,
)

export type WorkforceSpecValue = Static<typeof WorkforceSpec>

/** Core path → place in the spec. */
export const WORKFORCE_WORDS = {
  issuer: 'oidc.issuerUri',
  enabled: 'disabled',
  condition: 'attributeCondition',
  expiresAt: 'expireTime',
  'oidc.responseType': 'oidc.webSsoConfig.responseType',
  'oidc.assertionClaimsBehavior': 'oidc.webSsoConfig.assertionClaimsBehavior',
  'oidc.defaultScope': 'oidc.webSsoConfig.additionalScopes',
  'saml.metadataXml': 'saml.idpMetadataXml',
  'saml.signingCertificate': 'saml.idpMetadataXml',
  'saml.ssoUrl': 'saml.idpMetadataXml',
} as const

const OIDC_NAMES = [
  'jwksJson',
  'jwksUrl',
  'logoutUrl',
  'clientAuthMethod',
  'allowedTenants',
  'prompt',
  'maxAge',
  'clientId',
] as const
const SAML_NAMES = [
  'metadataUrl',
  'idpEntityId',
  'forceAuthn',
  'authnContextClassRefs',
  'pinNameIdFormat',
  'principalType',
  'principalAttribute',
  'wantAssertionsEncrypted',
  'allowIdpInitiated',
  'allowSha1',
] as const
const RESPONSE_TYPE = 'CODE'
/** Always asked for. Source: Google's workforce identity federation, webSsoConfig.additionalScopes. */
const BASE_SCOPES = ['openid', 'email', 'profile']

/** The settings that a spec's block stands for, flat and in the registry's words; unset ones are absent. */
export function settingsOf(
  { oidc, saml }: WorkforceSpecValue,
  before: Provider | null,
): { oidc?: JsonObject; saml?: JsonObject } {
  // The schema has let only JSON through.
  return {
    ...(oidc === undefined ? {} : { oidc: oidcSettings(oidc, before) as JsonObject }),
    ...(saml === undefined ? {} : { saml: samlSettings(saml) as JsonObject }),
  }
}

function oidcSettings(oidc: Static<typeof Oidc>, before: Provider | null): Record<string, unknown> {
  const { responseType, assertionClaimsBehavior, additionalScopes = [] } = oidc.webSsoConfig ?? {}
  const own = Object.fromEntries(OIDC_NAMES.map((name) => [name, oidc[name]]))
  // Another face may have taken one of them away, which this one cannot say.
  const base = before === null ? BASE_SCOPES : scopesOf(before).filter((scope) => BASE_SCOPES.includes(scope))
  const scopes = [...new Set([...base, ...additionalScopes])]
  const isDefault = scopes.join() === BASE_SCOPES.join()
  const defaultScope = isDefault ? null : scopes.join(' ')
  const asShown = before === null ? null : RESPONSE_TYPE
  return withoutUnset({ ...own, responseType: responseType ?? asShown, assertionClaimsBehavior, defaultScope })
}

function scopesOf(provider: Provider): string[] {
  return shownScope(provider).split(' ')
}

function samlSettings(saml: Static<typeof Saml>): Record<string, unknown> {
  const own = Object.fromEntries(SAML_NAMES.map((name) => [name, saml[name]]))
  return withoutUnset({ ...own, metadataXml: saml.idpMetadataXml })
}

/** Names of the settings that this document can see, by protocol. */
export const SEEN_SETTINGS = {
  oidc: [...OIDC_NAMES, 'responseType', 'assertionClaimsBehavior', 'defaultScope'],
  saml: [...SAML_NAMES, 'metadataXml'],
} as const

/** Everything but names, switch and settings; absent in the spec means empty. */
export function fieldsOf(spec: WorkforceSpecValue, operator: boolean): WorkforceFields {
  return {
    domains: spec.domains ?? [],
    vouched: operator,
    attributeMapping: Object.fromEntries((spec.attributeMapping ?? []).map(({ key, value }) => [key, value])),
    condition: spec.attributeCondition ?? null,
    expiresAt: spec.expireTime === undefined ? null : new Date(spec.expireTime),
    mappers: (spec.mappers ?? []).map(mapperDraft),
    // Lists of JSON objects, as the schema says.
    examples: (spec.examples ?? []) as JsonObject[],
    allowedScopes: spec.allowedScopes ?? [],
    firstLogin: (spec.firstLogin as WorkforceFields['firstLogin']) ?? null, // one of the schema's enum
  }
}

function mapperDraft(mapper: Static<typeof MapperSpec>): MapperDraft {
  const { id, name, identityProviderMapper: type, syncMode, config } = mapper
  return { id: id ?? null, name, type, syncMode: syncMode ?? null, config: (config ?? {}) as JsonObject } // as above
}

/** The spec of a record. `metadataXml`: the identity provider's metadata, as stored or made from the settings. */
export function specOfProvider(provider: Provider, metadataXml: string | null): WorkforceSpecValue {
  const mapping = Object.entries(shownMapping(provider)).map(([key, value]) => ({ key, value }))
  // Made by the schema's own words, of settings that the protocols have judged.
  return withoutUnset({
    displayName: shownName(provider),
    description: provider.description,
    disabled: provider.enabled ? null : true,
    attributeMapping: mapping,
    attributeCondition: provider.condition,
    expireTime: timeText(provider.expiresAt),
    ...(provider.protocol === 'saml' ? { saml: samlOf(provider, metadataXml) } : { oidc: oidcOf(provider) }),
    domains: orUnset(provider.domains),
    mappers: orUnset(provider.mappers.map(mapperOf)),
    examples: orUnset(provider.examples),
    allowedScopes: orUnset(provider.allowedScopes),
    firstLogin: provider.firstLogin,
  }) as WorkforceSpecValue
}

/** RFC 3339 as people write it: without thousandths that nobody gave. */
function timeText(time: Date | null): string | null {
  return time === null ? null : time.toISOString().replace('.000Z', 'Z')
}

function oidcOf(provider: Provider): Record<string, unknown> {
  const { settings } = provider
  const additionalScopes = scopesOf(provider).filter((scope) => !BASE_SCOPES.includes(scope))
  return withoutUnset({
    issuerUri: provider.issuer,
    ...Object.fromEntries(OIDC_NAMES.map((name) => [name, settings[name]])),
    webSsoConfig: withoutUnset({
      responseType: settings.responseType ?? RESPONSE_TYPE,
      assertionClaimsBehavior: settings.assertionClaimsBehavior,
      additionalScopes: orUnset(additionalScopes),
    }),
  })
}

function samlOf({ settings }: Provider, metadataXml: string | null): Record<string, unknown> {
  return withoutUnset({
    ...Object.fromEntries(SAML_NAMES.map((name) => [name, settings[name]])),
    idpMetadataXml: metadataXml,
  })
}

function mapperOf({ id, name, type, syncMode, config }: Mapper): Record<string, unknown> {
  return withoutUnset({ id, name, identityProviderMapper: type, syncMode, config })
}

function orUnset<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list
}

/** Translation of providers between the registry's records and the wire: pure, and total in both directions. */
import type { Static } from 'typebox'
import type { FieldFault } from '../../fault.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { ProviderDraft } from '../../registry/drafts.ts'
import { identitySource } from '../../registry/known/identity/index.ts'
import type { FirstLogin, ProtocolName, Provider } from '../../registry/provider.ts'
import { shownMapping, shownName } from '../../registry/provider-view.ts'
import { shownOidcSettings, shownSamlSettings } from '../../registry/shown-settings.ts'
import { WireFaults } from '../face.ts'
import { SECRET_MASK } from './config-wire.ts'
import { toMapperDraft } from './mapper-form.ts'
import type { CreateProvider, Provider as ProviderSchema } from './wire.ts'
import { type Block, OIDC_WORDS, SAML_WORDS } from './words.ts'

export function fromProvider(provider: Provider): Static<typeof ProviderSchema> {
  return {
    alias: provider.id,
    display_name: shownName(provider),
    provider_id: provider.protocol === 'saml' ? 'saml' : 'oidc',
    enabled: provider.enabled,
    internal_id: provider.uid,
    known_provider: shownKnown(provider),
    config: shownConfig(provider),
    mapper_count: provider.mappers.length,
    condition: provider.condition,
    attribute_mapping: { ...shownMapping(provider) },
    domains: [...provider.domains],
    first_login: provider.firstLogin ?? 'create',
  }
}

/** Null where none was named, or one that the page does not list. */
export function shownKnown({ known }: Pick<Provider, 'known'>): string | null {
  return identitySource(known) === null ? null : known.toLowerCase()
}

/** By name: settings of other faces are not this face's to show. */
export function shownConfig(provider: Provider): Record<string, Json> {
  const sync_mode = provider.syncMode ?? 'INHERIT'
  if (provider.protocol === 'saml') return { ...inWords(SAML_WORDS, shownSamlSettings(provider)), sync_mode }
  return {
    ...inWords(OIDC_WORDS, shownOidcSettings(provider)),
    ...(provider.issuer === null ? {} : { issuer: provider.issuer }),
    ...(Object.hasOwn(provider.secrets, 'clientSecret') ? { client_secret: SECRET_MASK } : {}),
    sync_mode,
  }
}

function inWords(words: Readonly<Record<string, string>>, settings: JsonObject): Record<string, Json> {
  const shown: [string, Json][] = []
  for (const [word, setting] of Object.entries(words)) {
    const value = settings[setting]
    if (value !== undefined) shown.push([word, value])
  }
  return Object.fromEntries(shown)
}

export type ProviderBody = Omit<Static<typeof CreateProvider>, 'alias'>

/** `vouched`: an operator writes. Faults: fields of the body that contradict each other */
export function toProviderDraft(body: Static<typeof CreateProvider>, vouched: boolean): ProviderDraft {
  const faults = [...blockFaults(body), ...nameFaults(body.display_name)]
  if (faults.length > 0) throw new WireFaults(faults)
  const protocol = protocolOf(body)
  const { oidc_config: oidc, saml_config: saml } = body
  const settings = protocol === 'saml' ? toSettings(SAML_WORDS, saml ?? {}) : toSettings(OIDC_WORDS, oidc ?? {})
  const secret = oidc?.client_secret ?? null
  return {
    use: 'workforce',
    id: body.alias,
    displayName: body.display_name,
    description: null,
    enabled: body.enabled ?? true,
    known: toKnown(body.known_provider),
    issuer: protocol === 'oidc' ? (oidc?.issuer ?? null) : null,
    settings: { [protocol]: withoutNulls(settings) },
    ...(secret === null ? {} : { secrets: { clientSecret: secret } }),
    domains: body.domains ?? [],
    vouched,
    attributeMapping: body.attribute_mapping ?? {},
    condition: body.condition ?? null,
    mappers: (body.mappers ?? []).map(toMapperDraft),
    syncMode: (protocol === 'saml' ? saml : oidc)?.sync_mode ?? null,
    firstLogin: toFirstLogin(body.first_login),
  }
}

/** GitHub speaks OAuth 2.0 without OpenID Connect, and is `oidc` here all the same. Source: CONTRACT.md section 3. */
export function protocolOf(body: Pick<ProviderBody, 'provider_id' | 'known_provider'>): ProtocolName {
  if (body.provider_id === 'saml') return 'saml'
  return body.known_provider === 'github' ? 'oauth2' : 'oidc'
}

/** The block that belongs to `provider_id` must be there, and the other one must not. */
export function blockFaults(body: ProviderBody): FieldFault[] {
  const own: Block = body.provider_id === 'saml' ? 'saml_config' : 'oidc_config'
  const other: Block = own === 'saml_config' ? 'oidc_config' : 'saml_config'
  const faults: FieldFault[] = []
  if ((body[own] ?? null) === null) {
    faults.push({ path: own, code: 'field.missing', message: `is required with provider_id ${body.provider_id}` })
  }
  if ((body[other] ?? null) !== null) {
    const message = `does not go with provider_id ${body.provider_id}`
    faults.push({ path: other, code: 'provider.settings_contradict', message })
  }
  if (protocolOf(body) === 'oauth2' && (body.oidc_config?.issuer ?? null) !== null) {
    const message = 'is not a field of GitHub, which has none'
    faults.push({ path: 'oidc_config.issuer', code: 'provider.field_unsupported', message })
  }
  return faults
}

/** The schema counts characters, spaces among them; the registry takes a blank name for none. */
export function nameFaults(displayName: string | undefined): FieldFault[] {
  if (displayName === undefined || displayName.trim() !== '') return []
  return [{ path: 'display_name', code: 'field.invalid', message: 'must not be blank' }]
}

/** Settings by their core names; null stays null, what is absent stays absent. */
export function toSettings(words: Readonly<Record<string, string>>, block: object): Record<string, Json> {
  const given = new Map(Object.entries(block))
  return Object.fromEntries(
    Object.entries(words).flatMap(([word, setting]) => (given.has(word) ? [[setting, given.get(word)]] : [])),
  )
}

function withoutNulls(settings: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))
}

export function toKnown(known: string | null | undefined): string | null {
  return known?.toUpperCase() ?? null
}

export function toFirstLogin(firstLogin: string | null | undefined): FirstLogin | null {
  // One of the schema's enum.
  return (firstLogin ?? null) as FirstLogin | null
}

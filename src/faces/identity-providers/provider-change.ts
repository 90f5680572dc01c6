/** What PUT and PATCH ask of the registry: a change of what this face shows, and of nothing else. */
import type { Static } from 'typebox'
import type { FieldFault } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import type { ProviderChange } from '../../registry/drafts.ts'
import type { Provider } from '../../registry/provider.ts'
import { shownMapping, shownName } from '../../registry/provider-view.ts'
import { shownOidcSettings, shownSamlSettings } from '../../registry/shown-settings.ts'
import { WireFaults } from '../face.ts'
import { SECRET_MASK } from './config-wire.ts'
import { toMapperDraft } from './mapper-form.ts'
import { blockFaults, nameFaults, shownKnown, toFirstLogin, toKnown, toSettings } from './translate.ts'
import type { ChangeProvider, ReplaceProvider } from './wire.ts'
import { type Block, OIDC_WORDS, SAML_WORDS } from './words.ts'

type Body = Omit<Static<typeof ChangeProvider>, 'enabled'> & { readonly enabled?: boolean | null }

/**
 * A replacing body: what is absent gets its default, except mappers, which have paths of their own and are not part of what
 * is read here, and the secret. Faults: fields that contradict each other or the provider
 */
export function toReplacement(body: Static<typeof ReplaceProvider>, seen: Provider, vouched: boolean): ProviderChange {
  throwWire([...blockFaults(body), ...immutableFaults(body, seen), ...nameFaults(body.display_name)])
  const own = ownBlock(seen)
  const words = own === 'saml_config' ? SAML_WORDS : OIDC_WORDS
  const absent = Object.fromEntries([...Object.keys(words), 'issuer', 'sync_mode'].map((word) => [word, null]))
  const whole: Body = {
    enabled: null,
    known_provider: null,
    condition: null,
    attribute_mapping: null,
    domains: null,
    first_login: null,
    ...body,
  }
  // A secret that is absent stays: the registry knows when it may.
  return changeOf(whole, { ...absent, ...body[own] }, seen, vouched)
}

/** A partial body: what is absent stays as it is. Faults: fields that contradict the provider */
export function toMerge(body: Body, seen: Provider, vouched: boolean): ProviderChange {
  const own = ownBlock(seen)
  const other: Block = own === 'saml_config' ? 'oidc_config' : 'saml_config'
  const faults = [...immutableFaults(body, seen), ...nameFaults(body.display_name)]
  if ((body[other] ?? null) !== null) {
    const message = `does not go with this provider, whose provider_id is ${providerId(seen)}`
    faults.push({ path: other, code: 'provider.settings_contradict', message })
  }
  if (body[own] === null) faults.push({ path: own, code: 'field.missing', message: 'cannot be cleared as a whole' })
  throwWire(faults)
  return changeOf(body, body[own] ?? {}, seen, vouched)
}

function providerId({ protocol }: Provider): string {
  return protocol === 'saml' ? 'saml' : 'oidc'
}

function ownBlock({ protocol }: Provider): Block {
  return protocol === 'saml' ? 'saml_config' : 'oidc_config'
}

function throwWire(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new WireFaults(faults)
}

function immutableFaults({ alias, provider_id }: Body, seen: Provider): FieldFault[] {
  const faults: FieldFault[] = []
  if (alias !== undefined && alias !== seen.id) {
    faults.push({ path: 'alias', code: 'field.read_only', message: 'cannot be changed' })
  }
  if (provider_id !== undefined && provider_id !== providerId(seen)) {
    faults.push({ path: 'provider_id', code: 'provider.protocol_immutable', message: 'cannot be changed' })
  }
  return faults
}

/**
 * What is sent as it is shown changes nothing, so that a value that was only made up (a name from the id, a default, a
 * discovered endpoint) is never stored. Null stands for the default.
 */
function changeOf(
  body: Body,
  block: Readonly<Record<string, unknown>>,
  seen: Provider,
  vouched: boolean,
): ProviderChange {
  const { display_name: displayName, enabled, known_provider: known, mappers } = body
  const { condition, attribute_mapping: mapping, domains, first_login: firstLogin } = body
  const { issuer, client_secret: secret, sync_mode: syncMode } = block
  const settings = changedSettings(block, seen)
  const moves = issuer !== undefined && !isSameIssuer(textOrNull(issuer), seen)
  return {
    ...(displayName === undefined || displayName === shownName(seen) ? {} : { displayName }),
    ...(enabled === undefined ? {} : { enabled: enabled ?? true }),
    ...(known === undefined || known === shownKnown(seen) ? {} : { known: toKnown(known) }),
    // Without an issuer it is the known provider's, or the registry says that it is required.
    ...(moves ? { issuer: typeof issuer === 'string' ? issuer : '' } : {}),
    ...settingsOf(seen, moves, settings),
    ...(secret === undefined || secret === SECRET_MASK ? {} : { secrets: { clientSecret: textOrNull(secret) } }),
    ...(syncMode === undefined || (syncMode ?? 'INHERIT') === (seen.syncMode ?? 'INHERIT')
      ? {}
      : { syncMode: textOrNull(syncMode) }),
    ...(condition === undefined ? {} : { condition }),
    ...(mapping === undefined || isSame(mapping, shownMapping(seen)) ? {} : { attributeMapping: mapping ?? {} }),
    // Who vouches, vouches for all that they name: a list that is sent back as it was read vouches for nothing.
    ...(domains === undefined || isSame(domains ?? [], seen.domains) ? {} : { domains: domains ?? [], vouched }),
    ...(mappers === undefined ? {} : { mappers: (mappers ?? []).map(toMapperDraft) }),
    ...(firstLogin === undefined || (firstLogin ?? 'create') === (seen.firstLogin ?? 'create')
      ? {}
      : { firstLogin: toFirstLogin(firstLogin) }),
  }
}

/** As the registry spells it: scheme and host in lower case, no slash at the end. */
function isSameIssuer(typed: string | null, seen: Provider): boolean {
  const spelt = typed?.replace(/^[^:]+:\/\/[^/]+/, (origin) => origin.toLowerCase()).replace(/\/$/, '') ?? null
  return spelt === (seen.protocol === 'oidc' ? seen.issuer : null)
}

function settingsOf(seen: Provider, moves: boolean, changed: JsonObject): Pick<ProviderChange, 'settings'> {
  // A discovery URL is what another face says of the issuer: with another issuer it is another one.
  const settings = moves && seen.settings.discoveryUrl !== undefined ? { ...changed, discoveryUrl: null } : changed
  return Object.keys(settings).length === 0 ? {} : { settings: { [seen.protocol]: settings } }
}

function changedSettings(block: object, seen: Provider): JsonObject {
  const isSaml = seen.protocol === 'saml'
  const shown = isSaml ? shownSamlSettings(seen) : shownOidcSettings(seen)
  const given = toSettings(isSaml ? SAML_WORDS : OIDC_WORDS, block)
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => {
      if (value === null) return seen.settings[name] !== undefined
      return !isSame(value, shown[name])
    }),
  )
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/**
 * The rules of a workload provider that need no one else's word, all judged together.
 *
 * Source: workload-federation page, the tri-invariant: SPIFFE source ⟺ spiffe:// issuer ⟺ spiffe settings; any other
 * source ⟺ https:// issuer ⟺ oidc settings. Each of the three pairs is judged by itself; CUSTOM is a source like the others.
 */
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { ProviderDraft } from './drafts.ts'
import { fieldFault } from './faults.ts'
import { normaliseIssuer } from './issuer.ts'
import { knownSource, knownSources, ownsIssuer } from './known/index.ts'
import type { KnownSource } from './known/source.ts'
import { idFaults } from './names.ts'
import type { Protocols } from './protocol.ts'
import type { DiscoveredEndpoints, ProtocolName, ProviderUse } from './provider.ts'
import { labelFaults, nameFaults } from './texts.ts'

/** A draft that breaks no rule, in the registry's spelling. */
export interface JudgedProvider {
  readonly known: string
  readonly protocol: ProtocolName
  /** Normalised; null where only the upstream can say it, or there is none. */
  readonly issuer: string | null
  /** As the caller typed it, for the upstream to be asked about. */
  readonly typedIssuer: string | null
  readonly settings: JsonObject
  readonly template?: DiscoveredEndpoints
  readonly isTemplateFixed?: boolean
}

export type ProviderVerdict = { readonly faults: FieldFault[] } | { readonly judged: JudgedProvider }

/** Every fault of the draft, or what it says. */
export function judgeWorkloadProvider(draft: ProviderDraft, protocols: Protocols): ProviderVerdict {
  const faults = [...idFaults(draft.id), ...nameFaults(draft), ...labelFaults(draft.labels)]
  const known = judgeKnown(draft.known, faults)
  const issuer = judgeIssuer(draft.issuer, faults)
  if (known !== null && issuer !== null && !ownsIssuer(known, issuer)) {
    faults.push(fieldFault('provider.known_contradicts_issuer', 'issuer', `is not an issuer of ${known.title}`))
  }
  const settings = judgeSettings(draft, known, issuer, protocols, faults)
  if (known === null || issuer === null || settings === null || faults.length > 0) return { faults }
  return { judged: { known: known.name, protocol: known.protocol, issuer, typedIssuer: draft.issuer, settings } }
}

function judgeKnown(name: string | null, faults: FieldFault[]): KnownSource | null {
  if (name === null || name === '' || name === 'UNSPECIFIED') {
    // Faces spell the names in their own ways, and one has a name less.
    faults.push(fieldFault('provider.known_missing', 'known', 'is required: the source of the tokens, or CUSTOM'))
    return null
  }
  const known = knownSource(name)
  const names = knownSources.map((source) => source.name).join(', ')
  if (known === null) faults.push(fieldFault('provider.known_unknown', 'known', `must be one of ${names}`))
  return known
}

function judgeIssuer(text: string | null, faults: FieldFault[]): string | null {
  if (text === null || text === '') {
    faults.push(fieldFault('provider.issuer_invalid', 'issuer', 'is required'))
    return null
  }
  const normalised = normaliseIssuer(text)
  if ('issuer' in normalised) return normalised.issuer
  faults.push(normalised.fault)
  return null
}

/** The cleaned settings of the one block that fits; an https issuer without any counts as `oidc: {}`. */
function judgeSettings(
  draft: ProviderDraft,
  known: KnownSource | null,
  issuer: string | null,
  protocols: Protocols,
  faults: FieldFault[],
): JsonObject | null {
  // Sound: the keys of a draft's settings are protocol names.
  const given = Object.entries(draft.settings) as [ProtocolName, JsonObject][]
  const [first, ...others] = given
  if (others.length > 0) {
    for (const [protocol] of given) {
      faults.push(fieldFault('provider.settings_contradict', protocol, 'cannot stand beside other settings'))
    }
    return null
  }
  if (first === undefined && (known?.protocol === 'spiffe' || issuer?.startsWith('spiffe:') === true)) {
    faults.push(fieldFault('provider.settings_contradict', 'spiffe', 'is required for SPIFFE'))
    return null
  }
  const [protocol, block] = first ?? (['oidc', {}] as const)
  if (first !== undefined && known !== null && protocol !== known.protocol) {
    const message = `does not go with ${known.title}, which has ${known.protocol} settings`
    faults.push(fieldFault('provider.settings_contradict', protocol, message))
  }
  const scheme = issuer?.split(':', 1)[0]
  const schemes = protocols[protocol]?.issuerSchemes
  if (first !== undefined && scheme !== undefined && schemes?.includes(scheme) === false) {
    const message = `does not go with an issuer that begins with ${scheme}://`
    faults.push(fieldFault('provider.protocol_contradicts_issuer', protocol, message))
  }
  const parsed = parseBlock(protocols, draft.use, protocol, block)
  faults.push(...parsed.faults)
  return parsed.settings
}

/** The protocol's own judgement of its settings; its faults get the block's name in front. */
export function parseBlock(
  protocols: Protocols,
  use: ProviderUse,
  protocol: ProtocolName,
  block: JsonObject,
  before?: JsonObject,
): { readonly settings: JsonObject; readonly faults: FieldFault[] } {
  const parser = protocols[protocol]
  if (parser === undefined) {
    return { settings: block, faults: [fieldFault('provider.protocol_unsupported', protocol, 'is not supported here')] }
  }
  const { settings, faults } = parser.parseSettings(use, block, before)
  const named = (path: string) => (path === protocol || path.startsWith(`${protocol}.`) ? path : `${protocol}.${path}`)
  return { settings, faults: faults.map((fault) => ({ ...fault, path: named(fault.path) })) }
}

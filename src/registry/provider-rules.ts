/**
 * The rules of a workload provider that need no one else's word, all judged together.
 *
 * Source: workload-federation page, "tri-invariant": SPIFFE source ⟺ spiffe:// issuer ⟺ spiffe settings; any other source
 * ⟺ https:// issuer ⟺ oidc settings. It falls out of two agreements with the source's protocol, issuer scheme and
 * settings block, since CUSTOM is a source like the others.
 */
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { ProviderDraft } from './drafts.ts'
import { normaliseIssuer } from './issuer.ts'
import { knownSource, knownSources, ownerOfIssuer } from './known/index.ts'
import type { KnownSource } from './known/known-source.ts'
import { textFaults } from './limits.ts'
import { idFaults } from './names.ts'
import type { Protocols } from './protocol.ts'
import type { ProtocolName } from './provider.ts'

export interface JudgedProvider {
  readonly known: KnownSource
  readonly protocol: ProtocolName
  readonly issuer: string
  readonly settings: JsonObject
}

export function judgeWorkloadProvider(
  draft: ProviderDraft,
  protocols: Protocols,
): { faults: FieldFault[]; judged: JudgedProvider | null } {
  const faults = [...idFaults(draft.id), ...textFaults(draft)]
  const known = draft.known === null ? null : knownSource(draft.known)
  if (known === null) {
    const message = `is required: one of ${knownSources.map((source) => source.name).join(', ')}`
    faults.push({ path: 'known', code: 'provider.known_missing', message })
  }
  const normalised = draft.issuer === null ? null : normaliseIssuer(draft.issuer)
  if (normalised === null) faults.push({ path: 'issuer', code: 'provider.issuer_missing', message: 'is required' })
  else if ('fault' in normalised) faults.push(normalised.fault)
  const good = normalised === null || 'fault' in normalised ? null : normalised
  if (known !== null && good !== null) faults.push(...issuerFaults(known, good.scheme, good.issuer))
  const block = settingsBlock(draft, known, faults)
  if (known === null || good === null || block === null || faults.length > 0) {
    // What the settings themselves get wrong is told in the same answer.
    if (block !== null) faults.push(...parseBlock(block, protocols).faults)
    return { faults, judged: null }
  }
  const parsed = parseBlock(block, protocols)
  faults.push(...parsed.faults)
  if (faults.length > 0) return { faults, judged: null }
  return { faults, judged: { known, protocol: known.protocol, issuer: good.issuer, settings: parsed.settings } }
}

function issuerFaults(known: KnownSource, scheme: string, issuer: string): FieldFault[] {
  const wanted = known.protocol === 'spiffe' ? 'spiffe' : 'https'
  if (scheme !== wanted) {
    const message = `must begin with ${wanted}:// for ${known.name}`
    return [{ path: 'issuer', code: 'provider.protocol_contradicts_issuer', message }]
  }
  if (known.issuers !== null && !known.issuers.test(issuer)) {
    const message = `is not an issuer of ${known.title}, such as ${known.exampleIssuer}`
    return [{ path: 'issuer', code: 'provider.known_contradicts_issuer', message }]
  }
  const owner = known.issuers === null ? ownerOfIssuer(issuer, known) : null
  // CUSTOM may describe any issuer; a named source may not claim another's.
  if (owner === null || known.name === 'CUSTOM') return []
  return [{ path: 'issuer', code: 'provider.known_contradicts_issuer', message: `belongs to ${owner.name}` }]
}

interface Block {
  readonly protocol: ProtocolName
  readonly settings: JsonObject
}

/** The one settings block that fits; an https source without any counts as `oidc: {}`. */
function settingsBlock(draft: ProviderDraft, known: KnownSource | null, faults: FieldFault[]): Block | null {
  const given = Object.entries(draft.settings) as [ProtocolName, JsonObject][]
  if (given.length > 1) {
    for (const [protocol] of given) {
      faults.push({
        path: protocol,
        code: 'provider.settings_contradict',
        message: 'only one of oidc and spiffe may be set',
      })
    }
    return null
  }
  const [first] = given
  if (first === undefined) {
    if (known?.protocol === 'spiffe') {
      faults.push({ path: 'spiffe', code: 'provider.settings_missing', message: 'is required for SPIFFE' })
      return null
    }
    return { protocol: 'oidc', settings: {} }
  }
  const [protocol, settings] = first
  if (known !== null && protocol !== known.protocol) {
    const message = `does not go with ${known.name}; use ${known.protocol}`
    faults.push({ path: protocol, code: 'provider.settings_contradict', message })
    return null
  }
  return { protocol, settings }
}

function parseBlock(
  { protocol, settings }: Block,
  protocols: Protocols,
): { settings: JsonObject; faults: FieldFault[] } {
  const parser = protocols[protocol]
  if (parser === undefined) {
    return { settings, faults: [{ path: protocol, code: 'provider.protocol_missing', message: 'is not supported' }] }
  }
  return parser.parseSettings('workload', settings)
}

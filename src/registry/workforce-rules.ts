/** The rules of a provider that people sign in with, as far as they need no one else's word. All faults at once. */
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { ProviderDraft } from './drafts.ts'
import { fieldFault } from './faults.ts'
import { normaliseIssuer } from './issuer.ts'
import type { IdentitySource } from './known/identity/identity-source.ts'
import {
  contradiction,
  endpointsFrom,
  identitySource,
  identitySources,
  isMicrosoftHost,
} from './known/identity/index.ts'
import { idFaults } from './names.ts'
import type { ProtocolName } from './provider.ts'
import { type ProviderVerdict, parseBlock } from './provider-rules.ts'
import { DISCOVERY_PATH } from './provider-view.ts'
import type { Registry } from './registry.ts'
import { labelFaults, nameFaults } from './texts.ts'

/** A known source that was not named: nothing is assumed of the provider. */
export const UNSPECIFIED = 'UNSPECIFIED'

type Rules = Pick<Registry, 'protocols' | 'allowsPlainHttp'>

/** Every fault of the draft, or what it says. */
export function judgeWorkforceProvider(draft: ProviderDraft, at: Rules): ProviderVerdict {
  const faults = [...idFaults(draft.id), ...nameFaults(draft), ...labelFaults(draft.labels)]
  const source = judgeSource(draft.known, faults)
  const block = blockOf(draft, faults)
  if (block === null) return { faults }
  const { protocol, given } = block
  if (source !== null && !source.protocols.includes(protocol)) {
    const message = `does not go with ${source.title}, which has ${source.protocols.join(' or ')} settings`
    faults.push(fieldFault('provider.settings_contradict', protocol, message))
  }
  if (source === null && protocol === 'oauth2') {
    const message = 'is for known sources only: GitHub is the one'
    faults.push(fieldFault('provider.settings_contradict', protocol, message))
  }
  const parsed = parseBlock(at.protocols, draft.use, protocol, given)
  faults.push(...parsed.faults)
  const issuer = protocol === 'oidc' ? judgeIssuer(draft.issuer, parsed.settings, source, at, faults) : null
  if (protocol === 'oidc' || protocol === 'oauth2')
    faults.push(...contradictions(source, issuer?.typed ?? null, protocol, parsed.settings))
  if (faults.length > 0) return { faults }
  return {
    judged: {
      known: source?.name ?? UNSPECIFIED,
      protocol,
      issuer: issuer?.normalised ?? null,
      typedIssuer: issuer?.typed ?? null,
      settings: parsed.settings,
      ...templateOf(source, issuer?.normalised ?? null, protocol),
    },
  }
}

/** What is known of the source's endpoints, for the protocol to fall back on. */
export function templateOf(source: IdentitySource | null, issuer: string | null, protocol: ProtocolName) {
  if (source === null || (protocol !== 'oidc' && protocol !== 'oauth2')) return {}
  return { template: endpointsFrom(source, issuer), isTemplateFixed: source.issuer !== null }
}

function judgeSource(name: string | null, faults: FieldFault[]): IdentitySource | null {
  if (name === null || name === '' || name === UNSPECIFIED) return null
  const source = identitySource(name)
  if (source === null) {
    const names = identitySources.map((one) => one.name.toLowerCase()).join(', ')
    faults.push(fieldFault('provider.known_unknown', 'known', `must be one of ${names}`))
  }
  return source
}

function blockOf(draft: ProviderDraft, faults: FieldFault[]): { protocol: ProtocolName; given: JsonObject } | null {
  // Sound: the keys of a draft's settings are protocol names.
  const blocks = Object.entries(draft.settings) as [ProtocolName, JsonObject][]
  const [first, ...others] = blocks
  if (first === undefined) {
    faults.push(fieldFault('provider.settings_contradict', 'oidc', 'or saml is required'))
    return null
  }
  if (others.length > 0) {
    for (const [protocol] of blocks) {
      faults.push(fieldFault('provider.settings_contradict', protocol, 'cannot stand beside other settings'))
    }
    return null
  }
  return { protocol: first[0], given: first[1] }
}

export interface WorkforceIssuer {
  readonly typed: string
  readonly normalised: string
}

/** Given, or the prefix of the discovery URL, or the one the source has. */
export function judgeIssuer(
  given: string | null,
  settings: JsonObject,
  source: Pick<IdentitySource, 'issuer' | 'name'> | null,
  at: Pick<Registry, 'allowsPlainHttp'>,
  faults: FieldFault[],
): WorkforceIssuer | null {
  const { discoveryUrl } = settings
  const prefix =
    typeof discoveryUrl === 'string' && discoveryUrl.endsWith(DISCOVERY_PATH)
      ? discoveryUrl.slice(0, -DISCOVERY_PATH.length)
      : null
  const typed = given !== null && given !== '' ? given : (prefix ?? source?.issuer ?? null)
  if (typed === null) {
    // A discovery URL that cannot be read has its own fault.
    if (discoveryUrl === undefined) faults.push(fieldFault('provider.issuer_invalid', 'issuer', 'is required'))
    return null
  }
  const options = { allowsPlainHttp: at.allowsPlainHttp, takesTemplate: isMicrosoft(typed, source) }
  const judged = normaliseIssuer(typed, options)
  if ('fault' in judged) {
    faults.push(judged.fault)
    return null
  }
  if (judged.issuer.startsWith('spiffe:')) {
    faults.push(fieldFault('provider.protocol_contradicts_issuer', 'issuer', 'must begin with https://'))
    return null
  }
  if (prefix !== null && sameWithoutSlash(prefix) !== sameWithoutSlash(typed)) {
    faults.push(
      fieldFault(
        'provider.issuer_invalid',
        'issuer',
        'must be what stands before the well-known path of the discovery URL',
      ),
    )
    return null
  }
  return { typed, normalised: judged.issuer }
}

function sameWithoutSlash(text: string): string {
  const plain = text.endsWith('/') ? text.slice(0, -1) : text
  return plain.replace(/^[^:]+:\/\/[^/]+/, (origin) => origin.toLowerCase())
}

function isMicrosoft(issuer: string, source: { readonly name: string } | null): boolean {
  const plain = issuer.replaceAll(/[{}]/g, '')
  return source?.name === 'ENTRA_ID' || (URL.canParse(plain) && isMicrosoftHost(new URL(plain).hostname))
}

const ENDPOINTS = ['authorizationUrl', 'tokenUrl', 'userInfoUrl', 'jwksUrl', 'logoutUrl', 'discoveryUrl'] as const

/** An issuer or endpoint of another known source than the one named. */
export function contradictions(
  source: IdentitySource | null,
  issuer: string | null,
  protocol: ProtocolName,
  settings: JsonObject,
): FieldFault[] {
  if (source === null) return []
  const faults: FieldFault[] = []
  const judge = (name: string, path: string, url: unknown) => {
    const reason = typeof url === 'string' ? contradiction(source, name, url) : null
    if (reason !== null) faults.push(fieldFault('provider.known_contradicts_issuer', path, reason))
  }
  judge('issuer', 'issuer', issuer?.replaceAll(/[{}]/g, ''))
  for (const name of ENDPOINTS) judge(name, `${protocol}.${name}`, settings[name])
  return faults
}

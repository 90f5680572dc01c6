/**
 * Judges the metadata of an identity provider, all faults together.
 *
 * Source: SAML 2.0 Metadata §2.3–2.4; wire.md section 3.1 for the limits. A signature over the document is not looked at:
 * whoever registers the metadata vouches for them.
 */
import type { FieldFault } from '../../fault.ts'
import { type Check, text, webUrl } from '../oidc/setting-checks.ts'
import { hasOverlap, readCertificate, readSigningCertificates } from './certificates.ts'
import { samlFieldFault } from './faults.ts'
import { BINDINGS, type Binding, METADATA, PROTOCOL, SIGNATURE } from './names.ts'
import { attributeOf, childrenOf, type Element, readXml } from './xml.ts'

export interface IdpMetadata {
  readonly entityId: string
  readonly ssoUrl: string
  /** POST where the provider has both. */
  readonly ssoBinding: Binding
  readonly sloUrl: string | null
  /** Redirect where the provider has both. */
  readonly sloBinding: Binding | null
  readonly nameIdFormats: readonly string[]
  readonly wantAuthnRequestsSigned: boolean
  /** DER in base64; expired ones too, beside at least one that is not. */
  readonly signingCertificates: readonly string[]
  readonly encryptionCertificates: readonly string[]
  /** The earliest of the document's, null where it says nothing. */
  readonly validUntil: Date | null
}

export interface MetadataOptions {
  readonly allowHttp: (url: string) => boolean
}

export type JudgedMetadata = { readonly metadata: IdpMetadata } | { readonly faults: FieldFault[] }

/** Source: wire.md section 3.1, `idpMetadataXml`. Units: UTF-16 units; for documents that are fetched, bytes. */
export const METADATA_CHARACTERS = 131_072
/** Federations nest groups in groups; nobody needs more than a handful of levels above the provider's own eight. */
const LIMITS = { characters: METADATA_CHARACTERS, depth: 32 }
/** Source: SAML 2.0 Core §8.3.6. */
export const ENTITY_ID_CHARACTERS = 1_024
export const NAME_ID_FORMAT_CHARACTERS = 256
/** Of one document; the rest would be more of the same. */
const MOST_FAULTS = 20
/** Many times what is registered, and so few that a record can carry them. */
const MOST_ENTRIES = 20

const HTTPS_ONLY: MetadataOptions = { allowHttp: () => false }

/** The one identity provider that the metadata describe, or everything that is wrong with them; never throws. */
export function readIdpMetadata(xml: string, now: Date, options: MetadataOptions = HTTPS_ONLY): JudgedMetadata {
  const read = readXml(xml, LIMITS)
  if ('problem' in read) return refused([read.problem])
  const found = findProviders(read.root, [])
  const [one] = found
  if (one === undefined || found.length > 1) {
    return refused([
      `must describe exactly one SAML 2.0 identity provider (an EntityDescriptor with an IDPSSODescriptor), not ${found.length}`,
    ])
  }
  const problems: string[] = []
  const metadata = metadataOf(one, now, options, problems)
  return metadata === null || problems.length > 0 ? refused(problems) : { metadata }
}

/** The fault of new metadata that share no usable key with the old ones, none where they do or no old key is usable. */
export function requireOverlap(oldCerts: readonly string[], newCerts: readonly string[], now: Date): FieldFault[] {
  if (hasOverlap(oldCerts, newCerts, now)) return []
  return [
    samlFieldFault('saml.key_overlap_missing', 'metadataXml', 'must keep at least one signing key that is in use'),
  ]
}

function refused(problems: readonly string[]): { faults: FieldFault[] } {
  const shown = problems.slice(0, MOST_FAULTS)
  return { faults: shown.map((problem) => samlFieldFault('saml.metadata_invalid', 'metadataXml', problem)) }
}

interface Found {
  readonly entity: Element
  readonly role: Element
  /** Every element around the role that may say how long it is good. */
  readonly around: readonly Element[]
}

function findProviders(element: Element, around: readonly Element[]): Found[] {
  if (element.namespace !== METADATA) return []
  const inside = [...around, element]
  if (element.name === 'EntitiesDescriptor') return element.children.flatMap((child) => findProviders(child, inside))
  if (element.name !== 'EntityDescriptor') return []
  return childrenOf(element, METADATA, 'IDPSSODescriptor')
    .filter((role) => (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(PROTOCOL))
    .map((role) => ({ entity: element, role, around: [...inside, role] }))
}

function metadataOf({ entity, role, around }: Found, now: Date, options: MetadataOptions, problems: string[]) {
  const entityId = attributeOf(entity, 'entityID') ?? ''
  if (!isEntityId(entityId)) {
    problems.push(`must have an entityID of 1 to ${ENTITY_ID_CHARACTERS} characters that can be shown`)
  }
  const isUrl = webUrl(options.allowHttp)
  const sso = endpointOf(role, 'SingleSignOnService', ['post', 'redirect'], isUrl, problems)
  const slo = endpointOf(role, 'SingleLogoutService', ['redirect', 'post'], isUrl, problems)
  if (sso === null) problems.push('must have a SingleSignOnService with the HTTP-POST or the HTTP-Redirect binding')
  const signing = readSigningCertificates(certificatesOf(role, 'signing', problems), now)
  problems.push(...signing.problems)
  const validUntil = validUntilOf(around, problems)
  if (validUntil !== null && validUntil <= now) problems.push('has a validUntil that is past')
  if (sso === null) return null
  return {
    entityId,
    ssoUrl: sso.url,
    ssoBinding: sso.binding,
    sloUrl: slo?.url ?? null,
    sloBinding: slo?.binding ?? null,
    nameIdFormats: nameIdFormatsOf(role),
    wantAuthnRequestsSigned: isTrue(attributeOf(role, 'WantAuthnRequestsSigned')),
    signingCertificates: signing.certificates.map(({ base64 }) => base64),
    encryptionCertificates: encryptionCertificatesOf(role),
    validUntil,
  }
}

/** True for what an entity may be called, in metadata and in settings. */
export function isEntityId(value: string): boolean {
  return text(ENTITY_ID_CHARACTERS)(value) === null && value.trim() === value
}

/** The first binding that the provider has; null where it has none that we speak. A bad address is a problem, not none. */
function endpointOf(role: Element, name: string, bindings: readonly Binding[], isUrl: Check, problems: string[]) {
  const services = childrenOf(role, METADATA, name)
  for (const binding of bindings) {
    const service = services.find((one) => attributeOf(one, 'Binding')?.trim() === BINDINGS[binding])
    if (service === undefined) continue
    const url = attributeOf(service, 'Location')?.trim() ?? ''
    const problem = isUrl(url)
    if (problem !== null) problems.push(`has a ${name} whose Location ${problem}`)
    return { url, binding }
  }
  return null
}

/** Source: SAML 2.0 Metadata §2.4.1.1: a key without `use` serves both purposes. */
function keyDescriptorsOf(role: Element, use: 'signing' | 'encryption'): Element[] {
  return childrenOf(role, METADATA, 'KeyDescriptor').filter((key) => (attributeOf(key, 'use') ?? use) === use)
}

function x509Of(key: Element): string[] {
  return childrenOf(key, SIGNATURE, 'KeyInfo')
    .flatMap((info) => childrenOf(info, SIGNATURE, 'X509Data'))
    .flatMap((data) => childrenOf(data, SIGNATURE, 'X509Certificate'))
    .map((certificate) => certificate.text)
}

function certificatesOf(role: Element, use: 'signing' | 'encryption', problems: string[]): string[] {
  return keyDescriptorsOf(role, use).flatMap((key) => {
    const certificates = x509Of(key)
    // Of a chain all but one would be authorities, and whoever has their keys could sign assertions.
    if (certificates.length > 1) problems.push(`has a KeyDescriptor for ${use} with more than one certificate`)
    return certificates
  })
}

/** Those that cannot be used are left out: nothing that is received depends on them. */
function encryptionCertificatesOf(role: Element): string[] {
  const read = certificatesOf(role, 'encryption', []).map(readCertificate)
  return [...new Set(read.flatMap((one) => ('base64' in one ? [one.base64] : [])))].slice(0, MOST_ENTRIES)
}

function nameIdFormatsOf(role: Element): string[] {
  const formats = childrenOf(role, METADATA, 'NameIDFormat').map((format) => format.text.trim())
  const isFormat = text(NAME_ID_FORMAT_CHARACTERS)
  return [...new Set(formats.filter((format) => isFormat(format) === null))].slice(0, MOST_ENTRIES)
}

/** Source: XML Schema Part 2 §3.2.2.1. */
function isTrue(value: string | null): boolean {
  return value?.trim() === 'true' || value?.trim() === '1'
}

function validUntilOf(around: readonly Element[], problems: string[]): Date | null {
  let earliest: Date | null = null
  for (const element of around) {
    const value = attributeOf(element, 'validUntil')
    if (value === null) continue
    const at = dateTimeOf(value.trim())
    if (at === null) problems.push('has a validUntil that is not a date with a time')
    else if (earliest === null || at < earliest) earliest = at
  }
  return earliest
}

/** Source: SAML 2.0 Core §1.3.3: UTC, whether it says so or not. */
function dateTimeOf(value: string): Date | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/.exec(value)
  if (match?.[1] === undefined) return null
  const at = new Date(`${match[1]}${match[2] ?? 'Z'}`)
  return Number.isNaN(at.getTime()) ? null : at
}

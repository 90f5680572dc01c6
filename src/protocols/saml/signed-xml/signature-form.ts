/**
 * The parts of an enveloped signature. A signature that is built in any other way than SAML's own is refused, so that nothing
 * in it is left that one implementation might heed and another not.
 *
 * Source: XML Signature 1.1 §4; SAML 2.0 Core §5.4; Exclusive XML Canonicalization §3 (InclusiveNamespaces).
 */
import { ENVELOPED, EXCLUSIVE, SIGNATURE } from '../names.ts'
import { Unacceptable } from './refusal.ts'
import { attributeOf, childrenOf, childrenOnly, everyTag, isTag, type Tag, textOf } from './tree.ts'

export interface SignatureParts {
  readonly signedInfo: Tag
  /** How SignedInfo itself is canonicalised. */
  readonly inclusivePrefixes: readonly string[]
  readonly value: Buffer
}

export interface SignedInfo {
  readonly algorithm: string
  readonly reference: string
  readonly inclusivePrefixes: readonly string[]
  readonly digestAlgorithm: string
  readonly digest: Buffer
}

/** Each is looked up at every element. */
const PREFIXES = 16

/** Source: XML Signature §4.1: SignedInfo, SignatureValue, and KeyInfo, which is not looked at: keys come from the settings alone. */
export function signatureParts(signature: Tag): SignatureParts {
  const [signedInfo, value, ...others] = childrenOnly(signature) ?? []
  const [keyInfo] = others
  if (signedInfo === undefined || !isTag(signedInfo, SIGNATURE, 'SignedInfo')) throw malformed('no SignedInfo at first')
  if (value === undefined || !isTag(value, SIGNATURE, 'SignatureValue')) throw malformed('no SignatureValue at second')
  if (others.length > 1 || (keyInfo !== undefined && !isTag(keyInfo, SIGNATURE, 'KeyInfo')))
    throw malformed('more than SignedInfo, SignatureValue and KeyInfo')
  // Source: CVE-2025-29775: digests behind a comment.
  for (const { hasComment } of everyTag(signature))
    if (hasComment) throw new Unacceptable('saml.comment_refused', 'no comment within a signature', 'one')
  const [method] = childrenOf(signedInfo)
  return {
    signedInfo,
    inclusivePrefixes: canonicalisationOf(method, 'CanonicalizationMethod', 'saml.canonicalisation_refused'),
    value: base64Of(value, 'SignatureValue'),
  }
}

/** What is signed, read from SignedInfo's canonical form. Source: XML Signature §4.3: nothing more, nothing twice (CVE-2025-29774). */
export function readSignedInfo(signedInfo: Tag): SignedInfo {
  const [canonicalisation, method, reference, ...others] = childrenOnly(signedInfo) ?? []
  canonicalisationOf(canonicalisation, 'CanonicalizationMethod', 'saml.canonicalisation_refused')
  const algorithm = algorithmOf(method, 'SignatureMethod')
  // HMACOutputLength, parameters: none of the algorithms that are accepted has any.
  if (method === undefined || !isEmpty(method)) throw malformed('parameters of the SignatureMethod')
  if (reference === undefined || !isTag(reference, SIGNATURE, 'Reference')) throw malformed('no Reference')
  if (others.length > 0) throw new Unacceptable('saml.reference_wrong', 'one reference', `${1 + others.length}`)
  const [transforms, digestMethod, digestValue, ...more] = childrenOnly(reference) ?? []
  const inclusivePrefixes = transformsOf(transforms)
  const digestAlgorithm = algorithmOf(digestMethod, 'DigestMethod')
  if (digestMethod === undefined || !isEmpty(digestMethod)) throw malformed('parameters of the DigestMethod')
  if (digestValue === undefined || !isTag(digestValue, SIGNATURE, 'DigestValue') || more.length > 0)
    throw malformed('no DigestValue at last')
  return {
    algorithm,
    reference: attributeOf(reference, 'URI') ?? '',
    inclusivePrefixes,
    digestAlgorithm,
    digest: base64Of(digestValue, 'DigestValue'),
  }
}

/** Enveloped, then exclusive: any other would leave the signature in, choose parts, or leave the form to somebody's default. */
function transformsOf(transforms: Tag | undefined): readonly string[] {
  const all = transforms !== undefined && isTag(transforms, SIGNATURE, 'Transforms') ? childrenOnly(transforms) : null
  const [enveloped, exclusive, ...others] = all ?? []
  const refused = (actual: string) =>
    new Unacceptable('saml.transform_refused', 'enveloped-signature, then exclusive canonicalisation', actual)
  if (enveloped === undefined || exclusive === undefined || others.length > 0) {
    const algorithms = (all ?? []).map((one) => attributeOf(one, 'Algorithm') ?? 'none')
    throw refused(algorithms.join(', ') || 'none')
  }
  const algorithm = algorithmOf(enveloped, 'Transform')
  if (algorithm !== ENVELOPED) throw refused(algorithm)
  if (!isEmpty(enveloped)) throw refused('parameters of enveloped-signature')
  return canonicalisationOf(exclusive, 'Transform', 'saml.transform_refused')
}

type CanonicalisationCode = 'saml.canonicalisation_refused' | 'saml.transform_refused'

function canonicalisationOf(tag: Tag | undefined, name: string, code: CanonicalisationCode): readonly string[] {
  const algorithm = algorithmOf(tag, name)
  if (tag === undefined || algorithm !== EXCLUSIVE) throw new Unacceptable(code, EXCLUSIVE, algorithm)
  const children = childrenOnly(tag)
  const [inclusive, ...others] = children ?? []
  if (children === null || others.length > 0) throw new Unacceptable(code, 'InclusiveNamespaces or nothing', 'more')
  if (inclusive === undefined) return []
  const list = attributeOf(inclusive, 'PrefixList')
  if (!isTag(inclusive, EXCLUSIVE, 'InclusiveNamespaces') || list === null || !isEmpty(inclusive))
    throw new Unacceptable(code, 'InclusiveNamespaces or nothing', 'another parameter')
  const prefixes = list.split(/[ \t\n\r]+/).filter((one) => one !== '')
  if (prefixes.length > PREFIXES) throw new Unacceptable(code, `at most ${PREFIXES} prefixes`, `${prefixes.length}`)
  return prefixes.map((one) => (one === '#default' ? '' : one))
}

function isEmpty(tag: Tag): boolean {
  return childrenOnly(tag)?.length === 0
}

function algorithmOf(tag: Tag | undefined, name: string): string {
  if (tag === undefined || !isTag(tag, SIGNATURE, name)) throw malformed(`no ${name} in its place`)
  const algorithm = attributeOf(tag, 'Algorithm')
  if (algorithm === null) throw malformed(`${name} without an algorithm`)
  return algorithm
}

/** Source: XML Schema Part 2 §3.2.16: white space may stand anywhere, nothing else may. */
function base64Of(tag: Tag, name: string): Buffer {
  const text = textOf(tag)?.replace(/[ \t\n\r]/g, '') ?? ''
  const bytes = Buffer.from(text, 'base64')
  // What does not come back as it was had other letters in it, or spare bits.
  if (text === '' || bytes.toString('base64') !== text) throw malformed(`${name} that is not base64`)
  return bytes
}

function malformed(actual: string): Unacceptable {
  return new Unacceptable('saml.signature_malformed', 'SignedInfo with one Reference, SignatureValue, KeyInfo', actual)
}

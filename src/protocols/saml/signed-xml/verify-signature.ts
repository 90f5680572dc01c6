/**
 * Verifies one enveloped signature and gives what it covers: the signed element, read again from the very text whose digest
 * was signed. Whoever reads on from there reads nothing that the signer did not write.
 *
 * Source: XML Signature 1.1 §3.2 (core validation, signature before reference); SAML 2.0 Core §5.4.
 */
import { hash as digestOf, verify } from 'node:crypto'
import type { TrustedSigner } from '../response/port.ts'
import { digestAlgorithm, type SignatureAlgorithm, signatureAlgorithm } from './algorithms.ts'
import { canonicalForm } from './canonical.ts'
import { readText } from './read-document.ts'
import { Unacceptable } from './refusal.ts'
import { readSignedInfo, signatureParts } from './signature-form.ts'
import { isInUse, type SignerKey, signerKeys } from './signer-keys.ts'
import { attributeOf, type Tag } from './tree.ts'

export interface Covered {
  /** The parent of the signature, without it; of the canonical text. */
  readonly tag: Tag
  /** URI of the signature algorithm, for the decision. */
  readonly algorithm: string
}

/**
 * `signature` is a child of `parent`, which has an ID. Faults (thrown as `Unacceptable`): saml.signature_malformed,
 * saml.id_invalid, saml.comment_refused, saml.canonicalisation_refused, saml.transform_refused, saml.reference_wrong,
 * saml.algorithm_refused, saml.sha1_refused, saml.key_missing, saml.certificate_outdated, signature.invalid,
 * saml.digest_mismatch
 */
export function verifySignature(signature: Tag, parent: Tag, signer: TrustedSigner): Covered {
  const parts = signatureParts(signature)
  const text = canonicalForm(parts.signedInfo, { inclusivePrefixes: parts.inclusivePrefixes })
  const signedInfo = readSignedInfo(readText(text))
  const id = attributeOf(parent, 'ID')
  if (id === null) throw new Unacceptable('saml.id_invalid', 'an ID on what is signed', 'none')
  const own = `#${id}`
  // By comparing, not by searching: no other element can be meant.
  if (signedInfo.reference !== own) throw new Unacceptable('saml.reference_wrong', own, signedInfo.reference)
  const { allowSha1 } = signer
  const algorithm = signatureAlgorithm(signedInfo.algorithm, allowSha1)
  const hash = digestAlgorithm(signedInfo.digestAlgorithm, allowSha1)
  verifyValue(Buffer.from(text), parts.value, algorithm, signer)
  const { inclusivePrefixes, digest } = signedInfo
  const covered = canonicalForm(parent, { without: signature, inclusivePrefixes })
  if (!digestOf(hash, covered, 'buffer').equals(digest))
    throw new Unacceptable('saml.digest_mismatch', 'what was signed', 'something else')
  return { tag: readText(covered), algorithm: signedInfo.algorithm }
}

/** Faults (thrown as `Unacceptable`): saml.key_missing, saml.certificate_outdated, signature.invalid */
export function verifyValue(bytes: Buffer, value: Buffer, algorithm: SignatureAlgorithm, signer: TrustedSigner): void {
  const keys = signerKeys(signer, algorithm.keyType)
  const isBy = ({ key }: SignerKey) =>
    // Source: RFC 9231 §2.3.6: r and s one behind the other, not in DER.
    verify(algorithm.hash, bytes, algorithm.keyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key, value)
  const inUse = keys.filter((key) => isInUse(key, signer.now))
  if (inUse.some(isBy)) return
  const outdated = keys.filter((key) => !isInUse(key, signer.now))
  // Never to accept it: so that an operator knows what to renew.
  if (outdated.some(isBy))
    throw new Unacceptable('saml.certificate_outdated', 'a certificate that is valid now', 'one that is not')
  if (inUse.length === 0)
    throw new Unacceptable('saml.key_missing', `a certificate with an ${algorithm.keyType} key`, 'none')
  throw new Unacceptable('signature.invalid', 'a signature by a key of the provider', 'another')
}

/**
 * The signature and digest algorithms that count.
 *
 * Source: RFC 9231 §2.1 (digests), §2.3.2 (RSA), §2.3.6 (ECDSA); XML Signature 1.1 §6.1. SHA-1 by the provider's named
 * switch only; DSA, HMAC and MD5 never.
 */
import { Unacceptable } from './refusal.ts'

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

export interface SignatureAlgorithm {
  readonly keyType: 'rsa' | 'ec'
  readonly hash: Hash
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const SHA1_DIGEST = 'http://www.w3.org/2000/09/xmldsig#sha1'

const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  [`${MORE}rsa-sha256`]: { keyType: 'rsa', hash: 'sha256' },
  [`${MORE}rsa-sha384`]: { keyType: 'rsa', hash: 'sha384' },
  [`${MORE}rsa-sha512`]: { keyType: 'rsa', hash: 'sha512' },
  [`${MORE}ecdsa-sha256`]: { keyType: 'ec', hash: 'sha256' },
  [`${MORE}ecdsa-sha384`]: { keyType: 'ec', hash: 'sha384' },
  [`${MORE}ecdsa-sha512`]: { keyType: 'ec', hash: 'sha512' },
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1': { keyType: 'rsa', hash: 'sha1' },
}

const DIGESTS: Readonly<Record<string, Hash>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  [`${MORE}sha384`]: 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
  [SHA1_DIGEST]: 'sha1',
}

/** Faults: saml.algorithm_refused, saml.sha1_refused */
export function signatureAlgorithm(uri: string, allowSha1: boolean): SignatureAlgorithm {
  const found = Object.hasOwn(SIGNATURES, uri) ? SIGNATURES[uri] : undefined
  if (found === undefined) throw refused('RSA or ECDSA with SHA-256, SHA-384 or SHA-512', uri)
  if (found.hash === 'sha1' && !allowSha1) throw sha1Refused(uri)
  return found
}

/** Faults: saml.algorithm_refused, saml.sha1_refused */
export function digestAlgorithm(uri: string, allowSha1: boolean): Hash {
  const found = Object.hasOwn(DIGESTS, uri) ? DIGESTS[uri] : undefined
  if (found === undefined) throw refused('SHA-256, SHA-384 or SHA-512', uri)
  if (found === 'sha1' && !allowSha1) throw sha1Refused(uri)
  return found
}

function refused(expected: string, uri: string): Unacceptable {
  return new Unacceptable('saml.algorithm_refused', expected, uri)
}

function sha1Refused(uri: string): Unacceptable {
  return new Unacceptable('saml.sha1_refused', 'SHA-256 or better', uri)
}

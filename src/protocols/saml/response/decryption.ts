/**
 * Opens encrypted assertions, name identifiers and attributes: AES-CBC or AES-GCM under RSA-OAEP, on our own reader. From the
 * first use of a key on there is one refusal, so that nobody learns from ours what is in a ciphertext.
 *
 * Source: XML Encryption 1.1 §3, §5.2 (AES), §5.5.2 (RSA-OAEP), §6.1.3 (why RSA 1.5 is not there); SAML 2.0 Core §2.3.4, §6.
 */
import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto'
import { ASSERTION, ENCRYPTION, ENCRYPTION_11, SIGNATURE } from '../names.ts'
import { readDocument } from '../signed-xml/read-document.ts'
import { Unacceptable } from '../signed-xml/refusal.ts'
import { any, inSequence, one, optional } from '../signed-xml/sequence.ts'
import { attributeOf, childrenOf, isTag, type Tag, textOf } from '../signed-xml/tree.ts'

interface Cipher {
  readonly name: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm'
  readonly keyBytes: number
}

const CIPHERS: Readonly<Record<string, Cipher>> = {
  [`${ENCRYPTION}aes128-cbc`]: { name: 'aes-128-cbc', keyBytes: 16 },
  [`${ENCRYPTION}aes192-cbc`]: { name: 'aes-192-cbc', keyBytes: 24 },
  [`${ENCRYPTION}aes256-cbc`]: { name: 'aes-256-cbc', keyBytes: 32 },
  [`${ENCRYPTION_11}aes128-gcm`]: { name: 'aes-128-gcm', keyBytes: 16 },
  [`${ENCRYPTION_11}aes192-gcm`]: { name: 'aes-192-gcm', keyBytes: 24 },
  [`${ENCRYPTION_11}aes256-gcm`]: { name: 'aes-256-gcm', keyBytes: 32 },
}

const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1'
/** SHA-1 is safe in OAEP, which needs no collisions to be hard: RFC 8017 appendix B.1. */
const OAEP_HASHES: Readonly<Record<string, string>> = {
  [SHA1]: 'sha1',
  [`${ENCRYPTION}sha256`]: 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  [`${ENCRYPTION}sha512`]: 'sha512',
}
const MASKS: Readonly<Record<string, string>> = {
  [`${ENCRYPTION_11}mgf1sha1`]: 'sha1',
  [`${ENCRYPTION_11}mgf1sha256`]: 'sha256',
  [`${ENCRYPTION_11}mgf1sha384`]: 'sha384',
  [`${ENCRYPTION_11}mgf1sha512`]: 'sha512',
}

/** Each costs a use of every private key: a message for several recipients has two or three. */
const WRAPPED_KEYS = 4
const BLOCK = 16
const GCM = { nonce: 12, tag: 16 }

interface WrappedKey {
  readonly hash: string
  readonly value: Buffer
}

/**
 * The one element in `wrapper` (EncryptedAssertion, EncryptedID, EncryptedAttribute), which must be the SAML one of that
 * name. Faults (thrown as `Unacceptable`): saml.encryption_algorithm, saml.decryption_failed
 */
export function decrypted(wrapper: Tag, name: string, keys: readonly KeyObject[]): Tag {
  const { cipher, wrapped, value } = encryptedParts(wrapper)
  const failed = new Unacceptable('saml.decryption_failed', 'something encrypted for us', 'not to be decrypted')
  for (const key of unwrapped(wrapped, cipher, keys)) {
    try {
      const bytes = open(cipher, key, value)
      if (bytes === null) continue
      // Its prefixes may be declared around it. Source: XML Encryption §4.4, and what xmlsec does.
      const tag = readDocument(bytes, wrapper.scope)
      if (isTag(tag, ASSERTION, name)) return tag
    } catch {
      // The reason would tell an attacker of chosen ciphertexts what they came to.
    }
  }
  throw failed
}

function encryptedParts(wrapper: Tag): { cipher: Cipher; wrapped: WrappedKey[]; value: Buffer } {
  const [[data] = [], beside = []] =
    inSequence(wrapper, [one(ENCRYPTION, 'EncryptedData'), any(ENCRYPTION, 'EncryptedKey')]) ?? []
  const type = data === undefined ? null : (attributeOf(data, 'Type') ?? `${ENCRYPTION}Element`)
  const parts = [
    one(ENCRYPTION, 'EncryptionMethod'),
    optional(SIGNATURE, 'KeyInfo'),
    one(ENCRYPTION, 'CipherData'),
  ] as const
  const [[method] = [], [keyInfo] = [], [cipherData] = []] = data === undefined ? [] : (inSequence(data, parts) ?? [])
  if (type !== `${ENCRYPTION}Element` || method === undefined || cipherData === undefined)
    throw refused('EncryptedData of an element, with its method and value', 'another form')
  const algorithm = attributeOf(method, 'Algorithm') ?? 'none'
  const cipher = Object.hasOwn(CIPHERS, algorithm) ? CIPHERS[algorithm] : undefined
  if (cipher === undefined) throw refused('AES-CBC or AES-GCM', algorithm)
  const within =
    keyInfo === undefined ? [] : childrenOf(keyInfo).filter((tag) => isTag(tag, ENCRYPTION, 'EncryptedKey'))
  const wrapped = [...within, ...beside].map(wrappedKey)
  if (wrapped.length === 0 || wrapped.length > WRAPPED_KEYS)
    throw refused(`1 to ${WRAPPED_KEYS} encrypted keys`, `${wrapped.length}`)
  return { cipher, wrapped, value: cipherValue(cipherData) }
}

function wrappedKey(tag: Tag): WrappedKey {
  const children = childrenOf(tag)
  const method = children.find((child) => isTag(child, ENCRYPTION, 'EncryptionMethod'))
  const data = children.find((child) => isTag(child, ENCRYPTION, 'CipherData'))
  if (method === undefined || data === undefined)
    throw refused('an EncryptedKey with its method and value', 'another form')
  return { hash: oaepHash(method), value: cipherValue(data) }
}

/** Digest and mask generation by one hash, which is what all but a few write, and what OpenSSL takes from Node. */
function oaepHash(method: Tag): string {
  const algorithm = attributeOf(method, 'Algorithm') ?? 'none'
  const parameters = childrenOf(method)
  const parameter = (namespace: string, name: string) => {
    const tag = parameters.find((child) => isTag(child, namespace, name))
    return tag === undefined ? undefined : (attributeOf(tag, 'Algorithm') ?? 'none')
  }
  const isNew = algorithm === `${ENCRYPTION_11}rsa-oaep`
  if (!isNew && algorithm !== `${ENCRYPTION}rsa-oaep-mgf1p`) throw refused('RSA-OAEP', algorithm)
  const digest = parameter(SIGNATURE, 'DigestMethod') ?? SHA1
  const mask = (isNew ? parameter(ENCRYPTION_11, 'MGF') : undefined) ?? `${ENCRYPTION_11}mgf1sha1`
  const hash = Object.hasOwn(OAEP_HASHES, digest) ? OAEP_HASHES[digest] : undefined
  if (hash === undefined || !Object.hasOwn(MASKS, mask) || MASKS[mask] !== hash)
    throw refused('RSA-OAEP with one hash for digest and mask', `${digest}, ${mask}`)
  if (parameters.some((child) => isTag(child, ENCRYPTION, 'OAEPparams') && textOf(child) !== ''))
    throw refused('RSA-OAEP without a label', 'one')
  return hash
}

function cipherValue(data: Tag): Buffer {
  const [[value] = []] = inSequence(data, [one(ENCRYPTION, 'CipherValue')]) ?? []
  const text = value === undefined ? null : textOf(value)
  // CipherReference would have us fetch it.
  if (text === null) throw refused('a CipherValue', 'another form')
  return Buffer.from(text.replace(/[ \t\n\r]/g, ''), 'base64')
}

function* unwrapped(
  wrapped: readonly WrappedKey[],
  { keyBytes }: Cipher,
  keys: readonly KeyObject[],
): Generator<Buffer> {
  for (const key of keys)
    for (const { hash, value } of wrapped) {
      const found = unwrap(key, hash, value)
      if (found?.length === keyBytes) yield found
    }
}

function unwrap(key: KeyObject, oaepHash: string, value: Buffer): Buffer | null {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, value)
  } catch {
    return null
  }
}

function open({ name }: Cipher, key: Buffer, value: Buffer): Buffer | null {
  if (name === 'aes-128-gcm' || name === 'aes-192-gcm' || name === 'aes-256-gcm') {
    if (value.length < GCM.nonce + GCM.tag) return null
    const decipher = createDecipheriv(name, key, value.subarray(0, GCM.nonce), { authTagLength: GCM.tag })
    decipher.setAuthTag(value.subarray(-GCM.tag))
    return Buffer.concat([decipher.update(value.subarray(GCM.nonce, -GCM.tag)), decipher.final()])
  }
  if (value.length < 2 * BLOCK || value.length % BLOCK !== 0) return null
  const decipher = createDecipheriv(name, key, value.subarray(0, BLOCK)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(value.subarray(BLOCK)), decipher.final()])
  // Source: XML Encryption §5.2.2: the last byte counts, those before it may be anything.
  const padding = padded.at(-1) ?? 0
  return padding >= 1 && padding <= BLOCK ? padded.subarray(0, -padding) : null
}

function refused(expected: string, actual: string): Unacceptable {
  return new Unacceptable('saml.encryption_algorithm', expected, actual)
}

/** Encrypted by xmlsec1, like what it signs. */
import type { CorpusKey } from './keys.ts'
import { assertionOf, replaced } from './signing.ts'
import { encryptWithXmlsec } from './xmlsec.ts'

export interface EncryptionShape {
  readonly algorithm?: string
  /** As xmlsec1 calls the kind of key. */
  readonly sessionKey?: string
  readonly keyAlgorithm?: string
}

const XENC = 'http://www.w3.org/2001/04/xmlenc#'
const GCM = 'http://www.w3.org/2009/xmlenc11#aes256-gcm'

/** The response with its assertion encrypted for the key; AES-256-GCM if nothing else is said. */
export function encrypted(xml: string, key: CorpusKey, shape: EncryptionShape = {}): string {
  const assertion = assertionOf(xml)
  return replaced(
    xml,
    assertion,
    `<saml:EncryptedAssertion>${encryptedData(assertion, key, shape)}</saml:EncryptedAssertion>`,
  )
}

/** EncryptedData of the element. */
export function encryptedData(element: string, key: CorpusKey, shape: EncryptionShape = {}): string {
  const { algorithm = GCM, sessionKey = 'aes-256', keyAlgorithm = `${XENC}rsa-oaep-mgf1p` } = shape
  const template = `<xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${algorithm}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${keyAlgorithm}"/><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>`
  const done = encryptWithXmlsec(element, '/*', { template, sessionKey, certificate: key.certificatePem })
  return done.replace(/^<\?xml[^>]*\?>\n/, '').trim()
}

/** Keys of a simulated SAML identity provider, each with a certificate that it signed itself. */
import { createHash, createPrivateKey, type KeyObject, webcrypto } from 'node:crypto'
import { x509 } from '../../x509.ts'

export interface SamlKey {
  readonly key: KeyObject
  /** DER in base64. */
  readonly certificate: string
  readonly kid: string
}

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const
const DAY_MS = 86_400_000
const LIFETIME_MS = 365 * DAY_MS

export async function makeSamlKey(at: Date): Promise<SamlKey> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Entente simulator',
      keys,
      signingAlgorithm: RSA,
      notBefore: new Date(at.getTime() - DAY_MS),
      notAfter: new Date(at.getTime() + LIFETIME_MS),
    },
    webcrypto,
  )
  const der = Buffer.from(certificate.rawData)
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return {
    key: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    certificate: der.toString('base64'),
    kid: createHash('sha256').update(der).digest('base64url').slice(0, 16),
  }
}

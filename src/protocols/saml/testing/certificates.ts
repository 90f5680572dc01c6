/** Certificates and metadata of identity providers that exist only in tests. */
import '../../../../simulators/reflect-metadata.ts'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { type IdpDescription, writeIdpMetadata } from '../write-metadata.ts'

export const NOW = new Date('2026-05-01T12:00:00Z')
export const DAY_MS = 86_400_000

const ALGORITHMS = {
  P256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RSA2048: rsa(2048),
  RSA1024: rsa(1024),
  Ed25519: { name: 'Ed25519' },
} as const

export type KeyKind = keyof typeof ALGORITHMS

export interface TestCertificate {
  /** DER in base64. */
  readonly base64: string
  readonly pem: string
}

export interface TestKey {
  readonly keys: webcrypto.CryptoKeyPair
  /** Signs itself. Units: days from NOW; default -1 to 365. */
  certificate(days?: readonly [from: number, to: number]): Promise<TestCertificate>
}

function rsa(modulusLength: number) {
  return {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  } as const
}

export async function createKey(kind: KeyKind = 'P256'): Promise<TestKey> {
  const algorithm = ALGORITHMS[kind]
  // Every algorithm of the list makes a pair.
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  return {
    keys,
    async certificate([from, to] = [-1, 365]) {
      const certificate = await x509.X509CertificateGenerator.createSelfSigned(
        {
          name: 'CN=idp.example',
          keys,
          signingAlgorithm: algorithm,
          notBefore: new Date(NOW.getTime() + from * DAY_MS),
          notAfter: new Date(NOW.getTime() + to * DAY_MS),
        },
        webcrypto,
      )
      return {
        base64: Buffer.from(certificate.rawData).toString('base64'),
        pem: certificate.toString('pem'),
      }
    },
  }
}

export const IDP: IdpDescription = {
  entityId: 'https://idp.example/saml',
  ssoUrl: 'https://idp.example/sso',
  ssoBinding: 'post',
  sloUrl: null,
  nameIdFormats: ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
  signingCertificates: [],
}

/** Metadata that differ from good ones in what is given. */
export function metadataWith(change: Partial<IdpDescription>): string {
  return writeIdpMetadata({ ...IDP, ...change })
}

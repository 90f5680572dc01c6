/** A certificate that nobody vouches for: a form in which partners take a public key. */
import { webcrypto } from 'node:crypto'

export interface SelfSignedOptions {
  readonly commonName: string
  readonly keys: webcrypto.CryptoKeyPair
  readonly algorithm: { readonly name: string; readonly hash: string }
  readonly at: Date
  readonly years: number
}

const DAY_MS = 86_400_000
/** Backdated, so that a partner whose clock is behind takes it too. */
const BACKDATED_MS = DAY_MS

/** Makes the certificate as DER, for signatures and for the encryption of keys. Source: RFC 5280 §4.1, §4.2.1.3. */
export async function makeSelfSigned(options: SelfSignedOptions): Promise<Buffer> {
  const { commonName, keys, algorithm, at, years } = options
  // Loaded when it is needed: a start that makes no certificate need not wait for it.
  await import('./reflect-metadata.ts')
  const x509 = await import('@peculiar/x509')
  const notAfter = new Date(at)
  notAfter.setUTCFullYear(at.getUTCFullYear() + years)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [commonName] }],
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(at.getTime() - BACKDATED_MS),
      notAfter,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  return Buffer.from(certificate.rawData)
}

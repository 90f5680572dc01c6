/** The keys of the corpus. Those that sign are made anew with it and thrown away: what they signed is all there will be. */
import { KeyObject, X509Certificate } from 'node:crypto'
import { createKey, type KeyKind } from '../../src/protocols/saml/testing/certificates.ts'

export interface CorpusKey {
  /** PKCS #8. */
  readonly pem: string
  readonly certificatePem: string
  /** DER in base64. */
  readonly certificate: string
}

export interface CorpusKeys {
  readonly idp: CorpusKey
  readonly idpNext: CorpusKey
  readonly idpEc: CorpusKey
  readonly outdated: CorpusKey
  readonly future: CorpusKey
  readonly stranger: CorpusKey
  /** Ours, to decrypt with: kept beside the corpus. */
  readonly sp: CorpusKey
  readonly otherSp: CorpusKey
}

export async function makeKeys(): Promise<CorpusKeys> {
  return {
    idp: await makeKey('RSA2048'),
    idpNext: await makeKey('RSA2048'),
    idpEc: await makeKey('P256'),
    outdated: await makeKey('RSA2048', [-30, -1]),
    future: await makeKey('RSA2048', [2, 365]),
    stranger: await makeKey('RSA2048'),
    sp: await makeKey('RSA2048'),
    otherSp: await makeKey('RSA2048'),
  }
}

/** Units: days from the corpus's own time. */
export async function makeKey(kind: KeyKind, days?: readonly [number, number]): Promise<CorpusKey> {
  const key = await createKey(kind)
  const { base64, pem } = await key.certificate(days)
  const secret = KeyObject.from(key.keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  // Made of the DER: one line end, and nothing that another library would not read.
  return { pem: secret, certificatePem: `${new X509Certificate(pem).toString()}`, certificate: base64 }
}

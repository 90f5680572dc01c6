/** PEM files named by settings, judged at the start rather than at the first handshake. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { FieldFault } from './fault.ts'

/** A file, and the place that named it. */
export interface NamedFile {
  readonly file: string
  readonly place: string
}

export type ReadFile = (path: string) => string

/** Every fault of a certificate chain and its key; of one alone, too, when the other is not named. */
export function tlsFaults(cert: NamedFile | null, key: NamedFile | null, readFile: ReadFile): FieldFault[] {
  const faults: FieldFault[] = []
  const chain = cert === null ? null : readCertificates(cert, readFile)
  if (chain !== null && 'faults' in chain) faults.push(...chain.faults)
  const keyPem = key === null ? null : readPem(key, readFile)
  if (keyPem !== null && 'fault' in keyPem) faults.push(keyPem.fault)
  if (key === null || keyPem === null || 'fault' in keyPem) return faults
  const privateKey = attempt(() => createPrivateKey(keyPem.pem))
  if (privateKey === null) faults.push(invalid(key, 'holds no private key that can be used without a passphrase'))
  if (cert === null || chain === null || 'faults' in chain || privateKey === null) return faults
  const { pem, certificates } = chain
  if (certificates[0]?.checkPrivateKey(privateKey) !== true) return [invalid(key, `does not belong to ${cert.file}`)]
  // The last word is the TLS library's: it also refuses keys that are too weak.
  const usable = attempt(() => createSecureContext({ cert: pem, key: keyPem.pem }))
  return usable === null ? [invalid(cert, 'cannot be used for TLS with its key')] : []
}

/** A bundle of authorities as PEM, or every fault of it. */
export function readAuthorities(bundle: NamedFile, readFile: ReadFile): { pem: string } | { faults: FieldFault[] } {
  return readCertificates(bundle, readFile)
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

function readCertificates(
  named: NamedFile,
  readFile: ReadFile,
): { pem: string; certificates: X509Certificate[] } | { faults: FieldFault[] } {
  const read = readPem(named, readFile)
  if ('fault' in read) return { faults: [read.fault] }
  const blocks = read.pem.match(CERTIFICATE) ?? []
  if (blocks.length === 0) return { faults: [invalid(named, 'holds no certificate')] }
  const certificates: X509Certificate[] = []
  const faults: FieldFault[] = []
  blocks.forEach((block, index) => {
    const certificate = attempt(() => new X509Certificate(block))
    if (certificate === null)
      faults.push(invalid(named, `holds a certificate that cannot be read: number ${index + 1}`))
    else certificates.push(certificate)
  })
  return faults.length > 0 ? { faults } : { pem: read.pem, certificates }
}

function readPem(named: NamedFile, readFile: ReadFile): { pem: string } | { fault: FieldFault } {
  try {
    const pem = readFile(named.file)
    return pem.includes('-----BEGIN ') ? { pem } : { fault: invalid(named, 'is not a PEM file') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return {
      fault: { path: named.place, code: 'config.file', message: `names ${named.file}, which cannot be read (${code})` },
    }
  }
}

function invalid({ file, place }: NamedFile, why: string): FieldFault {
  return { path: place, code: 'config.invalid', message: `names ${file}, which ${why}` }
}

/** What the crypto library thinks of foreign bytes; its messages say nothing an operator could use. */
function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

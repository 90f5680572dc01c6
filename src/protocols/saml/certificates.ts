/**
 * Certificates of an identity provider: only their keys and their dates count, nobody vouches for them but the metadata.
 *
 * Source: SAML V2.0 Metadata Interoperability Profile §2.5–2.6; wire.md section 3.1 (dates and numbers).
 */
import { type KeyObject, X509Certificate } from 'node:crypto'

export interface ReadCertificate {
  /** DER in base64, without white space. */
  readonly base64: string
  /** The key alone, in one spelling: two certificates of one key have the same. */
  readonly key: string
  readonly notBefore: Date
  readonly notAfter: Date
}

const DAY_MS = 86_400_000
/** A provider may publish its next certificate a week before it starts. */
const AHEAD_MS = 7 * DAY_MS
const YEARS_AHEAD = 25
/** The one in use, the next, and the one before. */
export const MOST_SIGNING_KEYS = 3

/** A certificate with a key of 16 384 bits and long names has a third of it. */
const BASE64_CHARACTERS = 16_384
const RSA_BITS = 2_048
/** Those that XML signatures with SHA-2 are made with, in the names of OpenSSL. */
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1']
const WRONG_KEY = `has neither an RSA key of ${RSA_BITS} bits or more nor an EC key on P-256, P-384 or P-521`

/** Reads one certificate in base64 (white space may stand anywhere), or says what is wrong with it. */
export function readCertificate(text: string): ReadCertificate | { readonly problem: string } {
  if (text.length > BASE64_CHARACTERS) return { problem: `is longer than ${BASE64_CHARACTERS} characters` }
  const base64 = text.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return { problem: 'is not base64' }
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'))
    const notBefore = new Date(certificate.validFrom)
    const notAfter = new Date(certificate.validTo)
    const { publicKey } = certificate
    if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) return { problem: 'has no usable dates' }
    if (!isUsableKey(publicKey)) return { problem: WRONG_KEY }
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    return { base64: certificate.raw.toString('base64'), key, notBefore, notAfter }
  } catch {
    return { problem: 'is not an X.509 certificate' }
  }
}

function isUsableKey({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject): boolean {
  if (type === 'rsa') return (details.modulusLength ?? 0) >= RSA_BITS
  return type === 'ec' && CURVES.includes(details.namedCurve ?? '')
}

/** Takes PEM blocks or bare base64 apart, one or several of them, joined by commas too; null where there is another block. */
export function splitCertificates(text: string): string[] | null {
  const bare = text.replaceAll(/-----(?:BEGIN|END) CERTIFICATE-----/g, ',')
  if (bare.includes('-----')) return null
  return bare
    .split(',')
    .map((one) => one.replaceAll(/\s/g, ''))
    .filter((one) => one !== '')
}

/** Every certificate that can be read, each once, and everything that is wrong with them as signing certificates. */
export function readSigningCertificates(
  texts: readonly string[],
  now: Date,
): { readonly certificates: readonly ReadCertificate[]; readonly problems: readonly string[] } {
  const certificates = new Map<string, ReadCertificate>()
  const problems: string[] = []
  for (const [index, text] of texts.entries()) {
    const read = readCertificate(text)
    const which = `signing certificate ${index + 1}`
    if ('problem' in read) problems.push(`has a ${which} that ${read.problem}`)
    else {
      certificates.set(read.base64, read)
      problems.push(...dateProblems(read, now).map((problem) => `has a ${which} ${problem}`))
    }
  }
  const all = [...certificates.values()]
  if (new Set(all.map(({ key }) => key)).size > MOST_SIGNING_KEYS)
    problems.push(`must have at most ${MOST_SIGNING_KEYS} signing keys`)
  // Where none could be read, that is what is wrong.
  if (texts.length === 0 || (all.length > 0 && !all.some(({ notAfter }) => notAfter > now)))
    problems.push('must have a signing certificate that has not expired')
  return { certificates: all, problems }
}

function dateProblems({ notBefore, notAfter }: ReadCertificate, now: Date): string[] {
  const problems: string[] = []
  if (notBefore.getTime() > now.getTime() + AHEAD_MS) problems.push('that starts more than 7 days from now')
  const latest = new Date(now)
  latest.setUTCFullYear(latest.getUTCFullYear() + YEARS_AHEAD)
  if (notAfter > latest) problems.push(`that ends more than ${YEARS_AHEAD} years from now`)
  return problems
}

/**
 * True when the new certificates have at least one key that the old ones can still be used with at that time; true too
 * when none of the old ones can: there is nothing left to hold on to.
 */
export function hasOverlap(oldCertificates: readonly string[], newCertificates: readonly string[], now: Date): boolean {
  const live = liveKeys(oldCertificates, now)
  const next = liveKeys(newCertificates, now)
  return live.size === 0 || [...live].some((key) => next.has(key))
}

function liveKeys(certificates: readonly string[], now: Date): ReadonlySet<string> {
  const read = certificates.map(readCertificate)
  return new Set(read.flatMap((one) => ('key' in one && one.notBefore <= now && one.notAfter > now ? [one.key] : [])))
}

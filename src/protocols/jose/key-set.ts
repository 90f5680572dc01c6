/** A JWK Set as keys that can verify. Source: RFC 7517 §4, §5; RFC 7518 §6; RFC 7638. */
import { constants, createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import type { JsonObject } from '../../json.ts'
import { algorithms, CURVE_SIGNATURE_BYTES } from './algorithms.ts'
import { isWeakPoint } from './weak-point.ts'

/** One key under one algorithm, made ready for node:crypto once. */
export interface KeyForm {
  readonly hash: string | null
  readonly key: Parameters<typeof verify>[2]
  readonly signatureBytes: number
}

export interface KeySet {
  /** Null when no key goes with both. Without a kid: every key for the algorithm, if they are few. */
  find(kid: string | null, algorithm: string): readonly KeyForm[] | null
  /** Changes exactly when the usable keys or their ids do. */
  readonly fingerprint: string
  readonly kids: readonly string[]
  /** Of the usable keys, in their order. Source: RFC 7638 */
  readonly thumbprints: readonly string[]
}

/** The set of an issuer that has taken all its keys back. */
export const NO_KEYS: KeySet = { find: () => null, fingerprint: 'none', kids: [], thumbprints: [] }

/** Why a key of a set is not used: `skipped` is usual (encryption keys, kinds we do not know), `wrong` is not. */
export interface KeyProblem {
  readonly index: number
  readonly kind: 'skipped' | 'wrong'
  /** Goes on after "keys[3]". */
  readonly message: string
}

export interface ParsedKeySet {
  /** Null when no key is usable. */
  readonly set: KeySet | null
  readonly problems: readonly KeyProblem[]
}

/** What `use` must say where it says anything: `sig`, or `jwt-svid` in a SPIFFE bundle, where it is required. */
export type KeyUse = 'sig' | 'jwt-svid'

/** More signatures than this are never tried for one token. */
const CANDIDATES = 4
/** Source: RFC 7518 §3.3. */
const LEAST_RSA_BITS = 2_048
/** A larger one makes each verification slow and is used by nobody. */
const MOST_RSA_BITS = 8_192
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Reads every entry of `keys` by itself: one that cannot be used never hides the others. Null when there is no list of keys. */
export function parseKeySet(document: JsonObject, use: KeyUse, mostKeys: number): ParsedKeySet | null {
  const { keys } = document
  if (!Array.isArray(keys) || keys.length > mostKeys) return null
  const problems: KeyProblem[] = []
  const usable: UsableKey[] = []
  for (const [index, entry] of keys.entries()) {
    const key = parseKey(entry, use)
    if ('key' in key) usable.push(key)
    else problems.push({ index, ...key })
  }
  return { set: usable.length === 0 ? null : indexOf(usable), problems }
}

interface UsableKey {
  readonly kid: string | null
  readonly key: KeyObject
  readonly algorithms: readonly string[]
  readonly signatureBytes: number
  readonly thumbprint: string
}

type Refusal = Omit<KeyProblem, 'index'>

function parseKey(entry: unknown, use: KeyUse): UsableKey | Refusal {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return wrong('is not an object')
  const jwk: Record<string, unknown> = { ...entry }
  const { kid, kty, crv, alg } = jwk
  if (kty === 'oct') return wrong('is a symmetric key')
  if (PRIVATE_MEMBERS.some((name) => jwk[name] !== undefined)) return wrong('has private members')
  if (kid !== undefined && typeof kid !== 'string') return wrong('has a kid that is not a text')
  if (jwk.use === undefined ? use !== 'sig' : jwk.use !== use) return skipped(`is not for ${use}`)
  const operations = jwk.key_ops
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    return skipped('is not for verifying')
  }
  const fitting = algorithmsFor(kty, crv, alg)
  if (fitting.length === 0) return skipped('is of a kind or for an algorithm that is not accepted')
  const members = publicMembers(jwk)
  const key = members === null ? null : importKey(members)
  if (members === null || key === null) return wrong('is not a valid public key')
  if (kty === 'OKP' && isWeakPoint(String(crv), String(members.x))) return wrong('is a point that proves nothing')
  const signatureBytes = signatureBytesOf(key, crv)
  if (typeof signatureBytes === 'string') return wrong(signatureBytes)
  // RFC 7638 §3: the required members in order of their names; publicMembers writes them so.
  const thumbprint = createHash('sha256').update(JSON.stringify(members)).digest('base64url')
  return { kid: kid ?? null, key, algorithms: fitting, signatureBytes, thumbprint }
}

const wrong = (message: string): Refusal => ({ kind: 'wrong', message })
const skipped = (message: string): Refusal => ({ kind: 'skipped', message })

/** RFC 9864 gives the curves of EdDSA names of their own; in a key they say no more than `crv` does. */
const ED_NAMES = ['Ed25519', 'Ed448']

/** A key without `alg` is judged by what it is. */
function algorithmsFor(kty: unknown, crv: unknown, alg: unknown): string[] {
  const named = typeof alg === 'string' && ED_NAMES.includes(alg) && alg === crv ? 'EdDSA' : alg
  const fitting: string[] = []
  for (const [name, row] of algorithms) {
    if (named !== undefined && named !== name) continue
    if (row.kty !== kty) continue
    if (kty === 'RSA' || (typeof crv === 'string' && row.curves.includes(crv))) fitting.push(name)
  }
  return fitting
}

/** Nothing else of the key reaches node:crypto. */
function publicMembers({ kty, crv, n, e, x, y }: Record<string, unknown>): JsonWebKey | null {
  if (kty === 'RSA') return typeof n === 'string' && typeof e === 'string' ? { e, kty, n } : null
  if (typeof crv !== 'string' || typeof x !== 'string') return null
  if (kty === 'OKP') return { crv, kty, x }
  return kty === 'EC' && typeof y === 'string' ? { crv, kty, x, y } : null
}

function importKey(key: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    return null // not on the curve, or no number at all
  }
}

function signatureBytesOf(key: KeyObject, crv: unknown): number | string {
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
  if (modulusLength === undefined) return CURVE_SIGNATURE_BYTES[String(crv)] ?? 'is on an unknown curve'
  if (modulusLength < LEAST_RSA_BITS) return `is an RSA key of less than ${LEAST_RSA_BITS} bits`
  if (modulusLength > MOST_RSA_BITS) return `is an RSA key of more than ${MOST_RSA_BITS} bits`
  // With e = 1 a message is its own signature; a large one only makes us slow.
  if (
    publicExponent === undefined ||
    publicExponent < 3n ||
    publicExponent > 0xffffffffn ||
    publicExponent % 2n === 0n
  ) {
    return 'has an unusable RSA exponent'
  }
  return Math.ceil(modulusLength / 8)
}

function indexOf(usable: readonly UsableKey[]): KeySet {
  /** algorithm → kid → keys; two keys of one id are both kept, since only the issuer can say which one it meant. */
  const byKid = new Map<string, Map<string, KeyForm[]>>()
  const all = new Map<string, KeyForm[]>()
  for (const { kid, key, algorithms: names, signatureBytes } of usable) {
    for (const name of names) {
      const form = formOf(key, name, signatureBytes)
      // One more than will be tried, so that `find` sees that there are too many.
      push(all, name, form, CANDIDATES + 1)
      const kids = byKid.get(name) ?? new Map<string, KeyForm[]>()
      byKid.set(name, kids)
      if (kid !== null) push(kids, kid, form, CANDIDATES)
    }
  }
  const prints = usable.map(({ kid, thumbprint, algorithms: names }) => JSON.stringify([kid, thumbprint, names])).sort()
  return {
    find(kid, algorithm) {
      if (kid !== null) return byKid.get(algorithm)?.get(kid) ?? null
      const forms = all.get(algorithm)
      return forms === undefined || forms.length > CANDIDATES ? null : forms
    },
    fingerprint: createHash('sha256').update(prints.join('\n')).digest('base64url'),
    kids: usable.flatMap(({ kid }) => (kid === null ? [] : [kid])),
    thumbprints: usable.map(({ thumbprint }) => thumbprint),
  }
}

function push(into: Map<string, KeyForm[]>, name: string, form: KeyForm, most: number): void {
  const forms = into.get(name)
  if (forms === undefined) into.set(name, [form])
  else if (forms.length < most) forms.push(form)
}

function formOf(key: KeyObject, algorithm: string, signatureBytes: number): KeyForm {
  const row = algorithms.get(algorithm)
  const hash = row?.hash ?? null
  if (row?.padding === 'pss') {
    const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants
    return { hash, key: { key, padding, saltLength }, signatureBytes }
  }
  return { hash, key: row?.kty === 'EC' ? { key, dsaEncoding: 'ieee-p1363' } : key, signatureBytes }
}

/** True when one of the keys made the signature. Synchronous: about 25 µs for RS256, cheaper than a thread. */
export function isSigned(forms: readonly KeyForm[], input: Buffer, signature: Buffer): boolean {
  for (const form of forms) {
    // Exact length first: OpenSSL takes some signatures that are spelt shorter or longer.
    if (signature.length === form.signatureBytes && verify(form.hash, input, form.key, signature)) return true
  }
  return false
}

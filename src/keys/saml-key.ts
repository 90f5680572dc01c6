/**
 * The keys and certificates we sign SAML messages with, and decrypt assertions with: made when the first is asked for, the
 * same in every process. The next one is published from the first day, so that a partner who took our metadata over once
 * knows it when its turn comes.
 */
import { createHash, createPrivateKey, type KeyObject, sign, webcrypto, X509Certificate } from 'node:crypto'
import type { JsonObject } from '../json.ts'
import { keyFault } from './faults.ts'
import type { Place, Sealing } from './seal.ts'
import { makeSelfSigned } from './self-signed.ts'
import type { SigningKey, SigningKeyStore } from './signing-key-store.ts'

export interface SamlKey {
  /** Our certificate as base64 DER, the one that we sign with now. Faults: keys.seal_broken */
  certificate(): Promise<string>
  /** The one in use and the next, in this order, for the metadata of every SAML provider. Faults: keys.seal_broken */
  certificates(): Promise<readonly string[]>
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the bytes. Source: RFC 9231 §2.3.2 (rsa-sha256). Faults: keys.seal_broken */
  sign(bytes: Uint8Array): Promise<Buffer>
  /** Private keys of every certificate that partners may still encrypt for. Faults: keys.seal_broken */
  decryptionKeys(): Promise<readonly KeyObject[]>
  /** Puts the next key in the place of one that is about to end, and sees what other processes did; makes no first key. */
  maintain(): Promise<void>
}

export interface SamlKeyOptions {
  readonly store: SigningKeyStore
  readonly sealing: Sealing
  readonly now: () => Date
}

/** Every SAML implementation takes RSA; NIST SP 800-57 part 1 table 2: 2048 bits until 2030 and on. */
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const
/** Partners pin it by hand, and only the key counts to them: a change is a day's work for each. */
const YEARS = 10
const DAY_MS = 86_400_000
/** Of the end of the one in use: partners who look at the dates must never meet an expired one. */
const ROLL_BEFORE_MS = 30 * DAY_MS

interface Loaded {
  readonly stored: SigningKey
  readonly certificate: string
  readonly endsAt: Date
  readonly privateKey: KeyObject
}

interface Keys {
  readonly active: Loaded
  readonly next: Loaded
  readonly retired: readonly Loaded[]
}

/** Opens nothing yet: the keys are read, or made by one of all processes, at the first use. */
export function openSamlKey({ store, sealing, now }: SamlKeyOptions): SamlKey {
  let loading: Promise<Keys> | null = null

  const find = async () => {
    const usable = (await store.list()).filter(
      ({ algorithm, removeAfter }) => algorithm === 'SAML-RSA' && (removeAfter === null || removeAfter > now()),
    )
    const of = (state: SigningKey['state']) =>
      usable.filter((key) => key.state === state).map((key) => loadKey(key, sealing))
    return { active: of('active')[0] ?? null, next: of('next')[0] ?? null, retired: of('retired') }
  }
  const load = async (): Promise<Keys> => {
    let { active, next, retired } = await find()
    if (active === null) await store.insertIfAbsent(await makeKey(sealing, 'active', now(), YEARS))
    // It begins to count when the one in use ends, and lives as long again.
    if (next === null) await store.insertIfAbsent(await makeKey(sealing, 'next', now(), 2 * YEARS))
    // Another process may have been first: what counts is what is stored.
    if (active === null || next === null) ({ active, next, retired } = await find())
    if (active === null || next === null) throw keyFault('keys.no_signing_key')
    return { active, next, retired }
  }
  const loaded = async () => {
    loading ??= load()
    try {
      return await loading
    } catch (error) {
      loading = null // the database may answer next time
      throw error
    }
  }
  return {
    certificate: async () => (await loaded()).active.certificate,
    async certificates() {
      const { active, next } = await loaded()
      return [active.certificate, next.certificate]
    },
    sign: async (bytes) => sign('sha256', bytes, (await loaded()).active.privateKey),
    async decryptionKeys() {
      const { active, next, retired } = await loaded()
      return [active, next, ...retired].map(({ privateKey }) => privateKey)
    },
    async maintain() {
      const { active, next } = await find()
      if (active === null) return
      if (next !== null && active.endsAt.getTime() - now().getTime() <= ROLL_BEFORE_MS) {
        // Assertions may be encrypted for it until it ends.
        await store.update({ ...active.stored, state: 'retired', removeAfter: active.endsAt })
        await store.update({ ...next.stored, state: 'active', activeAt: now() })
      }
      loading = load()
      await loaded()
    },
  }
}

async function makeKey(sealing: Sealing, state: 'active' | 'next', at: Date, years: number): Promise<SigningKey> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const der = await makeSelfSigned({ commonName: 'entente', keys, algorithm: RSA, at, years })
  const { kty, n, e } = new X509Certificate(der).publicKey.export({ format: 'jwk' })
  // RFC 7638 thumbprint: members in lexical order.
  const kid = createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url')
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  const pem = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' })
  return {
    kid,
    algorithm: 'SAML-RSA',
    publicJwk: JSON.stringify({ kty, n, e, kid, alg: 'RS256', use: 'sig', x5c: [der.toString('base64')] }),
    sealedPrivateKey: sealing.seal(placeOf(kid), pem.toString()),
    state,
    createdAt: at,
    activeAt: at,
    removeAfter: null,
  }
}

function loadKey(stored: SigningKey, sealing: Sealing): Loaded {
  const { kid, publicJwk, sealedPrivateKey } = stored
  const jwk: JsonObject = JSON.parse(publicJwk)
  const [certificate] = Array.isArray(jwk.x5c) ? jwk.x5c : []
  if (typeof certificate !== 'string') throw keyFault('keys.seal_broken')
  const endsAt = new Date(new X509Certificate(Buffer.from(certificate, 'base64')).validTo)
  return { stored, certificate, endsAt, privateKey: createPrivateKey(sealing.open(placeOf(kid), sealedPrivateKey)) }
}

function placeOf(kid: string): Place {
  return { organisation: '', table: 'signing_keys', id: kid, column: 'private_key' }
}

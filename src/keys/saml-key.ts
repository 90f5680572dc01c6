/** The key and certificate we sign SAML messages with: made when the first is asked for, the same in every process. */
import { createHash, createPrivateKey, type KeyObject, sign, webcrypto, X509Certificate } from 'node:crypto'
import type { JsonObject } from '../json.ts'
import { keyFault } from './faults.ts'
import type { Place, Sealing } from './seal.ts'
import { makeSelfSigned } from './self-signed.ts'
import type { SigningKey, SigningKeyStore } from './signing-key-store.ts'

export interface SamlKey {
  /** Our certificate as base64 DER, for the metadata of every SAML provider. Faults: keys.seal_broken */
  certificate(): Promise<string>
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the bytes. Source: RFC 9231 §2.3.2 (rsa-sha256). Faults: keys.seal_broken */
  sign(bytes: Uint8Array): Promise<Buffer>
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

interface Loaded {
  readonly certificate: string
  readonly privateKey: KeyObject
}

/** Opens nothing yet: the key is read, or made by one of all processes, at the first use. */
export function openSamlKey({ store, sealing, now }: SamlKeyOptions): SamlKey {
  let loading: Promise<Loaded> | null = null

  const find = async () =>
    (await store.list()).find(({ algorithm, state }) => algorithm === 'SAML-RSA' && state === 'active')
  const load = async (): Promise<Loaded> => {
    const stored = await find()
    if (stored !== undefined) return loadKey(stored, sealing)
    await store.insertIfAbsent(await makeKey(sealing, now()))
    // Another process may have been first: what counts is what is stored.
    const winner = await find()
    if (winner === undefined) throw keyFault('keys.no_signing_key')
    return loadKey(winner, sealing)
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
    certificate: async () => (await loaded()).certificate,
    sign: async (bytes) => sign('sha256', bytes, (await loaded()).privateKey),
  }
}

async function makeKey(sealing: Sealing, at: Date): Promise<SigningKey> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const der = await makeSelfSigned({ commonName: 'entente', keys, algorithm: RSA, at, years: YEARS })
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
    state: 'active',
    createdAt: at,
    activeAt: at,
    removeAfter: null,
  }
}

function loadKey({ kid, publicJwk, sealedPrivateKey }: SigningKey, sealing: Sealing): Loaded {
  const jwk: JsonObject = JSON.parse(publicJwk)
  const [certificate] = Array.isArray(jwk.x5c) ? jwk.x5c : []
  if (typeof certificate !== 'string') throw keyFault('keys.seal_broken')
  return { certificate, privateKey: createPrivateKey(sealing.open(placeOf(kid), sealedPrivateKey)) }
}

function placeOf(kid: string): Place {
  return { organisation: '', table: 'signing_keys', id: kid, column: 'private_key' }
}

/** Our signing keys: made at first start, the next one published a day before it signs, the last one kept until its tokens are gone. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { JsonObject } from '../json.ts'
import {
  headerOf,
  libraryHeaderOf,
  type SigningPair,
  signAccessToken,
  signPlain,
  verifyAccessToken,
} from './access-token.ts'
import { keyFault } from './faults.ts'
import type { Place, Sealing } from './seal.ts'
import type { SigningKey, SigningKeyStore } from './signing-key-store.ts'

export interface SigningKeys {
  sign(claims: JsonObject): string
  /** A plain JWT by the key that signs now: what is no access token. Faults: keys.no_signing_key */
  signAs(algorithm: 'ES256' | 'RS256', claims: JsonObject): string
  /** Claims of a token that one of our published keys signed, or null. */
  verify(token: string): JsonObject | null
  /** The keys that sign at this moment, whole, for the library that signs ID tokens: never leaves the process. */
  privateKeys(): readonly JsonObject[]
  /** RFC 7517 §5: public keys only, the next ones included. */
  jwks(): { readonly keys: readonly JsonObject[] }
  /** Reads what other processes did and rotates when due; call it every minute. */
  maintain(): Promise<void>
  /**
   * Publishes the key that takes over in a day from the one named, before its time: as every rotation, so that no verifier
   * meets a key it has not read of. Answers its `kid`. Faults: keys.unknown, keys.not_signing, keys.rotation_under_way
   */
  rotate(kid: string): Promise<string>
}

export interface SigningKeyOptions {
  readonly store: SigningKeyStore
  readonly sealing: Sealing
  readonly now: () => Date
}

/** Access tokens are ES256; ID and logout tokens RS256 unless the app says otherwise. Source: CONTRACT.md section 6. */
const ALGORITHMS = ['ES256', 'RS256'] as const
type Algorithm = (typeof ALGORITHMS)[number]

const DAY_MS = 86_400_000
/** A key signs for 90 days (NIST SP 800-57: private signature keys 1–3 years at most; shorter costs nothing here). */
const ACTIVE_DAYS = 90
/** Verifiers cache a JWKS for hours, seldom for a day: the next key is published that long before it signs. */
const PUBLISH_AHEAD_DAYS = 1
/** Longer than the longest access token (1 h) and any clock skew. */
const KEEP_RETIRED_DAYS = 1

interface Loaded extends SigningPair {
  readonly stored: SigningKey
  readonly jwk: JsonObject
}

/** Opens the keys, making the first on an empty database; of several processes one wins. Faults: keys.seal_broken */
export async function openSigningKeys(options: SigningKeyOptions): Promise<SigningKeys> {
  const { store, sealing, now } = options
  let keys: Loaded[] = []
  let signer: Loaded | null = null
  /** Asked for with every request of a login, and an export takes a tenth of a millisecond. */
  const exports = new WeakMap<KeyObject, JsonObject>()
  const exported = (key: KeyObject): JsonObject => {
    const jwk = exports.get(key) ?? jwkOf(key)
    exports.set(key, jwk)
    return jwk
  }

  const load = async () => {
    const known = new Map(keys.map((key) => [key.kid, key]))
    const stored = (await store.list()).filter(
      ({ algorithm, removeAfter }) => algorithm !== 'SAML-RSA' && (removeAfter === null || removeAfter > now()),
    )
    keys = stored.map((key) => {
      const before = known.get(key.kid)
      return before === undefined ? loadKey(key, sealing) : { ...before, stored: key }
    })
    signer = activeOf('ES256')
  }
  const activeOf = (algorithm: Algorithm): Loaded | null => {
    const usable = keys.filter(({ stored }) => stored.state === 'active' && stored.algorithm === algorithm)
    return usable.sort((a, b) => b.stored.activeAt.getTime() - a.stored.activeAt.getTime())[0] ?? null
  }

  const maintain = async () => {
    await load()
    for (const algorithm of ALGORITHMS) await rotateWhenDue(algorithm)
  }

  /** Null where another one waits already, made here or by another process. */
  const publishNext = async (algorithm: Algorithm): Promise<string | null> => {
    const activeAt = new Date(now().getTime() + PUBLISH_AHEAD_DAYS * DAY_MS)
    const next = makeKey(algorithm, 'next', now(), activeAt, sealing)
    const isOurs = await store.insertIfAbsent(next)
    await load()
    return isOurs ? next.kid : null
  }

  const rotateWhenDue = async (algorithm: Algorithm) => {
    if (activeOf(algorithm) === null) {
      await store.insertIfAbsent(makeKey(algorithm, 'active', now(), now(), sealing))
      await load()
    }
    const active = activeOf(algorithm)
    const next = keys.find(({ stored }) => stored.state === 'next' && stored.algorithm === algorithm)
    if (active === null) throw keyFault('keys.no_signing_key')
    const ageDays = (now().getTime() - active.stored.activeAt.getTime()) / DAY_MS
    if (next === undefined && ageDays >= ACTIVE_DAYS - PUBLISH_AHEAD_DAYS) {
      await publishNext(algorithm)
    } else if (next !== undefined && next.stored.activeAt <= now()) {
      const removeAfter = new Date(now().getTime() + KEEP_RETIRED_DAYS * DAY_MS)
      await store.update({ ...active.stored, state: 'retired', removeAfter })
      await store.update({ ...next.stored, state: 'active' })
      await load()
    }
  }

  await maintain()
  return {
    sign(claims) {
      if (signer === null) throw keyFault('keys.no_signing_key')
      return signAccessToken(signer, claims)
    },
    signAs(algorithm, claims) {
      const key = activeOf(algorithm)
      if (key === null) throw keyFault('keys.no_signing_key')
      return signPlain(algorithm, key, claims)
    },
    verify: (token) =>
      verifyAccessToken(
        keys.filter(({ stored }) => stored.algorithm === 'ES256'),
        token,
      ),
    privateKeys: () =>
      ALGORITHMS.flatMap((algorithm) => {
        const key = activeOf(algorithm)
        return key === null ? [] : [{ ...exported(key.privateKey), kid: key.kid, alg: algorithm, use: 'sig' }]
      }),
    jwks: () => ({ keys: keys.map((key) => key.jwk) }),
    maintain,
    async rotate(kid) {
      const named = (await store.list()).find((key) => key.kid === kid)
      if (named === undefined) throw keyFault('keys.unknown')
      // The key of SAML stands in metadata that providers keep for long; it has a rhythm of its own.
      if (named.state !== 'active' || named.algorithm === 'SAML-RSA') throw keyFault('keys.not_signing')
      const next = await publishNext(named.algorithm)
      if (next === null) throw keyFault('keys.rotation_under_way')
      return next
    },
  }
}

function jwkOf(key: KeyObject): JsonObject {
  const jwk = key.export({ format: 'jwk' })
  const members = Object.entries(jwk).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  return Object.fromEntries(members)
}

/** NIST SP 800-57 part 1 table 2: 2048 bits until 2030, and keys live 90 days. */
const RSA_BITS = 2_048

function makeKey(
  algorithm: Algorithm,
  state: 'active' | 'next',
  createdAt: Date,
  activeAt: Date,
  sealing: Sealing,
): SigningKey {
  const pair =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: RSA_BITS })
  const jwk = jwkOf(pair.publicKey)
  // RFC 7638 thumbprint: the required members in lexical order.
  const required = algorithm === 'ES256' ? ['crv', 'kty', 'x', 'y'] : ['e', 'kty', 'n']
  const named = JSON.stringify(Object.fromEntries(required.map((name) => [name, jwk[name]])))
  const kid = createHash('sha256').update(named).digest('base64url')
  const pem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return {
    kid,
    algorithm,
    publicJwk: JSON.stringify({ ...jwk, kid, alg: algorithm, use: 'sig' }),
    sealedPrivateKey: sealing.seal(placeOf(kid), pem),
    state,
    createdAt,
    activeAt,
    removeAfter: null,
  }
}

function loadKey(stored: SigningKey, sealing: Sealing): Loaded {
  const privateKey = createPrivateKey(sealing.open(placeOf(stored.kid), stored.sealedPrivateKey))
  const jwk: JsonObject = JSON.parse(stored.publicJwk)
  return {
    stored,
    jwk,
    kid: stored.kid,
    privateKey,
    publicKey: createPublicKey(privateKey),
    header: headerOf(stored.kid),
    libraryHeader: libraryHeaderOf(stored.kid),
  }
}

function placeOf(kid: string): Place {
  return { organisation: '', table: 'signing_keys', id: kid, column: 'private_key' }
}

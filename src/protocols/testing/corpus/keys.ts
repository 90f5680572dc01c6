/** The keys of the corpus's issuer, and the set it publishes: good ones among every kind of anomaly. */
import { generateKeyPairSync } from 'node:crypto'
import type { Json, JsonObject } from '../../../json.ts'
import { base64url, createTestKey, jwkOf, type TestKey } from '../minting.ts'

export interface CorpusKeys extends Readonly<Record<GoodName | BadName, TestKey>> {
  /** As published. */
  readonly published: readonly Json[]
}

type GoodName = 'rs' | 'ps' | 'es' | 'es384' | 'es512' | 'ed' | 'ed448' | 'bare' | 'twin' | 'twinRsa'
type BadName = 'secp' | 'encryption' | 'foreign' | 'stranger' | 'weak' | 'signOnly' | 'lowerCase' | 'offCurve'

/** Small enough that its exponent makes a message its own signature. */
const EXPONENT_ONE = 'AQ'

export function createCorpusKeys(): CorpusKeys {
  const rs = createTestKey('RS256', 'rs')
  const bare = createTestKey('RS384', 'bare')
  const { alg: _alg, use: _use, ...bareJwk } = bare.jwk
  const named = {
    rs,
    ps: createTestKey('PS256', 'ps'),
    es: createTestKey('ES256', 'es'),
    es384: createTestKey('ES384', 'es384'),
    es512: createTestKey('ES512', 'es512'),
    ed: createTestKey('EdDSA', 'ed'),
    ed448: createTestKey('Ed448', 'ed448'),
    bare,
    twin: createTestKey('ES256', 'twin'),
    twinRsa: createTestKey('RS256', 'twin'),
    secp: createTestKey('ES256K', 'secp'),
    encryption: createTestKey('RS256', 'enc'),
    /** Under the kid of another, and never published. */
    foreign: createTestKey('RS256', 'rs'),
    stranger: createTestKey('RS256', 'stranger'),
    weak: weakKey(),
    signOnly: createTestKey('ES256', 'sign-only'),
    lowerCase: createTestKey('RS256', 'lower-case'),
    offCurve: createTestKey('ES256', 'off-curve'),
  }
  const good = [rs, named.ps, named.es, named.es384, named.es512, named.ed, named.ed448, named.twinRsa, named.twin]
  return { ...named, published: [...good.map(({ jwk }) => jwk), bareJwk, ...anomalies(named)] }
}

/** 1024 bits. */
function weakKey(): TestKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return { kid: 'weak', alg: 'RS256', ...pair, jwk: { ...jwkOf(pair.publicKey), kid: 'weak' } }
}

/** Entries that a set may hold and that must neither verify anything nor hide the others. */
function anomalies(keys: Readonly<Record<BadName | 'rs' | 'es' | 'ed', TestKey>>): Json[] {
  const { rs, es, ed } = keys
  const offCurve: JsonObject = { ...keys.offCurve.jwk, y: es.jwk.y ?? null }
  return [
    { ...keys.secp.jwk, alg: 'ES256K' },
    { ...keys.encryption.jwk, use: 'enc', alg: 'RSA-OAEP' },
    keys.weak.jwk,
    { kty: 'oct', kid: 'oct', k: base64url('secret'), alg: 'HS256' },
    { kty: 'RSA', kid: 'private', ...jwkOf(keys.stranger.privateKey) },
    'nonsense',
    { kty: 'PQ', kid: 'future' },
    { ...keys.signOnly.jwk, key_ops: ['sign'] },
    { ...keys.lowerCase.jwk, kty: 'rsa' },
    offCurve,
    { ...rs.jwk, kid: 'e-one', e: EXPONENT_ONE },
    { ...rs.jwk, kid: 'e-even', e: 'AAQ' },
    { ...rs.jwk, kid: 'e-missing', e: null },
    { ...rs.jwk, kid: 'alg-none', alg: 'none' },
    { ...rs.jwk, kid: 'n-of-zero', n: base64url(Buffer.alloc(256)) },
    { ...es.jwk, kid: 'point-of-zero', x: base64url(Buffer.alloc(32)), y: base64url(Buffer.alloc(32)) },
    { ...es.jwk, kid: 'other-curve', crv: 'P-384', alg: 'ES384' },
    ...SMALL_ORDER.map((x, index) => ({ ...ed.jwk, kid: `small-order-${index}`, x: base64url(Buffer.from(x, 'hex')) })),
    { ...ed.jwk, kid: 'x25519', crv: 'X25519' },
    { ...es.jwk, kid: 7 },
    [es.jwk],
    null,
  ]
}

/** Points of Ed25519 under which anybody can make signatures: of order 1, 2, 4 and 8, and one spelt beyond the field. */
export const SMALL_ORDER: readonly string[] = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

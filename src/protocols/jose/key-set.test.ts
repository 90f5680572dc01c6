import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import { createTestKey, jwkOf, signatureOf } from '../testing/minting.ts'
import { isSigned, parseKeySet } from './key-set.ts'

const rs = createTestKey('RS256', 'rs')
const es = createTestKey('ES256', 'es')
const ed = createTestKey('EdDSA', 'ed')

const parse = (...keys: Json[]) => parseKeySet({ keys }, 'sig', 100)
const problemOf = (key: Json): string => {
  const problem = parse(key)?.problems[0]
  return problem === undefined ? 'usable' : `${problem.kind}: ${problem.message}`
}
const without = (jwk: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(jwk).filter(([name]) => !names.includes(name)))
const rsaOf = (modulusLength: number, publicExponent = 0x10001): JsonObject =>
  jwkOf(generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey)

describe('a key of a set', () => {
  it.each<[string, Json, string]>([
    ['as published', rs.jwk, 'usable'],
    ['without alg', without(rs.jwk, 'alg'), 'usable'],
    ['without use', without(rs.jwk, 'use'), 'usable'],
    ['without kid', without(es.jwk, 'kid'), 'usable'],
    ['with members nobody knows', { ...rs.jwk, x5t: 'a', x5c: ['b'], nbf: 1 }, 'usable'],
    ['with key_ops verify', { ...rs.jwk, key_ops: ['verify'] }, 'usable'],
    ['whose alg is the name of its curve', { ...ed.jwk, alg: 'Ed25519' }, 'usable'],
    ['with exponent 3', rsaOf(2048, 3), 'usable'],
    ['for encryption', { ...rs.jwk, use: 'enc' }, 'skipped: is not for sig'],
    ['for JWT-SVIDs', { ...es.jwk, use: 'jwt-svid' }, 'skipped: is not for sig'],
    ['with a use that is no text', { ...es.jwk, use: ['sig'] }, 'skipped: is not for sig'],
    ['for signing only', { ...rs.jwk, key_ops: ['sign'] }, 'skipped: is not for verifying'],
    ['with key_ops a text', { ...rs.jwk, key_ops: 'verify' }, 'skipped: is not for verifying'],
    ['for an encryption algorithm', { ...rs.jwk, alg: 'RSA-OAEP' }, 'skipped: is of a kind or for an algorithm'],
    ['with alg none', { ...rs.jwk, alg: 'none' }, 'skipped: is of a kind'],
    ['with alg HS256', { ...rs.jwk, alg: 'HS256' }, 'skipped: is of a kind'],
    ['with alg of another kind', { ...rs.jwk, alg: 'ES256' }, 'skipped: is of a kind'],
    ['with alg of another curve', { ...es.jwk, alg: 'ES384' }, 'skipped: is of a kind'],
    ['with alg __proto__', { ...es.jwk, alg: '__proto__' }, 'skipped: is of a kind'],
    ['with alg null', { ...es.jwk, alg: null }, 'skipped: is of a kind'],
    ['on secp256k1', createTestKey('ES256K').jwk, 'skipped: is of a kind'],
    ['of X25519', jwkOf(generateKeyPairSync('x25519').publicKey), 'skipped: is of a kind'],
    ['of a kind from the future', { kty: 'AKP', pub: 'a' }, 'skipped: is of a kind'],
    ['without kty', { kid: 'a' }, 'skipped: is of a kind'],
    ['symmetric', { kty: 'oct', k: 'AAAA' }, 'wrong: is a symmetric key'],
    ['symmetric with alg RS256', { kty: 'oct', k: 'AAAA', alg: 'RS256' }, 'wrong: is a symmetric key'],
    ['private', { ...jwkOf(rs.privateKey) }, 'wrong: has private members'],
    ['private, EC', { ...jwkOf(es.privateKey) }, 'wrong: has private members'],
    ['with one private member', { ...rs.jwk, dp: 'AAAA' }, 'wrong: has private members'],
    ['with the member k', { ...rs.jwk, k: 'AAAA' }, 'wrong: has private members'],
    ['with a kid that is a number', { ...rs.jwk, kid: 1 }, 'wrong: has a kid'],
    ['that is a text', 'key', 'wrong: is not an object'],
    ['that is null', null, 'wrong: is not an object'],
    ['that is a list', [rs.jwk], 'wrong: is not an object'],
    ['without n', without(rs.jwk, 'n'), 'wrong: is not a valid public key'],
    ['with n a number', { ...rs.jwk, n: 1 }, 'wrong: is not a valid public key'],
    ['without y', without(es.jwk, 'y'), 'wrong: is not a valid public key'],
    ['not on its curve', { ...es.jwk, x: es.jwk.y ?? '' }, 'wrong: is not a valid public key'],
    ['at the point zero', { ...es.jwk, x: 'A'.repeat(43), y: 'A'.repeat(43) }, 'wrong: is not a valid public key'],
    ['too short for its curve', { ...ed.jwk, x: 'AAAA' }, 'wrong: is not a valid public key'],
    ['of 1024 bits', rsaOf(1024), 'wrong: is an RSA key of less than 2048 bits'],
    ['of 2040 bits', rsaOf(2040), 'wrong: is an RSA key of less than 2048 bits'],
    [
      'of 16 000 bits',
      { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(2000, 0xff).toString('base64url') },
      'wrong: is an RSA key of more',
    ],
    ['with exponent 1', { ...rs.jwk, e: 'AQ' }, 'wrong: has an unusable RSA exponent'],
    ['with exponent 2', { ...rs.jwk, e: 'Ag' }, 'wrong: has an unusable RSA exponent'],
    ['with exponent 0', { ...rs.jwk, e: 'AA' }, 'wrong: '],
    ['with an even exponent', { ...rs.jwk, e: 'AQAA' }, 'wrong: has an unusable RSA exponent'],
    ['with an exponent of 40 bits', { ...rs.jwk, e: 'AQAAAAE' }, 'wrong: has an unusable RSA exponent'],
  ])('%s: %s', (_how, key, expected) => expect(problemOf(key)).toContain(expected))

  it('never hides the others, however broken it is', () => {
    const parsed = parse(null, { kty: 'oct', k: 'a' }, { ...rs.jwk, use: 'enc' }, es.jwk, 'x')
    expect(parsed?.set?.kids).toEqual(['es'])
    expect(parsed?.problems.map(({ index }) => index)).toEqual([0, 1, 2, 4])
  })
})

describe('a set of keys', () => {
  it('is none without a list, or with too long a one', () => {
    for (const keys of [undefined, null, {}, 'x', 1]) {
      expect(parseKeySet(keys === undefined ? {} : { keys }, 'sig', 100)).toBeNull()
    }
    expect(parseKeySet({ keys: [es.jwk, rs.jwk] }, 'sig', 1)).toBeNull()
    expect(parse()?.set).toBeNull()
  })

  it('finds a key by kid and algorithm only', () => {
    const set = parse(rs.jwk, without(es.jwk, 'alg'))?.set
    expect(set?.find('rs', 'RS256')).toHaveLength(1)
    expect(set?.find('rs', 'RS512')).toBeNull()
    expect(set?.find('rs', 'PS256')).toBeNull()
    expect(set?.find('es', 'ES256')).toHaveLength(1)
    expect(set?.find('es', 'ES384')).toBeNull()
    for (const kid of ['', 'RS', '__proto__', 'constructor']) expect(set?.find(kid, 'RS256')).toBeNull()
    for (const alg of ['none', 'HS256', '__proto__', '']) expect(set?.find('rs', alg)).toBeNull()
  })

  it('finds a key without kid only for a token without kid', () => {
    const set = parse(without(es.jwk, 'kid'))?.set
    expect(set?.find(null, 'ES256')).toHaveLength(1)
    expect(set?.find('es', 'ES256')).toBeNull()
  })

  it('keeps several keys of one kid, each for its own algorithm', () => {
    const twin = createTestKey('ES256', 'es')
    const set = parse(es.jwk, { ...rs.jwk, kid: 'es' }, twin.jwk)?.set
    expect(set?.find('es', 'ES256')).toHaveLength(2)
    expect(set?.find('es', 'RS256')).toHaveLength(1)
    const input = Buffer.from('input')
    expect(isSigned(set?.find('es', 'ES256') ?? [], input, signatureOf('ES256', twin.privateKey, 'input'))).toBe(true)
  })

  it('tries no more than a few keys for one token', () => {
    const many = Array.from({ length: 9 }, () => createTestKey('ES256', 'same').jwk)
    const set = parse(...many)?.set
    expect(set?.find('same', 'ES256')).toHaveLength(4)
    expect(set?.find(null, 'ES256')).toBeNull()
  })

  it('of a SPIFFE bundle has only keys that say they are for JWT-SVIDs', () => {
    const svid = { ...without(es.jwk, 'alg'), use: 'jwt-svid' }
    const bundle = {
      keys: [{ ...es.jwk, kid: 'other' }, { ...rs.jwk, use: 'x509-svid' }, without(ed.jwk, 'use'), svid],
    }
    expect(parseKeySet(bundle, 'jwt-svid', 100)?.set?.kids).toEqual(['es'])
  })

  it('has a fingerprint that changes with its keys, and not with their order or adornments', () => {
    const print = (...keys: Json[]) => parse(...keys)?.set?.fingerprint
    expect(print(rs.jwk, es.jwk)).toBe(print(es.jwk, { ...rs.jwk, x5t: 'x' }))
    expect(print(rs.jwk)).not.toBe(print(rs.jwk, es.jwk))
    expect(print(es.jwk)).not.toBe(print({ ...es.jwk, kid: 'other' }))
    expect(print(es.jwk)).not.toBe(print(createTestKey('ES256', 'es').jwk))
  })
})

import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSelfSigned } from '../../protocols/jose/self-signed.ts'
import { isFault, judgeProof, type ProofAsk, takeProof } from './proof.ts'

const NOW = new Date('2026-05-01T12:00:00Z')
const AT = NOW.getTime() / 1000
const URL = 'https://entente.example/oauth2/token'
const ACCESS_TOKEN = 'header.payload.signature'
const ATH = createHash('sha256').update(ACCESS_TOKEN).digest('base64url')

let key: Awaited<ReturnType<typeof generateKeyPair>>
beforeAll(async () => {
  key = await generateKeyPair('ES256')
})

/** Undefined takes a claim away. */
async function proof(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> {
  const all = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(key.publicKey), ...header }
  return await new SignJWT({ jti: 'j-1', htm: 'POST', htu: URL, iat: AT, ...claims })
    .setProtectedHeader(all)
    .sign(key.privateKey)
}

const judge = (text: string, ask: Partial<ProofAsk> = {}) =>
  judgeProof(readSelfSigned, { proof: text, method: 'POST', url: URL, accessToken: null, now: NOW, ...ask })

async function told(text: string, ask: Partial<ProofAsk> = {}): Promise<string> {
  const judged = judge(text, ask)
  return isFault(judged) ? judged.code : 'good'
}

describe('a proof', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['of this request', {}, 'good'],
    ['a minute old', { iat: AT - 60 }, 'good'],
    ['of a clock that is ahead', { iat: AT + 60 }, 'good'],
    ['with more claims', { ath: 'x', nonce: 'y', nbf: 0 }, 'good'],
    ['older than that', { iat: AT - 61 }, 'dpop.stale'],
    ['of the future', { iat: AT + 61 }, 'dpop.stale'],
    ['without time', { iat: undefined }, 'dpop.stale'],
    ['whose time is a text', { iat: String(AT) }, 'dpop.stale'],
    ['for another method', { htm: 'GET' }, 'dpop.mismatch'],
    ['for the method in small letters', { htm: 'post' }, 'dpop.mismatch'],
    ['without method', { htm: undefined }, 'dpop.mismatch'],
    ['for another endpoint', { htu: 'https://entente.example/auth/v1/token' }, 'dpop.mismatch'],
    ['for another host', { htu: 'https://evil.example/oauth2/token' }, 'dpop.mismatch'],
    ['for plain http', { htu: URL.replace('https', 'http') }, 'dpop.mismatch'],
    ['with a query', { htu: `${URL}?a=b` }, 'dpop.mismatch'],
    ['with a slash more', { htu: `${URL}/` }, 'dpop.mismatch'],
    ['for a list of addresses', { htu: [URL] }, 'dpop.mismatch'],
    ['without address', { htu: undefined }, 'dpop.mismatch'],
    ['without jti', { jti: undefined }, 'dpop.malformed'],
    ['with an empty jti', { jti: '' }, 'dpop.malformed'],
    ['with a number as jti', { jti: 7 }, 'dpop.malformed'],
    ['with a jti of 257 letters', { jti: 'a'.repeat(257) }, 'dpop.malformed'],
  ])('%s: %s', async (_name, claims, code) => {
    expect(await told(await proof(claims))).toBe(code)
  })

  it.each(['JWT', 'DPOP+JWT', 'at+jwt', undefined])('has typ dpop+jwt, not %s', async (typ) => {
    expect(await told(await proof({}, { typ }))).toBe('dpop.malformed')
  })

  it('is signed by the key in its header', async () => {
    const { publicKey } = await generateKeyPair('ES256')
    expect(await told(await proof({}, { jwk: await exportJWK(publicKey) }))).toBe('dpop.signature_invalid')
    expect(await told('')).toBe('dpop.malformed')
    const good = await proof()
    expect(await told(`${good}, ${good}`)).toBe('dpop.malformed')
  })

  it('names the access token that it goes along with', async () => {
    const ask = { accessToken: ACCESS_TOKEN }
    expect(await told(await proof({ ath: ATH }), ask)).toBe('good')
    for (const ath of [undefined, '', ACCESS_TOKEN, `${ATH}=`, createHash('sha256').update('x').digest('base64url')]) {
      expect(await told(await proof({ ath }), ask)).toBe('dpop.mismatch')
    }
  })

  it('is kept until nobody would take it any more', async () => {
    const judged = judge(await proof({ iat: AT + 60 }))
    if (isFault(judged)) throw new Error(judged.code)
    expect(judged.expiresAt.getTime()).toBeGreaterThanOrEqual(NOW.getTime() + 120_000)
    const asked: unknown[][] = []
    const oneTime = {
      consume: async (...args: unknown[]) => asked.push(args) === 1,
      purge: async () => 0,
    }
    expect(await takeProof({ oneTime }, judged, NOW)).toBe(true)
    expect(await takeProof({ oneTime }, judged, NOW)).toBe(false)
    expect(asked[0]).toEqual([`dpop:${judged.thumbprint}`, 'j-1', judged.expiresAt, NOW])
  })
})

import { createHash, randomUUID } from 'node:crypto'
import express from 'express'
import fastify from 'fastify'
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose'
import { describe, expect, it, vi } from 'vitest'
import { LEVELS as OURS } from '../registry/levels.ts'
import { createStepUpFetch, type PageMessage, popupChallenge, stepUpOf } from './browser.ts'
import { createResourceServer, guardExpress, guardFastify, guardFetch, LEVELS, type Needs } from './index.ts'

const ISSUER = 'https://entente.example'
const AUDIENCE = 'https://bank.example'
const TWO = 'urn:entente:acr:2fa'
const AT = new Date('2026-05-01T12:00:00Z')
const seconds = Math.floor(AT.getTime() / 1000)
const { publicKey, privateKey } = await generateKeyPair('ES256')
const stranger = await generateKeyPair('ES256')
const client = await generateKeyPair('ES256')
const jkt = await calculateJwkThumbprint(await exportJWK(client.publicKey))
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] })
const server = createResourceServer({ issuer: ISSUER, audience: AUDIENCE, baseUrl: AUDIENCE, keys, now: () => AT })

interface Made {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: object
  readonly key?: typeof privateKey
}

function tokenOf({ claims = {}, header = {}, key = privateKey }: Made = {}): Promise<string> {
  const times = { iat: seconds, exp: seconds + 300 }
  const payload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'ada',
    scope: 'openid pay',
    acr: 'phr',
    auth_time: seconds - 30,
    ...times,
    ...claims,
  }
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'at+jwt', ...header }).sign(key)
}

async function proofOf(accessToken: string, claims: object = {}, key = client): Promise<string> {
  const ath = createHash('sha256').update(accessToken).digest('base64url')
  const payload = { jti: randomUUID(), htm: 'POST', htu: `${AUDIENCE}/pay`, iat: seconds, ath, ...claims }
  const header = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(key.publicKey) }
  return await new SignJWT(payload).setProtectedHeader(header).sign(key.privateKey)
}

const judge = (authorization: string | undefined, needs: Needs = {}, proof?: string) =>
  server.judge({ authorization, proof, method: 'POST', url: `${AUDIENCE}/pay` }, needs)

async function told(made: Made, needs: Needs = {}) {
  const judged = await judge(`Bearer ${await tokenOf(made)}`, needs)
  return judged.ok ? 'in' : `${judged.status} ${judged.headers['www-authenticate']}`
}

describe('a token', () => {
  it('of the issuer, for this server, lets in with its claims', async () => {
    expect(await judge(`bearer ${await tokenOf()}`)).toMatchObject({ ok: true, claims: { sub: 'ada' } })
  })

  it.each<[string, Made]>([
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['for another server', { claims: { aud: 'https://other.example' } }],
    ['that has expired', { claims: { exp: seconds - 1 } }],
    ['that never ends', { claims: { exp: undefined } }],
    ['signed by a stranger', { key: stranger.privateKey }],
    ['that is an ID token', { header: { typ: 'JWT' } }],
    ['of an unknown key', { header: { kid: 'x' } }],
    ['that is bound to a key, shown as if it were not', { claims: { cnf: { jkt } } }],
    ['that is bound in a way nobody here knows', { claims: { cnf: { 'x5t#S256': 'x' } } }],
  ])('%s is none', async (_name, made) => {
    expect(await told(made)).toMatch(/^401 Bearer error="invalid_token"/)
  })

  it('that is none at all is asked for', async () => {
    for (const header of [undefined, '', 'Basic eDp5', 'Bearer']) {
      const judged = await judge(header)
      expect(judged).toMatchObject({ ok: false, status: 401, headers: { 'www-authenticate': 'Bearer' } })
    }
  })

  it('that cannot be judged, since no keys are to be had, is refused for the moment', async () => {
    const outage: JWTVerifyGetKey = () => Promise.reject(new TypeError('fetch failed'))
    const blind = createResourceServer({ issuer: ISSUER, audience: AUDIENCE, keys: outage, now: () => AT })
    const presented = { authorization: `Bearer ${await tokenOf()}`, proof: undefined, method: 'GET', url: AUDIENCE }
    expect(await blind.judge(presented)).toMatchObject({ ok: false, status: 503 })
  })
})

describe('a proof of the person', () => {
  const CHALLENGE = '401 Bearer error="insufficient_user_authentication", error_description='

  it.each<[string, Made['claims'], Needs]>([
    ['of the level', { acr: TWO }, { acrValues: [TWO] }],
    ['of a stronger level', { acr: 'phrh' }, { acrValues: [TWO] }],
    ['of one of the levels', { acr: TWO }, { acrValues: ['phrh', TWO] }],
    ['in somebody else’s words', { acr: 'gold' }, { acrValues: ['gold'] }],
    ['of just now', { auth_time: seconds }, { maxAge: 0 }],
    ['of a minute ago, for clocks differ', { auth_time: seconds - 60 }, { maxAge: 0 }],
  ])('%s suffices', async (_name, claims = {}, needs) => {
    expect(await told({ claims }, needs)).toBe('in')
  })

  it.each<[string, Made['claims'], Needs, string]>([
    ['of a weaker level', { acr: TWO }, { acrValues: ['phr'] }, 'acr_values="phr"'],
    ['of no level', { acr: undefined }, { acrValues: [TWO] }, `acr_values="${TWO}"`],
    ['of another’s level', { acr: 'gold' }, { acrValues: [TWO, 'phr'] }, `acr_values="${TWO} phr"`],
    ['of too long ago', { auth_time: seconds - 361 }, { maxAge: 300 }, 'max_age="300"'],
    ['of no moment', { auth_time: undefined }, { maxAge: 300 }, 'max_age="300"'],
    ['of a moment to come', { auth_time: seconds + 61 }, { maxAge: 300 }, 'max_age="300"'],
    [
      'of both too little',
      { acr: TWO, auth_time: 0 },
      { acrValues: ['phr'], maxAge: 9 },
      'acr_values="phr", max_age="9"',
    ],
  ])('%s is challenged', async (_name, claims = {}, needs, ending) => {
    const answer = await told({ claims }, needs)
    expect(answer.startsWith(CHALLENGE)).toBe(true)
    expect(answer.endsWith(ending)).toBe(true)
  })

  it('does not make up for a scope', async () => {
    expect(await told({}, { scopes: ['pay', 'admin'] })).toBe(
      '403 Bearer error="insufficient_scope", error_description="the token lacks a scope that is needed here", scope="pay admin"',
    )
    expect(await told({}, { scopes: ['pay'] })).toBe('in')
  })

  it('is of the levels that the server knows', () => {
    expect(LEVELS).toEqual(OURS)
  })
})

describe('a bound token', () => {
  it('counts with a proof for this request, once', async () => {
    const token = await tokenOf({ claims: { cnf: { jkt } } })
    const proof = await proofOf(token)
    expect(await judge(`DPoP ${token}`, {}, proof)).toMatchObject({ ok: true })
    expect(await judge(`DPoP ${token}`, {}, proof)).toMatchObject({ ok: false, status: 401 })
  })

  it.each<[string, object, typeof client]>([
    ['for another method', { htm: 'GET' }, client],
    ['for another address', { htu: `${AUDIENCE}/other` }, client],
    ['for another token', { ath: 'x' }, client],
    ['of another minute', { iat: seconds - 61 }, client],
    ['without a name', { jti: '' }, client],
    ['by another key', {}, stranger],
  ])('does not count with a proof %s', async (_name, claims, key) => {
    const token = await tokenOf({ claims: { cnf: { jkt } } })
    const judged = await judge(`DPoP ${token}`, {}, await proofOf(token, claims, key))
    expect(judged.ok ? 'in' : judged.headers['www-authenticate']).toMatch(/^DPoP error="invalid_dpop_proof"/)
    expect(await judge(`DPoP ${token}`)).toMatchObject({ ok: false })
    expect(await judge(`DPoP ${await tokenOf()}`, {}, await proofOf(await tokenOf()))).toMatchObject({ ok: false })
  })
})

describe('every server', () => {
  const needs = { acrValues: ['phrh'] }
  const ask = async (send: (headers: Record<string, string>) => Promise<Response>) => {
    const strong = await send({ authorization: `Bearer ${await tokenOf({ claims: { acr: 'phrh' } })}` })
    const weak = await send({ authorization: `Bearer ${await tokenOf()}` })
    return [strong.status, await strong.text(), weak.status, weak.headers.get('www-authenticate'), await weak.json()]
  }
  const EXPECTED = [
    200,
    'ada',
    401,
    expect.stringMatching(/^Bearer error="insufficient_user_authentication".*acr_values="phrh"$/),
    { error: 'insufficient_user_authentication', error_description: expect.any(String) },
  ]

  it('of fetch handlers answers alike', async () => {
    const handle = guardFetch(server, needs, (_request, { sub }) => new Response(String(sub)))
    expect(await ask((headers) => handle(new Request(`${AUDIENCE}/pay?x=1`, { method: 'POST', headers })))).toEqual(
      EXPECTED,
    )
  })

  it('of Express answers alike', async () => {
    const app = express()
    app.post('/pay', guardExpress(server, needs), (request, response) => {
      response.send(Object(request).entente.sub)
    })
    const listening = app.listen(0, '127.0.0.1')
    await new Promise((resolve) => listening.once('listening', resolve))
    const { port } = Object(listening.address())
    const send = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/pay`, { method: 'POST', headers })
    expect(await ask(send)).toEqual(EXPECTED)
    await new Promise((resolve) => listening.close(resolve))
  })

  it('of Fastify answers alike', async () => {
    const app = fastify()
    app.post('/pay', { preHandler: guardFastify(server, needs) }, async (request) => Object(request).entente.sub)
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    expect(await ask((headers) => fetch(`${url}/pay`, { method: 'POST', headers }))).toEqual(EXPECTED)
    await app.close()
  })
})

describe('a page', () => {
  const challenged = () =>
    new Response(null, {
      status: 401,
      headers: {
        'www-authenticate':
          'Bearer error="insufficient_user_authentication", error_description="a \\"stronger\\" proof", acr_values="phr phrh", max_age="60"',
      },
    })

  it('meets the challenge, and sends the request once more', async () => {
    const sent: string[] = []
    const wanted: unknown[] = []
    const answers = [challenged(), new Response('paid'), challenged(), challenged(), challenged()]
    const send: typeof fetch = async (input, init) => {
      sent.push(input instanceof Request ? await input.text() : String(init?.body))
      return answers.shift() ?? new Response('none')
    }
    let isGiven = true
    const challenge = async (one: unknown) => {
      wanted.push(one)
      return isGiven
    }
    const stepUpFetch = createStepUpFetch({ challenge, fetch: send })
    const request = new Request('https://bank.example/pay', { method: 'POST', body: '12' })
    expect(await (await stepUpFetch(request)).text()).toBe('paid')
    expect(sent).toEqual(['12', '12'])
    expect(wanted).toEqual([{ acrValues: 'phr phrh', maxAge: '60' }])
    // Challenged again, it does not turn in a circle; given up, it shows the answer.
    expect((await stepUpFetch('/pay', { body: '13' })).status).toBe(401)
    expect(sent).toHaveLength(4)
    isGiven = false
    expect((await stepUpFetch('/pay', { body: '14' })).status).toBe(401)
    expect(sent).toHaveLength(5)
  })

  it('is challenged by nothing else', () => {
    const header = (text: string, status = 401) =>
      stepUpOf(new Response(null, { status, headers: { 'www-authenticate': text } }))
    for (const text of ['Bearer', 'Bearer error="invalid_token"', 'Bearer xerror="insufficient_user_authentication"']) {
      expect(header(text)).toBeNull()
    }
    expect(header('Bearer error="insufficient_user_authentication"', 403)).toBeNull()
    expect(header('Bearer error="insufficient_user_authentication"')).toEqual({ acrValues: null, maxAge: null })
    expect(stepUpOf(new Response(null, { status: 401 }))).toBeNull()
  })

  it('hears only its own window, of its own origin', async () => {
    const popup = { closed: false }
    const opened: string[] = []
    const listeners = new Set<(event: PageMessage) => void>()
    const origin = 'https://bank.example'
    const page = {
      location: { href: `${origin}/transfer`, origin },
      open: (url: string) => {
        opened.push(url)
        return popup
      },
      addEventListener: (_type: 'message', listener: (event: PageMessage) => void) => void listeners.add(listener),
      removeEventListener: (_type: 'message', listener: (event: PageMessage) => void) =>
        void listeners.delete(listener),
    }
    const say = (event: PageMessage) => {
      for (const listener of [...listeners]) listener(event)
    }
    const done = popupChallenge('/login', page)({ acrValues: 'phr', maxAge: '60' })
    say({ origin: 'https://evil.example', source: popup, data: { stepUp: 'failed' } })
    say({ origin, source: {}, data: { stepUp: 'failed' } })
    say({ origin, source: popup, data: 'failed' })
    say({ origin, source: popup, data: { stepUp: 'done' } })
    expect(await done).toBe(true)
    expect([opened, listeners.size]).toEqual([[`${origin}/login?acr_values=phr&max_age=60`], 0])
    const blocked = popupChallenge('/login', { ...page, open: () => null })
    expect(await blocked({ acrValues: null, maxAge: null })).toBe(false)
  })

  it('hears what the window said last although it is closed already, and gives up where it said nothing', async () => {
    const origin = 'https://bank.example'
    const listeners = new Set<(event: PageMessage) => void>()
    const popup = { closed: false }
    const page = {
      location: { href: `${origin}/`, origin },
      open: () => popup,
      addEventListener: (_type: 'message', listener: (event: PageMessage) => void) => void listeners.add(listener),
      removeEventListener: (_type: 'message', listener: (event: PageMessage) => void) =>
        void listeners.delete(listener),
    }
    vi.useFakeTimers()
    try {
      const wanted = { acrValues: 'phr', maxAge: null }
      const heard = popupChallenge('/login', page)(wanted)
      popup.closed = true
      await vi.advanceTimersByTimeAsync(600)
      for (const listener of listeners) listener({ origin, source: popup, data: { stepUp: 'done' } })
      expect(await heard).toBe(true)
      const silent = popupChallenge('/login', page)(wanted)
      await vi.advanceTimersByTimeAsync(1_100)
      expect(await silent).toBe(false)
      expect(listeners.size).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

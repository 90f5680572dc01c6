/** The whole way from a token to an issuer over TLS and back, with an issuer that misbehaves. Source: reference threats, section 2. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../../simulators/certificates.ts'
import { close, LOOPBACK, listen } from '../../../simulators/loopback.ts'
import { createLadder, Refused } from '../../decisions/ladder.ts'
import { createOutbound, type Outbound } from '../../http/outbound.ts'
import { createWebFetch } from '../../http/outbound-web-fetch.ts'
import type { Protocol } from '../../registry/protocol.ts'
import { createTestKey, jwkOf, mint, type TestKey } from '../testing/minting.ts'
import { askFor, claimsAt, providerOf } from '../testing/upstream.ts'
import { oidcProtocol } from './index.ts'

type Handler = NonNullable<Parameters<typeof createServer>[1]>

/** An issuer of its own for each test, all on one server, so that they can wait at the same time. */
interface Issuer {
  answer: Handler
  /** When its keys were asked for. */
  readonly fetched: number[]
  judge(key: TestKey, header?: object): Promise<string>
}

const issuers = new Map<string, Issuer>()
let server: Server
let canary: Server
let outbound: Outbound
let protocol: Protocol
let canaryUrl = ''
let canarySaw = 0

const publish = (...keys: TestKey[]): Handler => {
  const text = JSON.stringify({ keys: keys.map(({ jwk }) => jwk) })
  return (_request, response) => void response.setHeader('content-type', 'application/json').end(text)
}

beforeAll(async () => {
  const authority = await createAuthority()
  const { certificatePem: cert, keyPem: key } = await authority.issue(['issuer.example', 'localhost'])
  server = createServer({ cert, key }, (request, response) => {
    const issuer = issuers.get(request.url ?? '')
    if (issuer === undefined) return void response.writeHead(404).end()
    issuer.fetched.push(performance.now())
    issuer.answer(request, response)
  })
  canary = createServer({ cert, key }, (_request, response) => void response.end('{}'))
  canary.on('connection', () => {
    canarySaw += 1
  })
  const port = await listen(server)
  canaryUrl = `https://localhost:${await listen(canary)}/keys`
  const connectTo = [{ host: 'issuer.example', port: 443, toAddress: LOOPBACK, toPort: port }]
  outbound = createOutbound({ allow: [], connectTo, caPem: authority.caPem })
  protocol = oidcProtocol({
    fetch: outbound.fetch,
    webFetch: createWebFetch(outbound.fetch),
    allowsPlainHttp: () => false,
    mayAsk: () => true,
    now: () => new Date(),
  })
})

afterAll(async () => {
  await outbound.close()
  await Promise.all([close(server), close(canary)])
})

function openIssuer(answer: Handler): Issuer {
  const path = `/keys/${issuers.size}`
  const settings = { jwksUri: `https://issuer.example${path}` }
  const issuer: Issuer = {
    answer,
    fetched: [],
    async judge(key, header = {}) {
      const now = new Date()
      const provider = providerOf(settings, { uid: path })
      try {
        const token = mint(key, claimsAt({}, now), header)
        await protocol.verifyToken?.(askFor(token, { provider, now }), createLadder('strict'))
        return 'accepted'
      } catch (error) {
        if (error instanceof Refused) return error.code
        throw error
      }
    },
  }
  issuers.set(path, issuer)
  return issuer
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const one = createTestKey('RS256', 'one')
const two = createTestKey('RS256', 'two')
const oneAgain = createTestKey('RS256', 'one')

describe.concurrent('an issuer', () => {
  it('that rotates: the first token of the new key passes, and 200 more with it, by one fetch', async () => {
    const issuer = openIssuer(publish(one))
    expect(await issuer.judge(one)).toBe('accepted')
    issuer.answer = publish(two)
    const verdicts = await Promise.all(Array.from({ length: 200 }, () => issuer.judge(two)))
    expect(new Set(verdicts)).toEqual(new Set(['accepted']))
    expect(issuer.fetched.length).toBe(2)
  })

  it('that puts a new key under an old kid: tokens of both keys meet what is published', async () => {
    const issuer = openIssuer(publish(one))
    expect(await issuer.judge(one)).toBe('accepted')
    issuer.answer = publish(oneAgain)
    expect(await issuer.judge(oneAgain)).toBe('accepted')
    expect(await issuer.judge(one)).toBe('signature.invalid')
    expect(await issuer.judge(oneAgain)).toBe('accepted')
  })

  it('that rotates every second: no token of its current key is refused', async () => {
    const keys = [one, two, createTestKey('RS256', 'three'), createTestKey('RS256', 'four')]
    const issuer = openIssuer(publish(one))
    const verdicts: Promise<string>[] = []
    for (const [n, key] of keys.entries()) {
      // The old key stays published while the new one signs, as issuers do.
      issuer.answer = publish(key, ...keys.slice(Math.max(0, n - 1), n))
      for (let tick = 0; tick < 10; tick++) {
        verdicts.push(issuer.judge(key))
        await sleep(100)
      }
    }
    expect(new Set(await Promise.all(verdicts))).toEqual(new Set(['accepted']))
  })

  it('that is flooded with 500 made-up kids: a fetch a second at most, and true tokens pass meanwhile', async () => {
    const issuer = openIssuer(publish(one))
    expect(await issuer.judge(one)).toBe('accepted')
    const flood = Promise.all(Array.from({ length: 500 }, (_, n) => issuer.judge(two, { kid: `made-up-${n}` })))
    const times: number[] = []
    for (let n = 0; n < 20; n++) {
      const started = performance.now()
      expect(await issuer.judge(one)).toBe('accepted')
      times.push(performance.now() - started)
      await sleep(20)
    }
    expect(new Set(await flood)).toEqual(new Set(['key.unknown']))
    expect(Math.max(...times)).toBeLessThan(900)
    const gaps = issuer.fetched.slice(1).map((moment, n) => moment - (issuer.fetched[n] ?? 0))
    // Timers may be a little early.
    for (const gap of gaps) expect(gap).toBeGreaterThan(990)
  })

  it.each<[string, Handler]>([
    ['answers 500', (_request, response) => void response.writeHead(500).end()],
    ['answers HTML', (_request, response) => void response.end('<!doctype html><p>maintenance')],
    ['answers an empty set', (_request, response) => void response.end('{"keys":[]}')],
    ['answers nothing', (_request, response) => void response.end()],
    [
      'answers a symmetric key',
      (_request, response) => void response.end('{"keys":[{"kty":"oct","k":"a","kid":"two"}]}'),
    ],
    [
      'answers a private key',
      (_request, response) =>
        void response.end(JSON.stringify({ keys: [{ ...jwkOf(two.privateKey), kid: 'two', alg: 'RS256' }] })),
    ],
    ['redirects to another place', (_request, response) => void response.writeHead(302, { location: canaryUrl }).end()],
    [
      'redirects to plain http',
      (_request, response) => void response.writeHead(307, { location: 'http://127.0.0.1/' }).end(),
    ],
    ['answers 64 MiB', flood],
    ['hangs up', (request) => void request.socket.destroy()],
  ])('that %s: the good keys stay, the new one is not believed', async (_how, misdeed) => {
    const issuer = openIssuer(publish(one))
    expect(await issuer.judge(one)).toBe('accepted')
    issuer.answer = misdeed
    expect(await issuer.judge(two)).toBe('key.unavailable')
    expect(await issuer.judge(one)).toBe('accepted')
    expect(canarySaw).toBe(0)
    issuer.answer = publish(one, two)
    expect(await issuer.judge(two)).toBe('accepted')
  })

  it.each<[string, Handler]>([
    ['hangs', () => {}],
    ['sends a byte at a time', drip],
  ])('that %s: given up within five seconds, and nobody with a known key waits', async (_how, misdeed) => {
    const issuer = openIssuer(publish(one))
    expect(await issuer.judge(one)).toBe('accepted')
    issuer.answer = misdeed
    const started = performance.now()
    const waiting = issuer.judge(two)
    await sleep(100)
    expect(await issuer.judge(one)).toBe('accepted')
    expect(performance.now() - started).toBeLessThan(1_500)
    expect(await waiting).toBe('key.unavailable')
    expect(performance.now() - started).toBeLessThan(5_900)
  })

  it('whose keys lie inside the house is never reached', async () => {
    const now = new Date()
    const provider = providerOf({ jwksUri: canaryUrl }, { uid: 'inside' })
    const ladder = createLadder('lenient')
    await protocol.verifyToken?.(askFor(mint(one, claimsAt({}, now)), { provider, now }), ladder)
    expect(ladder.failure?.code).toBe('key.unavailable')
    expect(canarySaw).toBe(0)
  })
})

/** A good answer after 64 MiB of white space. */
function flood(_request: IncomingMessage, response: ServerResponse): void {
  const chunk = Buffer.alloc(1_048_576, 0x20)
  let sent = 0
  const more = () => {
    while (sent++ < 64 && !response.destroyed) if (!response.write(chunk)) return void response.once('drain', more)
    response.end(JSON.stringify({ keys: [two.jwk] }))
  }
  more()
}

function drip(_request: IncomingMessage, response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 200)
  response.on('close', () => clearInterval(timer))
}

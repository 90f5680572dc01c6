import { createServer, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { close, listen } from '../../../simulators/loopback.ts'
import { requestToken } from './request.ts'

type Reply = (response: ServerResponse) => void

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A server that gives one reply after the other, and says how many it gave. */
async function serverOf(...replies: readonly Reply[]) {
  const forms: string[] = []
  const server = createServer((request, response) => {
    let form = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      form += part
    })
    request.on('end', () => {
      forms.push(form)
      replies[Math.min(forms.length, replies.length) - 1]?.(response)
    })
  })
  const port = await listen(server)
  stops.push(() => close(server))
  return { url: `http://127.0.0.1:${port}/oauth2/token`, forms }
}

const json =
  (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
const granted = json(200, { access_token: 't' }, { 'entente-decision': 'd-1' })
const form = new URLSearchParams({ subject_token: 'canary-token' })

function patience(attempts = 3) {
  const waits: number[] = []
  const slept: number[] = []
  return {
    waits,
    slept,
    attempts,
    onWait: (seconds: number) => void waits.push(seconds),
    sleep: async (ms: number) => void slept.push(ms),
  }
}

describe('a token request', () => {
  it('is answered at once, with the decision', async () => {
    const server = await serverOf(granted)
    const answer = await requestToken(server.url, form, patience())
    expect(answer).toEqual({ status: 200, body: { access_token: 't' }, decisionId: 'd-1' })
    expect(server.forms).toEqual(['subject_token=canary-token'])
  })

  it('takes a refusal for an answer: a refused token is not sent twice', async () => {
    const server = await serverOf(json(400, { error: 'invalid_request' }), granted)
    expect((await requestToken(server.url, form, patience())).status).toBe(400)
    expect(server.forms).toHaveLength(1)
  })

  it('waits as long as the server says, or longer each time', async () => {
    const server = await serverOf(json(429, { error: 'x' }, { 'retry-after': '7' }), json(503, { error: 'x' }), granted)
    const calm = patience()
    expect((await requestToken(server.url, form, calm)).status).toBe(200)
    expect(calm.waits).toEqual([7, 2])
    expect(calm.slept).toEqual([7_000, 2_000])
  })

  it.each([
    ['too often', '1'],
    ['for too long', '61'],
    ['until a date', 'Wed, 25 Nov 2026 12:00:00 GMT'],
  ])('gives up when it is turned away %s', async (_, retryAfter) => {
    const server = await serverOf(json(429, { error: 'x' }, { 'retry-after': retryAfter }))
    await expect(requestToken(server.url, form, patience())).rejects.toMatchObject({ code: 'cli.turned_away' })
    expect(server.forms).toHaveLength(retryAfter === '1' ? 3 : 1)
  })

  it('asks again where nothing listens yet, and says so in the end', async () => {
    const server = await serverOf(granted)
    for (const stop of stops.splice(0)) await stop()
    const calm = patience()
    await expect(requestToken(server.url, form, calm)).rejects.toMatchObject({ code: 'cli.server_unreachable' })
    expect(calm.waits).toEqual([1, 2])
  })

  it('does not ask again where the token may have been seen', async () => {
    const server = await serverOf((response) => response.destroy(), granted)
    await expect(requestToken(server.url, form, patience())).rejects.toMatchObject({ code: 'cli.server_unreachable' })
    expect(server.forms).toHaveLength(1)
  })

  it.each<[string, Reply]>([
    ['a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['success without a token', json(200, { ok: true })],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1/elsewhere' }).end()],
    ['a failure of its own', json(500, { message: 'x' })],
  ])('finds no token endpoint in %s, and quotes nothing', async (_, reply) => {
    const server = await serverOf(reply)
    const failure = await requestToken(server.url, form, patience()).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'cli.no_token_endpoint' })
    expect(String(failure)).not.toContain('canary')
  })
})

/** One provider that is down, slow or lies is that provider's matter: the others' people come in, and the program starts. */
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openSignInWorld, type SignInWorld } from './sign-in-world.ts'

let world: SignInWorld

beforeAll(async () => {
  world = await openSignInWorld()
})
afterAll(() => world?.close())
afterEach(() => {
  world.liar.lie = {}
})

/** Within this, by the limits of outbound requests: connecting, the answer, and as much again for a busy machine. */
const PATIENCE_MS = 25_000

async function expectOthersComeIn() {
  const [{ end }, health] = await Promise.all([world.signIn('alice', 'corp'), fetch(`${world.server.url}/healthz`)])
  expect(end.url).toContain('code=')
  expect(health.status).toBe(200)
}

describe('a provider that', () => {
  it.each([
    ['never answers', 'hang', 'code.unavailable', 502],
    ['never stops answering', 'flood', 'code.unavailable', 502],
    ['fails', 'fail', 'code.unavailable', 502],
    ['answers with a page', 'html', 'code.answer_malformed', 403],
  ] as const)(
    '%s ends its own login with a page, while others come in',
    async (_what, tokenEndpoint, code, status) => {
      world.liar.lie = { tokenEndpoint }
      const slow = world.signIn('alice', 'liar')
      await expectOthersComeIn()
      const { end } = await slow
      expect([end.status, end.text.includes('role="alert"')]).toEqual([status, true])
      const decisions = await world.call(
        200,
        'GET',
        `/apis/entente.dev/v1/namespaces/default/decisions?provider=liar&limit=1`,
      )
      expect(Object(decisions).items[0].spec.code).toBe(code)
      world.liar.lie = {}
      expect((await world.signIn('alice', 'liar')).end.url).toContain('code=')
    },
    PATIENCE_MS * 2,
  )

  it(
    'hangs for fifty people does not stand in the way of the others',
    async () => {
      world.liar.lie = { tokenEndpoint: 'hang' }
      const waiting = Array.from({ length: 50 }, () => world.signIn('alice', 'liar'))
      await expectOthersComeIn()
      const ends = await Promise.all(waiting)
      expect(ends.map(({ end }) => end.status)).toEqual(Array.from({ length: 50 }, () => 502))
    },
    PATIENCE_MS * 2,
  )

  it(
    'is gone when the program starts does not keep it from starting, nor others from coming in',
    async () => {
      await world.liar.stop()
      await world.restart()
      await expectOthersComeIn()
      const sent = await world.toUpstream(world.newBrowser(), { idp_hint: 'liar' })
      // The browser is sent there all the same: that nobody is there is between the two of them.
      expect(sent.upstream.host).toBe('idp.liar.example')
      expect(readFileSync(world.server.logFile, 'utf8')).not.toContain('a request failed')
    },
    PATIENCE_MS * 2,
  )
})

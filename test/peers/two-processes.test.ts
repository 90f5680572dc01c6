/**
 * People who are signed in at two identical processes over one real PostgreSQL, as behind a balancer: a login goes on where it
 * was not begun, and what is switched off at one is dead at the other. The app is openid-client, the company oidc-provider.
 */
import { randomBytes } from 'node:crypto'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { type PostgresServer, startPostgres } from '../../src/storage/conformance/postgres-server.ts'
import { askFor, CALLBACK } from './app-request.ts'
import { type Front, startFront } from './front.ts'
import { basic, openRelyingWorld, post, type Relying, type RelyingWorld } from './relying-world.ts'

const OPERATOR_TOKEN = randomBytes(32).toString('base64url')
/** Far beyond the promise, which is a second: what is asserted is that it ends; how fast is printed. */
const PATIENCE_MS = 20_000

let postgres: PostgresServer
let front: Front
let world: RelyingWorld
let processes: readonly { readonly api: Api; readonly url: string }[]
let app: Relying
let second: ServerProcess

beforeAll(async () => {
  postgres = await startPostgres()
  const ports = [await freePort(), await freePort()]
  front = await startFront(ports)
  const env = {
    ENTENTE_DATABASE: postgres.url,
    ENTENTE_SEAL_KEY: randomBytes(32).toString('base64'),
    ENTENTE_OPERATOR_TOKEN: OPERATOR_TOKEN,
    ENTENTE_URL: front.url,
  }
  front.lead(0)
  world = await openRelyingWorld({ env, port: ports[0] ?? 0 })
  second = await world.start(ports[1] ?? 0)
  processes = [world.server, second].map(({ url }) => ({ url, api: createApi(url, OPERATOR_TOKEN) }))
  app = await world.newApp()
})
afterAll(async () => {
  await world?.close()
  await front?.stop()
  await postgres?.stop()
})

const one = () => processes[0]?.api ?? createApi('', '')

/** Each says whether the tokens or the session still count at one of the processes. */
interface Held {
  readonly browser: Browser
  access: string
  refresh: string
}

async function hold(relying: Relying, login: string): Promise<Held> {
  const { tokens, browser } = await world.signIn(relying, login)
  return { browser, access: tokens.access_token, refresh: tokens.refresh_token ?? '' }
}

async function countsAt(which: number, relying: Relying, held: Held): Promise<string[]> {
  const url = processes[which]?.url ?? ''
  const authorization = basic(relying.clientId, relying.secret ?? '')
  const asked = await post(
    `${url}/oauth2/introspect`,
    { token: held.access },
    { authorization: `Bearer ${OPERATOR_TOKEN}` },
  )
  const user = await fetch(`${url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${held.access}` } })
  const form = { grant_type: 'refresh_token', refresh_token: held.refresh }
  const refreshed = await post(`${url}/oauth2/token`, form, authorization)
  if (refreshed.status === 200) {
    held.refresh = String(at(refreshed.body, 'refresh_token'))
    held.access = String(at(refreshed.body, 'access_token'))
  }
  front.lead(which)
  const { url: silent } = await askFor(relying.config, { prompt: 'none' })
  const back = await held.browser.go(silent.href)
  front.lead(null)
  return [
    ...(at(asked.body, 'active') === true ? ['introspection'] : []),
    ...(user.status === 200 ? ['userinfo'] : []),
    ...(refreshed.status === 200 ? ['refresh'] : []),
    ...(back.url.startsWith(`${CALLBACK}?code=`) ? ['silent login'] : []),
  ]
}

const ALL = ['introspection', 'userinfo', 'refresh', 'silent login']

/** Milliseconds until nothing counts there any more. */
async function msUntilDead(which: number, relying: Relying, held: Held): Promise<number> {
  const since = performance.now()
  let counting = ALL
  while (counting.length > 0) {
    if (performance.now() - since > PATIENCE_MS) throw new Error(`still counts: ${counting.join()}`)
    counting = await countsAt(which, relying, held)
  }
  return performance.now() - since
}

const PROVIDER = '/v1/regions/global/iam/providers/corp'

async function personOf(login: string): Promise<string> {
  const list = await one().call('GET', `${world.namespace()}/persons?search=${login}`)
  return `${world.namespace()}/persons/${at(list.body, 'items', '0', 'metadata', 'name')}`
}

async function done(method: string, path: string, body?: unknown): Promise<void> {
  const answer = await one().call(method, path, body)
  expect([200, 204], JSON.stringify(answer.body)).toContain(answer.status)
}

describe('a person behind a balancer', () => {
  it('begins a login at one process, ends it at the other, and refreshes at either', async () => {
    front.lead(0)
    const before = front.lead(0)
    const { tokens, browser } = await world.signIn(app, 'alice', {}, openBrowser(front.url), {
      away: () => void front.lead(1),
    })
    const after = front.lead(null)
    // The way there was the first's, the way back and the code the other's.
    expect(after.map((count, which) => count > (before[which] ?? 0))).toEqual([true, true])
    expect(tokens.claims()).toMatchObject({ provider: 'corp', email: 'alice@corp.example' })
    const held: Held = { browser, access: tokens.access_token, refresh: tokens.refresh_token ?? '' }
    for (const which of [0, 1, 0, 1]) expect(await countsAt(which, app, held)).toEqual(ALL)
  })

  it('signs in while every request goes to the other process than the one before', async () => {
    front.lead(null)
    const { tokens } = await world.signIn(app, 'turns')
    expect(tokens.claims()?.email).toBe('turns@corp.example')
  })

  it('gets one set of tokens for a code that is sent to both many times at once', async () => {
    const { url, checks } = await askFor(app.config)
    const page = await world.walk(url.href, 'carol')
    const code = new URL(page.url).searchParams.get('code') ?? ''
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: String(checks.pkceCodeVerifier),
    }
    const answers = await allAtOnce(20, (url) => post(`${url}/oauth2/token`, form, headersOf(app)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, body } of answers)
      if (status !== 200) expect([status, at(body, 'error')]).toEqual([400, 'invalid_grant'])
  })

  it('gets one successor at most for a refresh token that is sent to both many times at once', async () => {
    const { refresh } = await hold(app, 'dora')
    const form = { grant_type: 'refresh_token', refresh_token: refresh }
    const answers = await allAtOnce(20, (url) => post(`${url}/oauth2/token`, form, headersOf(app)))
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  })
})

const headersOf = (relying: Relying) => basic(relying.clientId, relying.secret ?? '')

function allAtOnce<T>(count: number, ask: (url: string) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => ask(processes[index % 2]?.url ?? '')))
}

describe('what is switched off at one process is dead at both', () => {
  const off = { spec: { disabled: true } }
  const CLOSINGS: readonly [string, (login: string, relying: Relying) => Promise<() => Promise<void>>][] = [
    [
      'a provider disabled',
      async () => {
        await done('PATCH', PROVIDER, { enabled: false })
        return () => done('PATCH', PROVIDER, { enabled: true })
      },
    ],
    [
      'a person disabled',
      async (login) => {
        const path = await personOf(login)
        await done('PATCH', path, off)
        return () => done('PATCH', path, { spec: { disabled: false } })
      },
    ],
    [
      'a person deleted',
      async (login) => {
        await done('DELETE', await personOf(login))
        return async () => undefined
      },
    ],
    [
      'an app deleted',
      async (_login, { clientId }) => {
        await done('DELETE', `${world.namespace()}/apps/${clientId}`)
        return async () => undefined
      },
    ],
    [
      'an app that no longer lets in people of the provider',
      async (_login, { clientId }) => {
        await done('PATCH', `${world.namespace()}/apps/${clientId}`, { spec: { allowedProviders: ['default/other'] } })
        return async () => undefined
      },
    ],
  ]

  it.each(CLOSINGS)('%s', async (what, close) => {
    const relying = await world.newApp()
    const login = `off-${what.replaceAll(' ', '-')}`
    const held = await hold(relying, login)
    for (const which of [1, 0]) expect(await countsAt(which, relying, held)).toEqual(ALL)
    const reopen = await close(login, relying)
    const delays = [await msUntilDead(1, relying, held), await msUntilDead(0, relying, held)]
    console.info(
      `${what}: dead at the other process after ${delays.map(Math.round).join(' ms, then at its own after ')} ms`,
    )
    await reopen()
    // Nothing comes back by itself.
    for (const which of [0, 1]) expect(await countsAt(which, relying, held)).toEqual([])
  })

  it('the operator works at both while no provider does', async () => {
    await done('PATCH', PROVIDER, { enabled: false })
    try {
      for (const { api } of processes) {
        expect((await api.call('GET', `${world.namespace()}/persons`)).status).toBe(200)
        const made = await api.call('POST', '/api/v1/service_principals', { displayName: `by ${api.url}` })
        expect(made.status).toBe(200)
      }
    } finally {
      await done('PATCH', PROVIDER, { enabled: true })
    }
  })
})

describe('a process that ends', () => {
  it('takes no session with it: after kill -9 and a start, the same people are in', async () => {
    const held = await hold(app, 'erin')
    await second.kill()
    for (const which of [0]) expect(await countsAt(which, app, held)).toEqual(ALL)
    second = await world.start(second.port)
    expect(await countsAt(1, app, held)).toEqual(ALL)
    await client.refreshTokenGrant(app.config, held.refresh)
  })

  it('of which the workers are several, all of them learn of a disabling', async () => {
    const workers = await world.start(await freePort(), { ENTENTE_WORKERS: '2' })
    const held = await hold(app, 'frank')
    const isActive = async () => {
      // A connection of its own each time: it may be either worker's.
      const headers = { authorization: `Bearer ${OPERATOR_TOKEN}`, connection: 'close' }
      return at((await post(`${workers.url}/oauth2/introspect`, { token: held.access }, headers)).body, 'active')
    }
    for (let asked = 0; asked < 6; asked += 1) expect(await isActive()).toBe(true)
    await done('PATCH', await personOf('frank'), { spec: { disabled: true } })
    const since = performance.now()
    for (let inactive = 0; inactive < 12; ) {
      if (performance.now() - since > PATIENCE_MS) throw new Error('a worker has not learnt it')
      inactive = (await isActive()) === false ? inactive + 1 : 0
    }
    expect(await isActive()).toBe(false)
  })
})

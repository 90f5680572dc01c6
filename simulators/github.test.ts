import { get } from 'node:https'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GITHUB_ISSUER, type GithubSimulator, startGithubSimulator } from './github.ts'

let github: GithubSimulator

beforeEach(async () => {
  github = await startGithubSimulator()
})
afterEach(() => github.stop())

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** Asks the issuer under its real name, at the address it really has. */
function ask(path: string, timeoutMs = 2_000): Promise<Answer> {
  const name = new URL(GITHUB_ISSUER).hostname
  const { caPem: ca, address: host, port } = github
  return new Promise((resolve, reject) => {
    const request = get({ host, port, ca, path, servername: name, headers: { host: name } }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      const type = response.headers['content-type'] ?? ''
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type, body }))
    })
    request.setTimeout(timeoutMs, () => request.destroy(new Error('no answer in time'))).on('error', reject)
  })
}

const DISCOVERY = '/.well-known/openid-configuration'
const JWKS = '/.well-known/jwks'

async function publishedKeys(): Promise<JSONWebKeySet> {
  // What our own simulator serves; jose checks it when it makes a key set of it.
  return JSON.parse((await ask(JWKS)).body) as JSONWebKeySet
}

async function tokenFrom(url: string, requestToken: string, audience?: string): Promise<string> {
  const full = audience === undefined ? url : `${url}&audience=${encodeURIComponent(audience)}`
  const answer = await fetch(full, { headers: { authorization: `Bearer ${requestToken}` } })
  const { value } = (await answer.json()) as { value: string }
  return value
}

async function control(method: string, path: string, body?: unknown, token = github.control.token): Promise<Response> {
  return fetch(github.control.url + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

describe('the GitHub simulator', () => {
  it('publishes discovery and keys under the real name of the issuer', async () => {
    const discovery = await ask(DISCOVERY)
    expect(discovery.status).toBe(200)
    expect(JSON.parse(discovery.body)).toMatchObject({ issuer: GITHUB_ISSUER, jwks_uri: `${GITHUB_ISSUER}${JWKS}` })
    expect((await publishedKeys()).keys).toHaveLength(1)
    expect(github.fetches()).toEqual({ discovery: 1, jwks: 1 })
    expect(github.connectTo).toBe(`token.actions.githubusercontent.com:443=127.0.0.1:${github.port}`)
  })

  it("hands a job its token for the audience asked for, and GitHub's own audience else", async () => {
    const token = await tokenFrom(github.idTokenRequestUrl, github.requestToken, 'entente.example')
    const { payload } = await jwtVerify(token, createLocalJWKSet(await publishedKeys()), {
      issuer: GITHUB_ISSUER,
      audience: 'entente.example',
    })
    expect(payload).toMatchObject({
      sub: 'repo:octo-org/payments:ref:refs/heads/main',
      repository: 'octo-org/payments',
      repository_owner: 'octo-org',
      job_workflow_ref: 'octo-org/payments/.github/workflows/deploy.yml@refs/heads/main',
      event_name: 'push',
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
    expect(decodeJwt(await tokenFrom(github.idTokenRequestUrl, github.requestToken)).aud).toBe(
      'https://github.com/octo-org',
    )
  })

  it('answers 401 to a job it did not start', async () => {
    const answer = await fetch(github.idTokenRequestUrl, { headers: { authorization: 'Bearer made-up' } })
    expect(answer.status).toBe(401)
    expect((await fetch(github.idTokenRequestUrl)).status).toBe(401)
  })

  it.each([
    ['a branch', { ref: 'refs/heads/dev' }, 'repo:octo-org/payments:ref:refs/heads/dev'],
    ['an environment', { environment: 'prod' }, 'repo:octo-org/payments:environment:prod'],
    ['a pull request', { eventName: 'pull_request' }, 'repo:octo-org/payments:pull_request'],
    ['another repository', { repository: 'mallory/fork' }, 'repo:mallory/fork:ref:refs/heads/main'],
  ])("a run's subject says %s", async (_what, run, sub) => {
    const job = github.startRun(run)
    expect(decodeJwt(await tokenFrom(job.idTokenRequestUrl, job.requestToken)).sub).toBe(sub)
  })

  it('forges with a key that was never published, under the kid of one that was', async () => {
    const forged = await github.mint({ aud: 'x' }, { key: 'foreign' })
    const keys = await publishedKeys()
    expect(decodeProtectedHeader(forged).kid).toBe(keys.keys[0]?.kid)
    await expect(jwtVerify(forged, createLocalJWKSet(keys))).rejects.toThrow('signature verification failed')
  })

  it('mints the past, and whatever else it is told', async () => {
    const token = await github.mint(
      { aud: 'x', jti: undefined, repository: 7 },
      { issuedAt: new Date('2020-01-01T00:00:00Z'), expiresInSeconds: 60, header: { typ: undefined } },
    )
    expect(decodeJwt(token)).toMatchObject({ iat: 1_577_836_800, exp: 1_577_836_860, repository: 7 })
    expect(decodeJwt(token).jti).toBeUndefined()
    expect(decodeProtectedHeader(token).typ).toBeUndefined()
  })

  it('rotates: old keys stay published or go, and the kid may stay the same by mistake', async () => {
    const [first] = (await publishedKeys()).keys
    await github.rotate()
    expect((await publishedKeys()).keys.map((key) => key.kid)).toContain(first?.kid)
    const old = await github.mint({}, { key: 'previous' })
    expect(decodeProtectedHeader(old).kid).toBe(first?.kid)
    const kid = await github.rotate({ keepOld: false })
    expect((await publishedKeys()).keys.map((key) => key.kid)).toEqual([kid])
    const before = (await publishedKeys()).keys[0]
    expect(await github.rotate({ sameKid: true })).toBe(kid)
    const after = (await publishedKeys()).keys
    expect(after).toHaveLength(1)
    expect(after[0]?.n).not.toBe(before?.n)
  })
})

describe('the control endpoint', () => {
  it('misdelivers documents in each of the named ways', async () => {
    expect((await control('PUT', '/documents/jwks', { kind: 'status', status: 503 })).status).toBe(200)
    expect((await ask(JWKS)).status).toBe(503)
    await control('PUT', '/documents/jwks', { kind: 'html' })
    expect((await ask(JWKS)).type).toBe('text/html')
    await control('PUT', '/documents/jwks', { kind: 'hang' })
    await expect(ask(JWKS, 200)).rejects.toThrow('no answer in time')
    await control('PUT', '/documents/jwks', { kind: 'slow', delayMs: 150 })
    await expect(ask(JWKS, 50)).rejects.toThrow('no answer in time')
    expect((await ask(JWKS)).status).toBe(200)
    await control('PUT', '/documents/jwks', { kind: 'poison', body: { keys: 'none' } })
    expect(JSON.parse((await ask(JWKS)).body)).toEqual({ keys: 'none' })
    await control('PUT', '/documents/jwks', { kind: 'none' })
    expect((await publishedKeys()).keys).toHaveLength(1)
    expect((await control('PUT', '/documents/jwks', { kind: 'melt' })).status).toBe(400)
  })

  it('rotates, mints, counts and starts runs', async () => {
    const { kid } = (await (await control('POST', '/rotate', {})).json()) as { kid: string }
    expect((await publishedKeys()).keys[0]?.kid).toBe(kid)
    expect(await (await control('GET', '/fetches')).json()).toEqual({ discovery: 0, jwks: 1 })
    const run = (await (await control('POST', '/runs', { repository: 'a/b' })).json()) as {
      idTokenRequestUrl: string
      requestToken: string
    }
    expect(decodeJwt(await tokenFrom(run.idTokenRequestUrl, run.requestToken)).repository).toBe('a/b')
    expect((await control('POST', '/runs', { repo: 'a/b' })).status).toBe(400)
    const { value } = (await (await control('POST', '/mint', { aud: 'x' })).json()) as { value: string }
    expect(decodeJwt(value).aud).toBe('x')
  })

  it('answers 401 without its token and 404 to what is no command', async () => {
    expect((await control('POST', '/rotate', {}, 'guess')).status).toBe(401)
    expect((await control('GET', '/constructor')).status).toBe(404)
  })

  it.each(['/rotate', '/.well-known/../rotate', '/%2e%2e/rotate', '//rotate', '/.well-known/jwks/../../fetches'])(
    'cannot be reached from the public side by %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404)
      const runner = new URL(github.idTokenRequestUrl).origin
      expect((await fetch(runner + path)).status).toBe(404)
    },
  )
})

import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../src/json.ts'
import { knownSource } from '../../src/registry/known/index.ts'
import { openStage, type Stage } from '../stage.ts'
import { ask } from '../testing/ask.ts'
import { workloadSources } from './catalogue.ts'
import { TOKEN_FAULTS, type TokenFault } from './token-faults.ts'

const AUDIENCE = 'entente.example'
let stage: Stage
beforeAll(async () => {
  stage = await openStage(workloadSources)
})
afterAll(() => stage.stop())

const NAMES = workloadSources.map(({ name }) => name)
const OIDC = NAMES.filter((name) => name !== 'spiffe')

async function documentAt(name: string, url: string): Promise<Record<string, unknown>> {
  const answer = await ask(url, { caPem: stage.caPem, port: stage.source(name).port })
  expect(answer.status).toBe(200)
  return Object(JSON.parse(answer.body))
}

/** Where the source says that its keys are. */
async function keysUrlOf(name: string): Promise<string> {
  const { issuerUrl, spiffe } = stage.source(name).registration
  if (spiffe !== undefined) return spiffe.bundleEndpointUrl
  const discovery = await documentAt(name, `${issuerUrl}/.well-known/openid-configuration`)
  expect(discovery.issuer).toBe(issuerUrl)
  return String(discovery.jwks_uri)
}

/** What a verifier would make of the published keys. */
async function keysOf(name: string) {
  const { keys, ...more } = await documentAt(name, await keysUrlOf(name))
  // What our own simulator serves; jose checks it when it makes a key set of it.
  const list = keys as JSONWebKeySet['keys']
  const usable = list.filter(({ use }) => use !== 'x509-svid').map(({ use: _, ...key }) => key)
  return { list, more, verifier: createLocalJWKSet({ keys: usable }) }
}

describe.each(NAMES)('the source %s', (name) => {
  it('is found under the name it plays, and its token verifies by what it publishes', async () => {
    const source = stage.source(name)
    const { verifier } = await keysOf(name)
    const token = await source.mint({ audience: AUDIENCE })
    const { issuerUrl } = source.registration
    const options = name === 'spiffe' ? {} : { issuer: issuerUrl }
    const { payload } = await jwtVerify(token, verifier, { audience: AUDIENCE, ...options })
    expect(payload.sub).toBeTruthy()
    expect(payload.exp).toBeGreaterThan(Date.now() / 1000)
    expect(stage.connectTo).toContain(`=127.0.0.1:${source.port}`)
  })

  it('has the claims that the registry expects of it', async () => {
    const source = stage.source(name)
    const { wellKnownProvider } = source.registration
    const known = knownSource(name === 'kubernetes' ? 'KUBERNETES' : wellKnownProvider.replace(/^.*PROVIDER_/, ''))
    const claims = decodeJwt(await source.mint({ claims: { environment: 'production' } }))
    const pathsIn = (value: Json | undefined, at = ''): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([member, inner]) => [`${at}${member}`, ...pathsIn(inner, `${at}${member} `)])
        : []
    const minted = pathsIn(JSON.parse(JSON.stringify(claims)))
    const expected = pathsIn(known?.sampleClaims)
    expect(expected.length).toBeGreaterThan(1)
    expect(expected.filter((path) => !minted.includes(path))).toEqual([])
  })

  it('mints what it is told, and leaves out what is null', async () => {
    const token = await stage
      .source(name)
      .mint({ audience: 'x', claims: { extra: 1, iat: null }, header: { kid: 'k' } })
    expect(decodeJwt(token)).toMatchObject({ aud: expect.toSatisfy((aud) => [aud].flat()[0] === 'x'), extra: 1 })
    expect(decodeJwt(token)).not.toHaveProperty('iat')
    expect(decodeProtectedHeader(token).kid).toBe('k')
  })

  it('rotates with and without its old key, and under the same kid', async () => {
    const source = stage.source(name)
    const before = await source.mint({ audience: AUDIENCE })
    await source.fail('rotated')
    await jwtVerify(before, (await keysOf(name)).verifier)
    await jwtVerify(await source.mint(), (await keysOf(name)).verifier)
    await source.fail('key-removed')
    await expect(jwtVerify(before, (await keysOf(name)).verifier)).rejects.toThrow()
    const again = await source.mint()
    await source.fail('rotated-same-kid')
    const after = await source.mint()
    expect(decodeProtectedHeader(after).kid).toBe(decodeProtectedHeader(again).kid)
    await expect(jwtVerify(again, (await keysOf(name)).verifier)).rejects.toThrow('signature')
    await jwtVerify(after, (await keysOf(name)).verifier)
    await jwtVerify(await source.mint({ fault: 'withdrawn-key' }), (await keysOf(name)).verifier).then(
      () => expect.unreachable('a key that was removed is still published'),
      () => undefined,
    )
  })

  it.each(Object.keys(TOKEN_FAULTS) as TokenFault[])('mints a token that is %s', async (fault) => {
    const source = stage.source(name)
    const good = await source.mint({ audience: AUDIENCE })
    const token = await source.mint({ audience: AUDIENCE, fault })
    expect(token.split('.')).toHaveLength(3)
    if (fault === 'replayed') return void expect(token).toBe(good)
    expect(token).not.toBe(good)
    // What a library without our rules lets pass is looked at here.
    if (fault === 'access-token') return void expect(decodeProtectedHeader(token).typ).toBe('at+jwt')
    if (fault === 'logout-token') return void expect(decodeJwt(token)).toHaveProperty('events')
    if (fault === 'too-long') return void expect(decodeJwt(token).exp).toBeGreaterThan(Date.now() / 1000 + 200_000)
    if (fault === 'wrong-issuer' && name === 'spiffe')
      return void expect(decodeJwt(token).sub).toMatch(/^spiffe:\/\/other/)
    const { verifier } = await keysOf(name)
    const options = { audience: AUDIENCE, maxTokenAge: '26 h', requiredClaims: ['exp', 'iat'] }
    const issuer = name === 'spiffe' ? {} : { issuer: source.registration.issuerUrl }
    await jwtVerify(good, verifier, { ...options, ...issuer })
    await expect(jwtVerify(token, verifier, { ...options, ...issuer })).rejects.toThrow()
  })
})

describe.each(['gitlab', 'spiffe'])('what %s publishes', (name) => {
  const at = async () => ({ url: await keysUrlOf(name), where: { caPem: stage.caPem, port: stage.source(name).port } })

  it.each<[string, (answer: Awaited<ReturnType<typeof ask>>) => void]>([
    ['unavailable', ({ status }) => expect(status).toBe(503)],
    [
      'redirect',
      ({ status, location }) => expect([status, location]).toEqual([302, expect.stringMatching(/\/moved$/)]),
    ],
    ['html', ({ type }) => expect(type).toBe('text/html')],
    ['empty', ({ body }) => expect(JSON.parse(body).keys).toEqual([])],
    ['without-kids', ({ body }) => expect(body).not.toContain('"kid"')],
    ['private-members', ({ body }) => expect(JSON.parse(body).keys[0]).toHaveProperty('d')],
    ['symmetric', ({ body }) => expect(body).toContain('"oct"')],
    [
      'duplicate-kid',
      ({ body }) => {
        const [first, ...others]: Record<string, string>[] = JSON.parse(body).keys
        expect(others.map(({ kid }) => kid)).toContain(first?.kid)
        expect(first).not.toHaveProperty('d')
      },
    ],
  ])('can be %s, and is mended', async (fault, check) => {
    const { url, where } = await at()
    await stage.source(name).fail(fault)
    check(await ask(url, where))
    stage.source(name).mend()
    const { verifier } = await keysOf(name)
    await jwtVerify(await stage.source(name).mint(), verifier)
  })

  it.each(['hanging', 'slow-drip'])('can be %s', async (fault) => {
    const { url, where } = await at()
    await stage.source(name).fail(fault)
    await expect(ask(url, where, 150)).rejects.toThrow('no answer in time')
    stage.source(name).mend()
  })

  it('follows a clock that is wrong', async () => {
    const now = Date.now() / 1000
    await stage.source(name).fail('clock-ahead')
    expect(decodeJwt(await stage.source(name).mint()).iat).toBeGreaterThan(now + 200)
    await stage.source(name).fail('clock-behind')
    expect(decodeJwt(await stage.source(name).mint()).iat).toBeLessThan(now - 200)
    stage.source(name).mend()
  })

  it('is counted', async () => {
    const { url, where } = await at()
    const { jwks } = stage.source(name).fetches()
    await ask(url, where)
    expect(stage.source(name).fetches().jwks).toBe(jwks + 1)
  })
})

it('64 MiB of keys are that many', async () => {
  const url = await keysUrlOf('spiffe')
  await stage.source('spiffe').fail('huge')
  const { body } = await ask(url, { caPem: stage.caPem, port: stage.source('spiffe').port }, 20_000)
  expect(body.length).toBeGreaterThan(64 * 1_048_576)
  expect(body.trimStart()).toMatch(/^\{"keys"/)
  stage.source('spiffe').mend()
})

describe('discovery', () => {
  it.each(OIDC)('of %s can be about another issuer, or unavailable', async (name) => {
    const source = stage.source(name)
    const url = `${source.registration.issuerUrl}/.well-known/openid-configuration`
    await source.fail('other-issuer')
    expect((await documentAt(name, url)).issuer).toBe('https://issuer.other.example')
    await source.fail('discovery-unavailable')
    expect((await ask(url, { caPem: stage.caPem, port: source.port })).status).toBe(503)
    source.mend()
    expect((await documentAt(name, url)).issuer).toBe(source.registration.issuerUrl)
  })

  it('is nothing that a trust domain has', async () => {
    expect(stage.source('spiffe').faults).not.toHaveProperty('other-issuer')
    await expect(stage.source('spiffe').fail('other-issuer')).rejects.toThrow('no such fault')
  })
})

describe('the bundle of the trust domain', () => {
  it('is numbered anew with each rotation, has keys for both kinds of SVID, and says when to come back', async () => {
    const before = await keysOf('spiffe')
    expect(before.list.map(({ use }) => use)).toEqual(['x509-svid', 'jwt-svid'])
    expect(before.list[0]?.x5c).toHaveLength(1)
    expect(before.more.spiffe_refresh_hint).toBe(300)
    await stage.source('spiffe').rotate()
    const after = await keysOf('spiffe')
    expect(after.list).toHaveLength(3)
    expect(Number(after.more.spiffe_sequence)).toBe(Number(before.more.spiffe_sequence) + 1)
  })

  it('can be older than it was, take all keys back, and be for X.509 only', async () => {
    const spiffe = stage.source('spiffe')
    const sequence = async () => Number((await keysOf('spiffe')).more.spiffe_sequence)
    const before = await sequence()
    await spiffe.fail('older-bundle')
    expect(await sequence()).toBe(before - 1)
    await spiffe.fail('keys-revoked')
    expect(await sequence()).toBe(before + 1)
    expect((await keysOf('spiffe')).list).toEqual([])
    await spiffe.fail('x509-only')
    expect((await keysOf('spiffe')).list.map(({ use }) => use)).toEqual(['x509-svid'])
    spiffe.mend()
    expect(await sequence()).toBe(before + 1)
  })
})

describe('claims that follow from others', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'github',
      { repository: 'a/b', ref: 'refs/tags/v1' },
      { sub: 'repo:a/b:ref:refs/tags/v1', repository_owner: 'a', ref_type: 'tag' },
    ],
    [
      'gitlab',
      { project_path: 'a/b/c', ref: 'v1', ref_type: 'tag' },
      { sub: 'project_path:a/b/c:ref_type:tag:ref:v1', namespace_path: 'a/b', ref_path: 'refs/tags/v1' },
    ],
    [
      'hcp-terraform',
      { terraform_workspace_name: 'w', terraform_run_phase: 'plan' },
      { sub: 'organization:octo-org:project:infra:workspace:w:run_phase:plan' },
    ],
    [
      'aws',
      { sub: 'arn:aws:iam::111122223333:role/r', 'https://sts.amazonaws.com/': { source_region: 'us-east-1' } },
      { 'https://sts.amazonaws.com/': { aws_account: '111122223333', source_region: 'us-east-1', principal_tags: {} } },
    ],
    [
      'kubernetes',
      { sub: 'system:serviceaccount:web:api' },
      { 'kubernetes.io': { namespace: 'web', serviceaccount: { name: 'api' } } },
    ],
  ])('of %s do', async (name, claims, expected) => {
    expect(decodeJwt(await stage.source(name).mint({ claims }))).toMatchObject(expected)
  })
})

describe('another issuer of the same kind', () => {
  it('is played on demand', async () => {
    const issuers = { gitlab: 'https://gitlab.corp.example', spiffe: 'spiffe://corp.example' }
    const kinds = workloadSources.filter(({ name }) => Object.hasOwn(issuers, name))
    const other = await openStage(kinds, { issuers })
    try {
      expect(decodeJwt(await other.source('gitlab').mint())).toMatchObject({
        iss: 'https://gitlab.corp.example',
        ci_config_ref_uri: expect.stringMatching(/^gitlab\.corp\.example\//),
      })
      expect(decodeJwt(await other.source('spiffe').mint()).sub).toBe('spiffe://corp.example/ns/payments/sa/deployer')
      expect(() => other.source('aws')).toThrow('was not started')
    } finally {
      await other.stop()
    }
  })

  it('that cannot start leaves none of the others running', async () => {
    const taken = stage.source('aws').port
    await expect(openStage(workloadSources, { ports: { gitlab: taken } })).rejects.toThrow('EADDRINUSE')
  })
})

describe('the one control endpoint', () => {
  async function control(method: string, path: string, body?: unknown, token = stage.control.token) {
    const response = await fetch(stage.control.url + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }

  it('tells who is there and what can go wrong', async () => {
    const { status, text } = await control('GET', '/')
    expect(status).toBe(200)
    const told = JSON.parse(text)
    expect(told.sources.map(({ name }: { name: string }) => name)).toEqual(NAMES)
    expect(told.tokenFaults).toHaveProperty('expired')
    expect(told.sources[0].faults).toHaveProperty('hanging')
  })

  it('mints, breaks, mends, rotates and counts, each source by itself', async () => {
    const answer = await control('POST', '/gitlab/token', { audience: 'x', claims: { ref: 'dev' } })
    expect(answer.type).toBe('text/plain')
    expect(decodeJwt(answer.text)).toMatchObject({ aud: 'x', ref: 'dev' })
    expect((await control('PUT', '/gitlab/fault', { fault: 'unavailable' })).status).toBe(200)
    const url = 'https://gitlab.com/oauth/discovery/keys'
    const where = { caPem: stage.caPem, port: stage.source('gitlab').port }
    expect((await ask(url, where)).status).toBe(503)
    expect((await control('DELETE', '/gitlab/fault')).status).toBe(200)
    expect((await ask(url, where)).status).toBe(200)
    const { kid } = JSON.parse((await control('POST', '/gitlab/rotate', { keepOld: false })).text)
    expect(JSON.parse((await ask(url, where)).body).keys.map((key: { kid: string }) => key.kid)).toEqual([kid])
    expect(JSON.parse((await control('GET', '/gitlab/fetches')).text).jwks).toBeGreaterThan(2)
    const run = JSON.parse((await control('POST', '/github/runs', { repository: 'a/b', subject: 'ids' })).text)
    const got = await fetch(run.idTokenRequestUrl, { headers: { authorization: `Bearer ${run.requestToken}` } })
    expect(decodeJwt(Object(await got.json()).value).sub).toMatch(/^repo:a@\d+\/b@\d+:ref:refs\/heads\/main$/)
    expect((await control('PUT', '/spiffe/refresh-hint', { seconds: 10 })).status).toBe(200)
    expect((await keysOf('spiffe')).more.spiffe_refresh_hint).toBe(10)
  })

  it.each([
    ['POST', '/gitlab/token', { aud: 'x' }],
    ['POST', '/gitlab/token', { audience: 1 }],
    ['POST', '/gitlab/token', { claims: [] }],
    ['POST', '/gitlab/token', { fault: 'tired' }],
    ['POST', '/gitlab/token', { fault: 'toString' }],
    ['PUT', '/gitlab/fault', { fault: 'constructor' }],
    ['PUT', '/gitlab/fault', {}],
    ['PUT', '/gitlab/fault', { fault: 'older-bundle' }],
    ['PUT', '/spiffe/refresh-hint', { seconds: 'soon' }],
  ])('refuses %s %s %j', async (method, path, body) => {
    expect((await control(method, path, body)).status).toBe(400)
  })

  it('answers 401 without its token, and 404 to what is no command', async () => {
    expect((await control('GET', '/', undefined, 'guess')).status).toBe(401)
    expect((await control('POST', '/jenkins/token')).status).toBe(404)
  })
})

/**
 * Test sign-ins on the real program, with an upstream that we did not write: begun through two faces, also while the provider
 * is off, and nothing in the database is other than before but the record of it.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import type { Browser, Page } from '../../src/planes/openid-provider/testing/browser.ts'
import { NAMESPACE, openSignInWorld, type SignInWorld } from './sign-in-world.ts'
import { program } from './world.ts'

let world: SignInWorld

beforeAll(async () => {
  world = await openSignInWorld()
})
afterAll(() => world?.close())

/** What a test is recorded in, and what marks its address as used; everything else must stay as it is. */
const RECORDS = ['decisions', 'chain_heads', 'logins', 'one_time', 'sqlite_sequence']

/** Every row of every other table, as text. */
function everything(): Readonly<Record<string, string>> {
  const db = new Database(join(world.data, 'entente.db'), { readonly: true })
  const tables = db.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all()
  const names = tables.map(String).filter((name) => !RECORDS.includes(name))
  const all = names.map((name) => [name, JSON.stringify(db.prepare(`select * from "${name}"`).all())] as const)
  db.close()
  expect(names.length).toBeGreaterThan(12)
  return Object.fromEntries(all)
}

/** The moment of the last test is what the pages say of one: it alone may differ. */
const withoutMoment = (tables: Readonly<Record<string, string>>) => ({
  ...tables,
  providers: tables.providers?.replaceAll(/"last_tested_at":(null|\d+)/g, ''),
})

/** Once the sessions have ended that a disabling ends, beside the answer. */
async function settled(): Promise<Readonly<Record<string, string>>> {
  let seen = everything()
  for (let look = 0; look < 20; look++) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = everything()
    if (JSON.stringify(now) === JSON.stringify(seen) && now.sessions === '[]') return now
    seen = now
  }
  return seen
}

async function testUrl(face: 'identity-providers' | 'manifests', id = 'corp'): Promise<string> {
  if (face === 'manifests') {
    const answer = await world.call(200, 'POST', `${NAMESPACE}/workforceidentityproviders/${id}/test`)
    return String(at(answer, 'redirectUrl'))
  }
  return String(at(await world.call(200, 'POST', `/api/identity-providers/${id}/test`), 'redirect_url'))
}

async function test(url: string, login: string, browser: Browser = world.newBrowser()): Promise<Page> {
  const sent = await browser.go(url)
  expect(sent.url, sent.text).toMatch(/^https:\/\/idp\./)
  return await browser.go((await world.throughUpstream(sent.url, login)).href)
}

describe('a test sign-in', () => {
  it.each(['identity-providers', 'manifests'] as const)(
    'begun through %s shows what would happen to somebody new, and changes nothing',
    async (face) => {
      const before = everything()
      const page = await test(await testUrl(face), 'ada')
      const spec = await world.decision('test')
      expect(spec).toMatchObject({
        plane: 'test',
        outcome: 'granted',
        code: 'granted',
        provider: 'corp',
        claims: { sub: 'ada', email: 'ada@corp.example', name: 'ada of corp', iss: world.corp.issuer },
        mapped: { 'google.subject': 'ada' },
        mappers: [],
        person: { how: 'created', email: 'ada@corp.example', displayName: 'ada of corp' },
      })
      expect([page.status, page.text.includes('ada of corp')]).toEqual([200, true])
      expect(withoutMoment(everything())).toEqual(withoutMoment(before))
    },
  )

  it('of somebody who is here already tells what mappers would do, and they do not', async () => {
    const { end } = await world.signIn('bea')
    expect(end.url).toContain('code=')
    await world.call(201, 'POST', '/api/identity-providers/corp/mappers', {
      name: 'staff',
      identity_provider_mapper: 'oidc-hardcoded-group-idp-mapper',
      config: { group: '/staff', syncMode: 'FORCE' },
    })
    const before = everything()
    await test(await testUrl('manifests'), 'bea')
    expect(await world.decision('test')).toMatchObject({
      mappers: [{ name: 'staff', did: 'granted', detail: 'group /staff' }],
      person: { how: 'known', groups: ['/staff'] },
    })
    expect(withoutMoment(everything())).toEqual(withoutMoment(before))
  })

  it('is possible while the provider is disabled, when nobody comes in by it', async () => {
    await world.call(200, 'POST', '/api/identity-providers/corp/disable')
    const before = await settled()
    const page = await test(await testUrl('identity-providers'), 'cleo')
    expect(page.status).toBe(200)
    const spec = await world.decision('test')
    expect(spec).toMatchObject({ outcome: 'granted', claims: { sub: 'cleo' } })
    expect(spec.rungs).toContainEqual(expect.objectContaining({ name: 'provider', outcome: 'skipped' }))
    expect(withoutMoment(everything())).toEqual(withoutMoment(before))
    const { url } = await world.ask({ idp_hint: 'corp' })
    expect((await world.newBrowser().go(url)).url.startsWith(world.server.url)).toBe(true)
    await world.call(200, 'POST', '/api/identity-providers/corp/enable')
  })

  it('that is refused shows the condition part by part, and goes on to the end', async () => {
    const attributeCondition = 'assertion.email_verified && assertion.name == "somebody else"'
    const path = `${NAMESPACE}/workforceidentityproviders/corp`
    await world.call(200, 'PATCH', path, { spec: { attributeCondition } })
    const page = await test(await testUrl('manifests'), 'dora')
    const spec = await world.decision('test')
    expect(spec).toMatchObject({
      outcome: 'refused',
      code: 'condition.false',
      conditionParts: [{ value: 'true' }, { value: 'false', differs: true }],
      person: { how: 'created' },
    })
    expect(page.text).toContain('condition.false')
    await world.call(200, 'PATCH', path, { spec: { attributeCondition: null } })
  })

  it('tells of a lying provider as a sign-in would, and shows no claim of what was not verified', async () => {
    world.liar.lie = { idToken: (claims) => ({ ...claims, iss: 'https://elsewhere.example' }) }
    await test(await testUrl('manifests', 'liar'), 'alice')
    const spec = await world.decision('test')
    expect(spec).toMatchObject({ outcome: 'refused', code: 'issuer.mismatch' })
    world.liar.lie = { sendToken: (token) => `${token.slice(0, -40)}${'A'.repeat(40)}` }
    await test(await testUrl('manifests', 'liar'), 'alice')
    const unsigned = await world.decision('test')
    expect(unsigned).toMatchObject({ outcome: 'refused', code: 'signature.invalid' })
    expect(unsigned).not.toHaveProperty('claims')
    world.liar.lie = { tokenEndpoint: 'fail' }
    await test(await testUrl('manifests', 'liar'), 'alice')
    expect(await world.decision('test')).toMatchObject({ outcome: 'refused', code: 'code.unavailable' })
    world.liar.lie = {}
  })

  it('is noted with the provider when it succeeds', async () => {
    const path = `${NAMESPACE}/workforceidentityproviders/other`
    const moment = async () => at(await world.call(200, 'GET', path), 'status', 'lastTestedAt')
    expect(await moment()).toBeUndefined()
    await test(await testUrl('manifests', 'other'), 'alice')
    // Alice of corp.example is not of the provider's domain.
    expect(await world.decision('test')).toMatchObject({ code: 'domain.foreign' })
    expect(await moment()).toBeUndefined()
    await test(await testUrl('manifests', 'corp'), 'alice')
    const corp = await world.call(200, 'GET', `${NAMESPACE}/workforceidentityproviders/corp`)
    expect(Date.parse(String(at(corp, 'status', 'lastTestedAt')))).toBeGreaterThan(Date.now() - 60_000)
  })

  it('is told by entente explain, and by no line of the log', async () => {
    await test(await testUrl('manifests'), 'frederica')
    const list = await world.call(200, 'GET', `${NAMESPACE}/decisions?plane=test&limit=1`)
    const id = String(at(list, 'items', '0', 'metadata', 'name'))
    const env = { ...process.env, ENTENTE_URL: world.server.url, ENTENTE_TOKEN: world.server.operatorToken() }
    const text = execFileSync(process.execPath, [...program(), 'explain', id], { env, encoding: 'utf8' })
    for (const part of ['would be granted', 'would be a new person', '"frederica of corp"', 'google.subject'])
      expect(text).toContain(part)
    expect(readFileSync(world.server.logFile, 'utf8')).not.toContain('frederica')
  })
})

describe('the address of a test', () => {
  it('is only given to who may change the provider', async () => {
    const path = '/api/identity-providers/corp/test'
    const stranger = await fetch(world.server.url + path, { method: 'POST' })
    expect(stranger.status).toBe(401)
    await world.call(404, 'POST', '/api/identity-providers/nobody/test')
  })

  it('is used up by the first browser, stays so over a restart, and is bound to it', async () => {
    const url = await testUrl('manifests')
    const [first, second] = [world.newBrowser(), world.newBrowser()]
    const sent = await first.go(url)
    expect((await second.go(url)).status).toBe(400)
    const back = await world.throughUpstream(sent.url, 'alice')
    expect((await second.go(back.href)).status).toBe(403)
    expect(await world.decision('test')).toMatchObject({ code: 'login.other_browser' })
    await world.restart()
    expect((await second.go(url)).status).toBe(400)
    expect((await first.go(back.href)).status).toBe(200)
  })

  it('opened by a browser that somebody is signed in with leaves them as they were', async () => {
    const browser = world.newBrowser()
    await world.signIn('gina', 'corp', browser)
    await test(await testUrl('manifests'), 'hugo', browser)
    const { url } = await world.ask({ prompt: 'none' })
    const silent = await browser.go(url)
    expect(new URL(silent.url).searchParams.has('code')).toBe(true)
  })
})

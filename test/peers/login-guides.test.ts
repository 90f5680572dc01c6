/**
 * The guides to the logins of companies, as people follow them: every file and command in them is run, at a provider that
 * knows exactly the client and the redirect address of the guide, and then somebody signs in.
 */

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { entra } from '../../simulators/people/entra.ts'
import { okta } from '../../simulators/people/okta.ts'
import { PEOPLE } from '../../simulators/people/person.ts'
import type { LoginKind, SimulatedLogin } from '../../simulators/people/simulated-login.ts'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import { openBrowser, type Visited } from '../../src/cli/demo/browser.ts'
import { type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { startTxtResolver, type TxtResolver } from '../../src/http/testing/txt-resolver.ts'
import { askFor, CALLBACK } from './app-request.ts'
import { type Ended, endOf } from './run-program.ts'
import { program } from './world.ts'

/** A machine that only runs our tests need not have it. */
const hasCurl = spawnSync('curl', ['--version']).status === 0

const GUIDES = fileURLToPath(new URL('../../docs/guides/', import.meta.url))
const NAMESPACE = '/apis/entente.dev/v1/namespaces/default'
const SECRET = 'the-secret-of-the-guide'
/** The server that the guides speak of. */
const GUIDE_SERVER = 'https://entente.example.com'

interface Guide {
  readonly name: string
  readonly kind: LoginKind
  readonly issuer?: string
  /** What the provider says of everybody, beside what is usual. */
  readonly claims?: object
}

const LOGINS: readonly Guide[] = [
  { name: 'okta', kind: okta },
  { name: 'entra', kind: entra },
  { name: 'google', kind: okta, issuer: 'https://accounts.google.com', claims: { hd: 'corp.example' } },
]

let data: string
let caPem: string
let server: ServerProcess
let operator: Api
let config: client.Configuration
const logins = new Map<string, SimulatedLogin>()
/** What the domains publish. */
const records: Record<string, string[]> = {}
let resolver: TxtResolver

beforeAll(async () => {
  const authority = await createAuthority()
  caPem = authority.caPem
  for (const { name, kind, issuer, claims } of LOGINS) {
    const people = PEOPLE.map((person) => ({ ...person, ...(claims === undefined ? {} : { claims: { ...claims } }) }))
    logins.set(
      name,
      await kind.start({ authority, people, now: () => new Date(), ...(issuer === undefined ? {} : { issuer }) }),
    )
  }
  data = mkdtempSync(join(tmpdir(), 'entente-guides-'))
  writeFileSync(join(data, 'ca.pem'), caPem)
  writeFileSync(
    join(data, 'entente'),
    `#!/bin/sh\nexec ${[process.execPath, ...program()].map((word) => `'${word}'`).join(' ')} "$@"\n`,
  )
  chmodSync(join(data, 'entente'), 0o755)
  resolver = await startTxtResolver(records)
  server = await startServerProcess({
    data,
    program: program(),
    env: {
      ENTENTE_UPSTREAM_CONNECT_TO: [...logins.values()].map(({ connectTo }) => connectTo).join(','),
      ENTENTE_UPSTREAM_CA: join(data, 'ca.pem'),
      ENTENTE_DNS: `${resolver.host}:${resolver.port}`,
    },
  })
  operator = createApi(server.url, server.operatorToken())
  for (const { name } of LOGINS) {
    // Exactly what the guide tells to type there.
    const text = guide(name)
    const redirect = /`(https:\/\/entente\.example\.com\/sign-in\/[^`]*)`/.exec(text)?.[1] ?? ''
    const id = /clientId: (\S+)/.exec(text)?.[1] ?? ''
    of(name).clients.put({ id, secret: SECRET, redirectUris: [redirect.replace(GUIDE_SERVER, server.url)] })
  }
  const app = { redirectUris: [CALLBACK], scopes: ['openid', 'profile', 'email'] }
  const made = await operator.call('POST', `${NAMESPACE}/apps`, {
    apiVersion: 'entente.dev/v1',
    kind: 'App',
    metadata: { name: 'shop' },
    spec: app,
  })
  const secret = String(at(made.body, 'status', 'clientSecret'))
  config = await client.discovery(new URL(server.url), 'shop', secret, client.ClientSecretBasic(secret), {
    execute: [client.allowInsecureRequests],
  })
})

afterEach(async () => {
  for (const login of logins.values()) login.mend()
  for (const { name } of LOGINS) await operator.call('DELETE', `/api/identity-providers/${name}`)
})

afterAll(async () => {
  resolver?.close()
  await Promise.all([server?.stop(), ...[...logins.values()].map((login) => login.stop())])
  rmSync(data, { recursive: true, force: true })
})

const guide = (name: string) => readFileSync(join(GUIDES, `${name}.md`), 'utf8')

function of(name: string): SimulatedLogin {
  const login = logins.get(name)
  if (login === undefined) throw new Error(name)
  return login
}

interface Block {
  readonly language: string
  /** The file that it is; null for a command. */
  readonly file: string | null
  readonly text: string
}

/** Heading → what is below it. */
function sectionsOf(text: string): ReadonlyMap<string, readonly Block[]> {
  const parts = text.split(/^#{2,3} /m).slice(1)
  return new Map(
    parts.map((part): [string, Block[]] => [
      part.split('\n', 1)[0] ?? '',
      [...part.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language = '', file = null, body = '']) => ({
        language,
        file,
        text: body,
      })),
    ]),
  )
}

/** Writes the files of a section and runs its commands; resolves to what the last one printed. */
async function follow(name: string, heading: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  let printed = ''
  const blocks = sectionsOf(guide(name)).get(heading) ?? []
  expect(blocks.length, `${name}: ${heading}`).toBeGreaterThan(0)
  for (const { language, file, text } of blocks) {
    if (file !== null) writeFileSync(join(data, file), text)
    if (language !== 'sh') continue
    const { code, stdout, stderr } = await shell(text, env)
    expect(code, `${text}\n${stdout}${stderr}`).toBe(0)
    printed = stdout
  }
  return printed
}

function shell(script: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const token = server.operatorToken()
  const child = spawn('sh', ['-e', '-c', script], {
    cwd: data,
    env: {
      PATH: `${data}:${process.env.PATH}`,
      ENTENTE_URL: server.url,
      ENTENTE_TOKEN: token,
      TOKEN: token,
      CLIENT_SECRET: SECRET,
      ...env,
    },
  })
  return endOf(child)
}

function visit(url: string): Promise<Visited> {
  const connectTo = [...logins.values()].map((login) => login.connectTo).join(',')
  return openBrowser({ connectTo, caPem, until: CALLBACK })(url)
}

/** Alice by her address alone: the domain says where she belongs. */
async function signIn(email = 'alice@corp.example') {
  const { url, checks } = await askFor(config, { scope: 'openid profile email', login_hint: email })
  const visited = await visit(url.href)
  return { visited, checks: { ...checks, idTokenExpected: true } }
}

/** `granted`, or the code that the decision of the page has. */
async function verdict(): Promise<string> {
  const { visited } = await signIn()
  if (visited.page === null) return 'granted'
  const id = visited.page.headers.get('entente-decision')
  const decision = await operator.call('GET', `${NAMESPACE}/decisions/${id}`)
  return String(at(decision.body, 'spec', 'code'))
}

const FACES = ['By a manifest', 'By the identity-providers API', 'By the iam-providers API']
const WAYS = [
  ...LOGINS.flatMap(({ name }) => FACES.map((face): [string, string] => [name, face])),
  ['entra', 'Several tenants'],
] as const

describe.skipIf(!hasCurl)('the guide to', () => {
  it.each(WAYS)('%s, %s: what it says is stored, and people of the domain come in by it', async (name, heading) => {
    await follow(name, heading)
    const { visited, checks } = await signIn()
    expect(visited.page?.text ?? visited.url).toContain(CALLBACK)
    const tokens = await client.authorizationCodeGrant(config, new URL(visited.url), checks)
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ provider: name, email: 'alice@corp.example' })
    // The mapper of the guide.
    const isMapped = name === 'okta' && heading !== 'By the iam-providers API'
    expect(decodeJwt(tokens.access_token).roles).toEqual(isMapped ? ['viewer'] : [])
  })

  it.each(LOGINS)('$name: the test sign-in shows what came, and makes nobody', async ({ name }) => {
    await follow(name, 'By the identity-providers API')
    const before = await operator.call('GET', `${NAMESPACE}/persons`)
    const { redirect_url: url } = JSON.parse(await follow(name, '3. Try it'))
    const { page } = await visit(url)
    expect(page?.status, page?.text).toBe(200)
    expect(page?.text).toContain('alice@corp.example')
    const after = await operator.call('GET', `${NAMESPACE}/persons`)
    expect(at(after.body, 'items')).toEqual(at(before.body, 'items'))
  })

  it.each([
    ['okta', 'access-denied', 'upstream.access_denied'],
    ['okta', 'level-refused', 'upstream.level_unmet'],
    ['okta', 'wrong-state', 'login.unknown'],
    ['okta', 'wrong-nonce', 'nonce.mismatch'],
    ['okta', 'wrong-at-hash', 'token.hash_mismatch'],
    ['okta', 'wrong-code', 'code.refused'],
    ['okta', 'token-unavailable', 'code.unavailable'],
    ['okta', 'userinfo-unavailable', 'userinfo.unavailable'],
    ['okta', 'wrong-issuer', 'issuer.mismatch'],
    ['entra', 'wrong-tenant', 'issuer.mismatch'],
    ['entra', 'missing-oid', 'subject.object_missing'],
    ['google', 'access-denied', 'upstream.access_denied'],
  ])('%s tells of %s by the code %s', async (name, fault, code) => {
    await follow(name, 'By the identity-providers API')
    await of(name).fail(fault)
    expect(await verdict()).toBe(code)
    expect(`${guide(name)}${guide('company-logins')}`).toContain(`\`${code}\``)
  })

  it('google refuses who is of another Workspace, or of none', async () => {
    await follow('google', 'By the identity-providers API')
    const login = of('google')
    const [alice] = PEOPLE
    if (alice === undefined) throw new Error('nobody')
    login.cast.put({ ...alice, claims: { hd: 'other.example' } })
    expect(await verdict()).toBe('condition.false')
    login.cast.put({ ...alice, claims: {} })
    expect(await verdict()).toBe('condition.error')
    login.cast.put({ ...alice, claims: { hd: 'corp.example' } })
    expect(await verdict()).toBe('granted')
  })

  it('a secret that is another one is told as such', async () => {
    await follow('okta', 'By the identity-providers API', { CLIENT_SECRET: 'an-old-secret' })
    expect(await verdict()).toBe('code.client_refused')
  })

  it('explains a refusal by the number on the page, with the command of the guide', async () => {
    await follow('okta', 'By the identity-providers API')
    await of('okta').fail('wrong-nonce')
    const { visited } = await signIn()
    const id = visited.page?.headers.get('entente-decision') ?? ''
    expect(visited.page?.text).toContain(id)
    expect(await follow('company-logins', 'If somebody cannot sign in', { DECISION_ID: id })).toContain(
      'nonce.mismatch',
    )
  })

  it('a domain is proved by the record that the guide says, and routes its people then', async () => {
    const okta = of('okta').registration
    await operator.call('POST', '/api/identity-providers', { ...okta, domains: [] })
    const heading = 'Whose people go where'
    expect(JSON.parse(await follow('company-logins', heading)).status).toMatchObject({ verified: false })
    const { visited: asked } = await signIn()
    expect(asked.page?.text).toContain('name="identifier"')
    const domain = await operator.call('GET', `${NAMESPACE}/domains/corp-example`)
    records['_entente.corp.example'] = [String(at(domain.body, 'status', 'challenge'))]
    expect(JSON.parse(await follow('company-logins', heading)).status).toMatchObject({ verified: true })
    const { visited } = await signIn()
    expect(visited.url).toContain(CALLBACK)
    await operator.call('DELETE', `${NAMESPACE}/domains/corp-example`)
  })

  it('every code in the guides is one of ours', () => {
    const known = readFileSync(join(GUIDES, '../reference/faults.md'), 'utf8')
    for (const name of ['okta', 'entra', 'google', 'company-logins']) {
      const codes = [...guide(name).matchAll(/^\| (`[a-z_]+\.[a-z_]+`(?:, `[a-z_]+\.[a-z_]+`)*) \|/gm)].flatMap(
        ([, cell = '']) => cell.split(', '),
      )
      expect(codes.length, name).toBeGreaterThan(2)
      for (const code of codes) expect(known, `${name}: ${code}`).toContain(`| ${code} |`)
    }
  })
})

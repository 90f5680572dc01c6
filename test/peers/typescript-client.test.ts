/** The typed client, as published: packed, installed beside a consumer, compiled by it, and run through all five faces. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServerProcess } from '../../src/cli/demo/server-process.ts'
import { createEntenteClient, dataOf, type EntenteClient, EntenteRefusal } from '../../src/client/index.ts'
import { type CompanyLogin, startCompanyLogin } from './company-login.ts'
import { program } from './world.ts'

let login: CompanyLogin
let server: Awaited<ReturnType<typeof startServerProcess>>
let client: EntenteClient
const data = mkdtempSync(join(tmpdir(), 'entente-client-'))

beforeAll(async () => {
  login = await startCompanyLogin()
  const ca = join(data, 'ca.pem')
  writeFileSync(ca, login.caPem)
  const env = { ENTENTE_UPSTREAM_CONNECT_TO: login.connectTo, ENTENTE_UPSTREAM_CA: ca }
  server = await startServerProcess({ data, program: program(), env })
  client = createEntenteClient({ baseUrl: server.url, token: () => server.operatorToken() })
})
afterAll(async () => {
  await Promise.all([server?.stop(), login?.stop()])
  rmSync(data, { recursive: true, force: true })
})

const SECRET = 'a-secret-that-no-answer-shows'

describe('the typed client', () => {
  it('writes through each face, and reads in another what the one wrote', async () => {
    const { provider: source } = await dataOf(
      client.POST('/api/v1/workload_federation/providers', {
        body: { displayName: 'CI', issuerUrl: login.issuer, wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM' },
      }),
    )
    const { stepUpProvider: stronger } = await dataOf(
      client.POST('/api/v1/step-up/providers', {
        body: {
          displayName: 'Strong login',
          issuerUrl: login.issuer,
          clientId: 'entente',
          clientSecret: SECRET,
          oauth2: { acrValues: ['phr'] },
        },
      }),
    )
    const discoveryUrl = `${login.issuer}/.well-known/openid-configuration`
    const customer = await dataOf(
      client.POST('/v1/regions/global/iam/providers', {
        body: {
          id: 'customer-a',
          displayName: 'Customer A',
          tenantDomain: 'customer-a.example',
          oidcConfig: { discoveryUrl, clientId: 'entente', clientSecret: SECRET },
        },
      }),
    )
    const shown = await dataOf(
      client.GET('/api/identity-providers/{alias}', { params: { path: { alias: 'customer-a' } } }),
    )
    const path = { organisation: 'default', name: 'customer-a' }
    const manifest = await dataOf(
      client.GET('/apis/entente.dev/v1/namespaces/{organisation}/workforceidentityproviders/{name}', {
        params: { path },
      }),
    )
    const issuers = [source?.issuerUrl, stronger?.issuerUrl, customer.oidcConfig?.discoveryUrl]
    expect(issuers).toEqual([login.issuer, login.issuer, discoveryUrl])
    expect([shown.display_name, manifest.spec.oidc?.issuerUri]).toEqual(['Customer A', login.issuer])
    expect(JSON.stringify([stronger, customer, shown, manifest])).not.toContain(SECRET)
  })

  it('gives a refusal in the words of the face, or throws it', async () => {
    const oidcConfig = { discoveryUrl: 'ftp://login.example', clientId: '' }
    const body = { displayName: '', tenantDomain: '', oidcConfig }
    const { error, response } = await client.POST('/v1/regions/global/iam/providers', { body })
    expect([response.status, error?.error.code]).toEqual([400, 400])
    const lost = dataOf(client.GET('/api/identity-providers/{alias}', { params: { path: { alias: 'nobody' } } }))
    await expect(lost).rejects.toThrow(EntenteRefusal)
    await expect(lost).rejects.toMatchObject({ status: 404, body: { detail: expect.anything() } })
  })

  it('acts in the organisation that it is made for', async () => {
    await dataOf(
      client.POST('/apis/entente.dev/v1/organizations', {
        body: { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: { name: 'acme' }, spec: {} },
      }),
    )
    const acme = createEntenteClient({ baseUrl: server.url, token: server.operatorToken(), organization: 'acme' })
    expect(await dataOf(acme.GET('/api/identity-providers'))).toEqual({ items: [], total: 0 })
  })

  it('gets a token with a credential, by a form, and acts with it', async () => {
    const { servicePrincipal } = await dataOf(
      client.POST('/api/v1/service_principals', { body: { displayName: 'Reader', roleIds: ['viewer'] } }),
    )
    const { credential, clientSecret } = await dataOf(
      client.POST('/api/v1/service_principals/{service_principal_id}/credentials', {
        params: { path: { service_principal_id: servicePrincipal?.id ?? '' } },
        body: { displayName: 'client' },
      }),
    )
    const nobody = createEntenteClient({ baseUrl: server.url })
    const body = {
      grant_type: 'client_credentials',
      client_id: credential?.clientId ?? '',
      client_secret: clientSecret ?? '',
    }
    const issued = await dataOf(nobody.POST('/oauth2/token', { body }))
    const reader = createEntenteClient({ baseUrl: server.url, token: async () => issued.access_token ?? '' })
    expect((await dataOf(reader.GET('/api/identity-providers'))).total).toBe(1)
    const { error, response } = await reader.POST('/api/v1/service_principals', { body: { displayName: 'More' } })
    expect([response.status, error?.code]).toEqual([403, 7])
    const refused = await nobody.POST('/oauth2/token', { body: { ...body, client_secret: 'wrong' } })
    expect([refused.response.status, refused.error?.error]).toEqual([401, 'invalid_client'])
    expect(refused.error?.decision_id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is refused without a token', async () => {
    const nobody = createEntenteClient({ baseUrl: server.url })
    expect((await nobody.GET('/api/identity-providers')).response.status).toBe(401)
  })
})

/** `@ts-expect-error` is itself an error where the line below would compile. */
const CONSUMER = `
import { createEntenteClient, dataOf } from 'entente/client'

const client = createEntenteClient({ baseUrl: process.argv[2] ?? '', token: process.argv[3] ?? '' })
const { items, total } = await dataOf(client.GET('/api/identity-providers', { params: { query: { max: '10' } } }))
const names: string[] = items.map(({ alias }) => alias)
process.stdout.write(names.join(' ') + ' of ' + total)

export async function wrong() {
  // @ts-expect-error there is no such path
  await client.GET('/api/identity-provider')
  // @ts-expect-error an alias is a text
  await client.GET('/api/identity-providers/{alias}', { params: { path: { alias: 1 } } })
  // @ts-expect-error a name is a text
  await client.POST('/api/v1/workload_federation/providers', { body: { displayName: 1 } })
  // @ts-expect-error a field is missing
  await client.POST('/v1/regions/global/iam/providers', { body: { displayName: 'Customer A' } })
  // @ts-expect-error a field is not known
  await client.POST('/api/v1/service_principals', { body: { displayName: 'Reader', roles: [] } })
  // @ts-expect-error a parameter is not known
  await client.GET('/api/identity-providers', { params: { query: { limit: '10' } } })
  // @ts-expect-error an answer has no secret
  const { client_secret } = await dataOf(client.GET('/api/identity-providers/{alias}', { params: { path: { alias: 'a' } } }))
  // @ts-expect-error the page has no such value
  await client.POST('/api/v1/workload_federation/providers', { body: { wellKnownProvider: 'GITHUB' } })
}
`

/** Runs as an API that knows our tokens, and as the page that meets its challenge. */
const API = `
import { createResourceServer, guardFetch, type Needs } from 'entente/resource-server'
import { type StepUpChallenge, stepUpOf } from 'entente/resource-server/browser'

const [issuer = '', token = ''] = process.argv.slice(2)
const tokens = createResourceServer({ issuer, audience: issuer })
async function send(authorization: string, needs: Needs): Promise<Response> {
  const guarded = guardFetch(tokens, needs, (_request, claims) => Response.json({ client: claims.client_id }))
  return await guarded(new Request('https://bank.example/transfers', { method: 'POST', headers: { authorization } }))
}
const plain = await send('Bearer ' + token, {})
const forged = await send('Bearer ' + token.slice(0, -8) + 'AAAAAAAA', {})
const strong = await send('Bearer ' + token, { acrValues: ['urn:entente:acr:2fa'], maxAge: 300 })
const wanted: StepUpChallenge | null = stepUpOf(strong)
const said = { plain: await plain.json(), forged: forged.status, strong: strong.status, wanted, no: stepUpOf(forged) }
process.stdout.write(JSON.stringify(said))

// @ts-expect-error an issuer is needed
export const wrong = () => createResourceServer({ audience: 'https://bank.example' })
// @ts-expect-error a need is not known
export const unknown = () => send(token, { acr: 'phr' })
`

/** The client id of a machine, and a token of its own. */
async function machine(): Promise<readonly [string, string]> {
  const { servicePrincipal } = await dataOf(
    client.POST('/api/v1/service_principals', { body: { displayName: 'Till', roleIds: ['viewer'] } }),
  )
  const { credential, clientSecret } = await dataOf(
    client.POST('/api/v1/service_principals/{service_principal_id}/credentials', {
      params: { path: { service_principal_id: servicePrincipal?.id ?? '' } },
      body: { displayName: 'client' },
    }),
  )
  const client_id = credential?.clientId ?? ''
  const body = { grant_type: 'client_credentials', client_id, client_secret: clientSecret ?? '' }
  const { access_token = '' } = await dataOf(client.POST('/oauth2/token', { body }))
  return [client_id, access_token]
}

describe('the package', () => {
  it('is installed, compiled against and run by a program that knows nothing of the house', {
    timeout: 240_000,
  }, async () => {
    const root = new URL('../../', import.meta.url).pathname
    const modules = join(root, 'node_modules')
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
    const consumer = join(data, 'consumer')
    const installed = join(consumer, 'node_modules')
    mkdirSync(join(installed, 'entente'), { recursive: true })
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', consumer], {
      cwd: root,
      encoding: 'utf8',
    })
    const tarball = join(consumer, packed.trim())
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(installed, 'entente')])
    // What the server finds there when it is asked for /console/.
    const shell = readFileSync(join(installed, 'entente/dist/console/index.html'), 'utf8')
    expect(shell).toContain('src="/console/assets/')
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers', 'jose', '@types']) {
      symlinkSync(join(modules, name), join(installed, name))
    }
    writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(consumer, 'main.ts'), CONSUMER)
    writeFileSync(join(consumer, 'api.ts'), API)
    const settings = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ]
    execFileSync(process.execPath, [join(modules, 'typescript/bin/tsc'), ...settings, 'main.ts', 'api.ts'], {
      cwd: consumer,
      stdio: 'inherit',
    })
    const printed = execFileSync(process.execPath, ['main.js', server.url, server.operatorToken()], {
      cwd: consumer,
      encoding: 'utf8',
    })
    expect(printed).toBe('customer-a of 1')
    const [clientId, token] = await machine()
    const judged = execFileSync(process.execPath, ['api.js', server.url, token], { cwd: consumer, encoding: 'utf8' })
    expect(JSON.parse(judged)).toEqual({
      plain: { client: clientId },
      forged: 401,
      strong: 401,
      wanted: { acrValues: 'urn:entente:acr:2fa', maxAge: '300' },
      no: null,
    })
  })
})

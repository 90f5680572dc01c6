/**
 * Canaries in every secret field of every face, and in places where secrets do not belong: found in no answer, log line,
 * decision, audit record, error, export or file of the real program.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import { type IssuerSimulator, startIssuer } from '../../simulators/issuer.ts'
import { at } from '../../src/cli/demo/api.ts'
import { type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { program } from './world.ts'

const ISSUER = 'https://login.canary.example'
const MANIFESTS = '/apis/entente.dev/v1/namespaces/default'
const IDENTITY = '/api/identity-providers'
const IAM = '/v1/regions/global/iam/providers'
const STEP_UP = '/api/v1/step-up/providers'

let data: string
let issuer: IssuerSimulator
let server: ServerProcess
/** Where each was planted. */
const canaries = new Map<string, string>()
/** Everything the program said, with what it was the answer to. */
const said: { readonly to: string; readonly text: string }[] = []

function canary(place: string): string {
  const value = `canary-${randomBytes(27).toString('base64url')}`
  canaries.set(value, place)
  return value
}

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, {
    redirect: 'manual',
    method,
    headers: {
      authorization: `Bearer ${server.operatorToken()}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  // A redirect, and the link beside it, give the app back the `state` it sent: RFC 6749, section 4.1.2.1.
  const shown = `${text}\n${JSON.stringify([...answer.headers])}`.replace(/\bstate=[\w%-]*/g, 'state=')
  said.push({ to: `${method} ${path}`, text: shown })
  return { status: answer.status, text, body: text.startsWith('{') ? (JSON.parse(text) as unknown) : null }
}

beforeAll(async () => {
  const authority: CertificateAuthority = await createAuthority()
  const discovery = {
    authorization_endpoint: `${ISSUER}/authorize`,
    token_endpoint: `${ISSUER}/token`,
    userinfo_endpoint: `${ISSUER}/userinfo`,
    response_types_supported: ['code'],
  }
  issuer = await startIssuer({ issuer: ISSUER, authority, discovery })
  data = mkdtempSync(join(tmpdir(), 'entente-canaries-'))
  writeFileSync(join(data, 'ca.pem'), authority.caPem)
  const env = {
    ENTENTE_UPSTREAM_CONNECT_TO: issuer.connectTo,
    ENTENTE_UPSTREAM_CA: join(data, 'ca.pem'),
    ENTENTE_LOG_LEVEL: 'debug',
  }
  server = await startServerProcess({ data, program: program(), env })
})
afterAll(async () => {
  await server?.stop()
  await issuer?.stop()
  rmSync(data, { recursive: true, force: true })
})

const oidc = (secret: string) => ({ issuer: ISSUER, client_id: 'c', client_secret: secret })
const wellKnown = `${ISSUER}/.well-known/openid-configuration`

async function plant(): Promise<string[]> {
  const statuses: string[] = []
  const note = async (name: string, answer: Promise<{ status: number }>) =>
    statuses.push(`${name} ${(await answer).status}`)
  const iam = { discoveryUrl: wellKnown, clientId: 'c', clientSecret: canary('iam-providers create') }
  await note('iam', send('POST', IAM, { id: 'iam', displayName: 'I', tenantDomain: 'i.example', oidcConfig: iam }))
  await note('iam patch', send('PATCH', `${IAM}/iam`, { oidcConfig: { clientSecret: canary('iam-providers patch') } }))
  const identity = {
    alias: 'identity',
    display_name: 'I',
    provider_id: 'oidc',
    oidc_config: oidc(canary('identity-providers create')),
  }
  await note('identity', send('POST', IDENTITY, identity))
  await note(
    'identity put',
    send('PUT', `${IDENTITY}/identity`, { ...identity, oidc_config: oidc(canary('identity-providers put')) }),
  )
  await note(
    'identity patch',
    send('PATCH', `${IDENTITY}/identity`, { oidc_config: { client_secret: canary('identity-providers patch') } }),
  )
  await note(
    'manifest',
    send('PUT', `${MANIFESTS}/workforceidentityproviders/manifest`, {
      apiVersion: 'entente.dev/v1',
      kind: 'WorkforceIdentityProvider',
      metadata: { name: 'manifest' },
      spec: {
        attributeMapping: [{ key: 'google.subject', value: 'assertion.sub' }],
        oidc: {
          issuerUri: ISSUER,
          clientId: 'c',
          webSsoConfig: { responseType: 'CODE', assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS' },
        },
      },
    }),
  )
  await note(
    'manifest secret',
    send('PUT', `${MANIFESTS}/workforceidentityproviders/manifest/secret`, {
      clientSecret: canary('manifests secret'),
    }),
  )
  const stepUp = {
    displayName: 'S',
    issuerUrl: ISSUER,
    clientId: 'c',
    clientSecret: canary('step-up create'),
    oauth2: { acrValues: ['phr'] },
  }
  await note('step-up', send('POST', STEP_UP, stepUp))
  await note('step-up secret', send('POST', `${STEP_UP}/s/secret`, { clientSecret: canary('step-up secret') }))
  const app = { redirectUris: ['https://a.example/cb'], clientSecret: canary('app secret') }
  await note(
    'app',
    send('POST', `${MANIFESTS}/apps`, {
      apiVersion: 'entente.dev/v1',
      kind: 'App',
      metadata: { name: 'shop' },
      spec: app,
    }),
  )
  return statuses
}

/** Where secrets do not belong: refused, and not repeated. */
async function misplace(): Promise<void> {
  const { d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  canaries.set(String(d), 'private member of a key set')
  const jwksJson = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d }] })
  await send('POST', '/api/v1/workload_federation/providers', {
    displayName: 'k',
    issuerUrl: ISSUER,
    wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM',
    oidc: { jwksJson },
  })
  await send('POST', IAM, {
    displayName: 'x',
    tenantDomain: 'x.example',
    oidcConfig: { discoveryUrl: wellKnown, clientId: 'c', client_secret: canary('unknown field') },
  })
  await send('POST', IDENTITY, `{"alias":"x","oidc_config":{"client_secret":"${canary('broken body')}"`)
  await send('POST', IDENTITY, {
    alias: 'X Y',
    display_name: 'x',
    provider_id: 'oidc',
    oidc_config: oidc(canary('refused body')),
  })
  await send('POST', IDENTITY, {
    alias: 'identity',
    display_name: 'I',
    provider_id: 'oidc',
    oidc_config: oidc(canary('conflict')),
  })
  await send('POST', STEP_UP, { displayName: 'x', clientSecret: [canary('wrong type')] })
  await send(
    'POST',
    '/apis/entente.dev/v1/apply?dryRun=All&namespace=default',
    [
      `apiVersion: entente.dev/v1\nkind: App\nmetadata:\n  name: dry\nspec:\n  redirectUris: [https://a.example/cb]\n  clientSecret: ${canary('dry run')}\n`,
    ].join('---\n'),
    { 'content-type': 'application/yaml' },
  )
  await send('GET', `${IAM}?filter=${canary('query string')}`)
  const token = canary('subject token')
  for (const path of ['/oauth2/token', '/auth/v1/token', '/v1/token']) {
    const form = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: `${token}.${token}.${token}`,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      client_id: 'nobody',
      client_secret: canary('client secret at the token endpoint'),
    })
    await send('POST', path, form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: '',
    })
  }
  await send('GET', IAM, undefined, { authorization: `Bearer ${canary('wrong bearer token')}` })
  await send('GET', `/oauth2/authorize?client_id=shop&request=${canary('request object')}&state=${canary('state')}`)
}

async function readEverything(): Promise<void> {
  for (const path of [
    IAM,
    `${IAM}/iam`,
    IDENTITY,
    `${IDENTITY}/identity`,
    `${IDENTITY}/identity/mappers`,
    `${IDENTITY}/identity/export`,
    STEP_UP,
    `${STEP_UP}/s`,
    '/api/v1/workload_federation/providers',
    '/openapi.json',
    '/metrics',
    ...[
      'apps',
      'workforceidentityproviders',
      'stepupproviders',
      'workloadproviders',
      'decisions',
      'auditrecords',
      'signingkeys',
      'persons',
      'domains',
    ].map((plural) => `${MANIFESTS}/${plural}`),
  ]) {
    await send('GET', path)
  }
  await send('POST', '/api/v1/search/step-up/providers', {})
}

/** As it is, and as it would look in other spellings. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]
}

it('no secret is shown, logged or stored in the clear', async () => {
  expect((await plant()).filter((line) => !/ 20[0-4]$/.test(line))).toEqual([])
  const secretOfApp = await send('POST', `${MANIFESTS}/apps`, {
    apiVersion: 'entente.dev/v1',
    kind: 'App',
    metadata: { name: 'made' },
    spec: { redirectUris: ['https://a.example/cb'] },
  })
  const made = String(at(secretOfApp.body, 'status', 'clientSecret'))
  // Shown once, on purpose: this one answer is no finding.
  said.pop()
  canaries.set(made, 'secret that was made for an app')
  canaries.set(server.operatorToken(), 'operator token')
  canaries.set(readFileSync(join(data, 'seal-key'), 'utf8').trim(), 'seal key')
  await misplace()
  await readEverything()

  const files = readdirSync(data).filter((name) => !['operator-token', 'seal-key', 'ca.pem'].includes(name))
  expect(files).toContain('entente.db')
  expect(files).toContain('server.log')
  const places = [
    ...said.map(({ to, text }) => ({ to: `answer to ${to.replace(/canary-[\w-]+/g, '…')}`, text })),
    ...files.map((name) => ({ to: `file ${name}`, text: readFileSync(join(data, name), 'latin1') })),
  ]
  const found = [...canaries].flatMap(([secret, planted]) =>
    places
      .filter(({ text }) => spellings(secret).some((one) => text.includes(one)))
      .map(({ to }) => `${planted}: in ${to}`),
  )
  expect(found).toEqual([])
  expect(canaries.size).toBeGreaterThan(20)
})

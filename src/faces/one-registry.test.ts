/** One record behind the faces: what one writes, another shows; what it cannot see, it never erases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { iamProviders } from './iam-providers/index.ts'
import { identityProviders } from './identity-providers/index.ts'
import { manifests } from './manifests/index.ts'
import { openTestApp, type TestApp } from './testing/app.ts'
import { type Cell, FACES, type FaceName, type FieldRow, NAME, OIDC_ROWS, SAML_ROWS } from './testing/shared-fields.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp([iamProviders, identityProviders, manifests])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const LIST = {
  'iam-providers': '/v1/regions/global/iam/providers',
  'identity-providers': '/api/identity-providers',
  manifests: '/apis/entente.dev/v1/namespaces/default/workforceidentityproviders',
} as const
const at = (face: FaceName) => `${LIST[face]}/${NAME}`

const OIDC = {
  alias: NAME,
  display_name: 'First',
  provider_id: 'oidc',
  oidc_config: { issuer: 'https://first.example', client_id: 'c' },
}
const SAML = {
  alias: NAME,
  display_name: 'First',
  provider_id: 'saml',
  saml_config: {
    idp_entity_id: 'https://first.example',
    single_sign_on_service_url: 'https://first.example/sso',
    signing_certificate: 'MIIC',
  },
}

/** `a.b` with a value as a body that names nothing else. */
function bodyOf([path, value]: Cell): Json {
  return path.split('.').reduceRight<Json>((inner, name) => ({ [name]: inner }), value)
}

/** Answers of identity-providers have one `config` for both blocks. */
function memberAt(body: Json, path: string): Json {
  const shown = path.replace(/^(?:oidc|saml)_config\./, 'config.')
  return shown.split('.').reduce<Json>((value, name) => Object(value)[name] ?? null, body)
}

async function make(body: object): Promise<void> {
  await app.send('DELETE', at('identity-providers'))
  const answer = await app.send('POST', LIST['identity-providers'], body)
  expect(answer.status, answer.text).toBe(201)
}

async function writeThrough(face: FaceName, cell: Cell): Promise<void> {
  const answer = await app.send('PATCH', at(face), bodyOf(cell))
  expect(answer.status, answer.text).toBe(200)
}

async function expectShown(row: FieldRow): Promise<void> {
  for (const face of FACES) {
    const cell = row.cells[face]
    if (cell === undefined) continue
    const answer = await app.send('GET', at(face))
    expect(answer.status, answer.text).toBe(200)
    expect(memberAt(answer.body, cell[0]), `${cell[0]} in ${face}`).toEqual(cell[1])
  }
}

describe.each([
  ['OpenID Connect', OIDC, OIDC_ROWS],
  ['SAML', SAML, SAML_ROWS],
] as const)('a provider of %s', (_protocol, body, rows) => {
  it.each(rows.map((row) => [row.title, row] as const))(
    'has its %s in every face that can say it',
    async (_title, row) => {
      if (row.isFixed === true) {
        await make(body)
        return expectShown(row)
      }
      for (const face of FACES) {
        const cell = row.cells[face]
        if (cell === undefined) continue
        await make(body)
        await writeThrough(face, cell)
        await expectShown(row)
        // What the others write beside it takes nothing away.
        const name = rows.find(({ title }) => title === (row.title === 'display name' ? 'switch' : 'display name'))
        for (const other of FACES) {
          const beside = name?.cells[other]
          if (beside !== undefined) await writeThrough(other, beside)
        }
        await expectShown(row)
      }
    },
  )
})

describe('defaults', () => {
  const READ = {
    'iam-providers': {
      displayName: NAME,
      tenantDomain: '',
      oidcConfig: { discoveryUrl: 'https://first.example/.well-known/openid-configuration', clientId: 'c' },
    },
    'identity-providers': {
      display_name: NAME,
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      first_login: 'create',
      config: { default_scope: 'openid email profile', sync_mode: 'INHERIT', pkce_method: 'S256' },
    },
    manifests: {
      spec: {
        displayName: NAME,
        attributeMapping: [{ key: 'google.subject', value: 'assertion.sub' }],
        oidc: { webSsoConfig: { responseType: 'CODE' } },
      },
    },
  }

  it('are the same whichever face made the provider', async () => {
    const manifest = {
      apiVersion: 'entente.dev/v1',
      kind: 'WorkforceIdentityProvider',
      metadata: { name: NAME },
      spec: { oidc: { issuerUri: 'https://first.example', clientId: 'c' } },
    }
    await app.send('DELETE', at('identity-providers'))
    expect((await app.send('POST', LIST.manifests, manifest)).status).toBe(201)
    for (const face of FACES) expect((await app.send('GET', at(face))).body).toMatchObject(READ[face])
  })

  it('show no secret of one face in another', async () => {
    await app.send('DELETE', at('identity-providers'))
    const body = {
      id: NAME,
      displayName: 'First',
      tenantDomain: 'a.example',
      oidcConfig: {
        discoveryUrl: 'https://first.example/.well-known/openid-configuration',
        clientId: 'c',
        clientSecret: 'correct horse',
      },
    }
    expect((await app.send('POST', LIST['iam-providers'], body)).status).toBe(201)
    for (const face of FACES) expect((await app.send('GET', at(face))).text).not.toContain('horse')
    const { body: shown } = await app.send('GET', at('identity-providers'))
    expect(shown).toMatchObject({ config: { client_secret: '**********' }, domains: ['a.example'] })
  })

  it('leave out of each face what it cannot say', async () => {
    await make(SAML)
    expect((await app.send('GET', at('iam-providers'))).status).toBe(404)
    const { idp_entity_id: _, ...nameless } = SAML.saml_config
    await make({ ...SAML, saml_config: nameless })
    expect((await app.send('GET', at('manifests'))).status).toBe(404)
    await make({ ...OIDC, known_provider: 'github', oidc_config: { client_id: 'c' } })
    for (const face of ['iam-providers', 'manifests'] as const)
      expect((await app.send('GET', at(face))).status).toBe(404)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { identityProviders } from './index.ts'
import { details, make, places, ROOT, types, valid, validSaml } from './testing/requests.ts'

let app: TestApp
let url: string
let samlUrl: string
const send = (method: string, path: string, body?: unknown, who?: string | null) => app.send(method, path, body, who)

beforeAll(async () => {
  app = await openTestApp([identityProviders])
  url = `${ROOT}/${await make(app)}`
  samlUrl = `${ROOT}/${await make(app, validSaml())}`
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

let made = 0
const mapper = (fields: object = {}) => ({
  name: `mapper-${made++}`,
  identity_provider_mapper: 'oidc-user-attribute-idp-mapper',
  config: { claim: 'department', 'user.attribute': 'department', syncMode: 'FORCE' },
  ...fields,
})

describe('a mapper', () => {
  it('is made, read, replaced, changed and deleted', async () => {
    const body = mapper()
    const created = await send('POST', `${url}/mappers`, body)
    const { id } = Object(created.body)
    expect(created).toMatchObject({ status: 201, headers: { location: `${url}/mappers/${id}` }, body: { ...body, id } })
    const at = `${url}/mappers/${id}`
    expect((await send('GET', at)).body).toEqual({ ...body, id })
    const replaced = {
      name: body.name,
      identity_provider_mapper: 'oidc-hardcoded-role-idp-mapper',
      config: { role: 'auditor' },
    }
    expect((await send('PUT', at, replaced)).body).toEqual({ ...replaced, id })
    expect((await send('PATCH', at, { config: { role: 'admin', syncMode: 'IMPORT' } })).body).toEqual({
      ...replaced,
      id,
      config: { role: 'admin', syncMode: 'IMPORT' },
    })
    expect((await send('PATCH', at, { config: { syncMode: null } })).body).toMatchObject({ config: { role: 'admin' } })
    expect(Object((await send('GET', url)).body).mapper_count).toBe(1)
    expect(await send('DELETE', at)).toMatchObject({ status: 204, text: '' })
    expect(types(await send('DELETE', at))).toEqual(['mapper.unknown'])
    expect(Object((await send('GET', url)).body).mapper_count).toBe(0)
  })

  it.each<[string, object, string[]]>([
    ['no type', { identity_provider_mapper: undefined }, ['body/identity_provider_mapper']],
    ['an unknown type', { identity_provider_mapper: 'x' }, ['body/identity_provider_mapper']],
    [
      'a type of SAML',
      {
        identity_provider_mapper: 'saml-user-attribute-idp-mapper',
        config: { 'attribute.name': 'a', 'user.attribute': 'b' },
      },
      ['body/identity_provider_mapper'],
    ],
    [
      'an unknown and a missing key',
      { config: { claim: 'a', 'user.atribute': 'b' } },
      ['body/config/user.atribute', 'body/config/user.attribute'],
    ],
    ['an unknown mode', { config: { claim: 'a', 'user.attribute': 'b', syncMode: 'NEVER' } }, ['body/config/syncMode']],
    [
      'a mode that is no text',
      { config: { claim: 'a', 'user.attribute': 'b', syncMode: 5 } },
      ['body/config/syncMode'],
    ],
    ['a blank name', { name: ' ' }, ['body/name']],
    [
      'a role above the caller',
      { identity_provider_mapper: 'oidc-hardcoded-role-idp-mapper', config: { role: 'operator' } },
      ['body/config/role'],
    ],
  ])('is refused with %s, at its place in the body', async (_name, fields, wanted) => {
    // One mapper more: places in the provider's list are none of the caller's.
    const path = `${ROOT}/${await make(app, valid({ mappers: [mapper()] }), 'admin@acme')}/mappers`
    const answer = await send('POST', path, JSON.parse(JSON.stringify(mapper(fields))), 'admin@acme')
    expect([400, 403]).toContain(answer.status)
    expect(places(answer)).toEqual(wanted)
  })

  it('of XPath is refused with the reason', async () => {
    const config = { 'attribute.xpath': '/a', 'attribute.name': 'a', 'user.attribute': 'b' }
    const answer = await send(
      'POST',
      `${samlUrl}/mappers`,
      mapper({ identity_provider_mapper: 'saml-xpath-attribute-idp-mapper', config }),
    )
    expect(answer.status).toBe(400)
    expect(details(answer)).toEqual([
      {
        loc: ['body', 'identity_provider_mapper'],
        msg: expect.stringContaining('use saml-user-attribute-idp-mapper'),
        type: 'mapper.type_refused',
      },
    ])
  })

  it('has a name of its own in the provider', async () => {
    const body = mapper()
    await send('POST', `${url}/mappers`, body)
    const taken = await send('POST', `${url}/mappers`, body)
    expect([taken.status, places(taken), types(taken)]).toEqual([409, ['body/name'], ['mapper.name_taken']])
    expect(
      (
        await send(
          'POST',
          `${samlUrl}/mappers`,
          mapper({
            name: body.name,
            identity_provider_mapper: 'oidc-hardcoded-group-idp-mapper',
            config: { group: '/g' },
          }),
        )
      ).status,
    ).toBe(201)
  })
})

describe('mapper types', () => {
  it('are those that the provider may have, with what they must be told', async () => {
    const types = async (at: string) => Object((await send('GET', `${at}/mapper-types`)).body)
    const oidc = await types(url)
    expect(oidc.total).toBe(oidc.items.length)
    expect(oidc.items).toContainEqual({
      id: 'oidc-hardcoded-role-idp-mapper',
      name: 'Hardcoded Role',
      category: 'Role Importer',
      help_text: expect.any(String),
      properties: [{ name: 'role', label: 'Role', help_text: expect.any(String), type: 'String', required: true }],
    })
    const ids = (answer: { items: { id: string }[] }) => answer.items.map(({ id }) => id)
    expect(ids(oidc)).not.toContain('saml-role-idp-mapper')
    const saml = ids(await types(samlUrl))
    expect(saml).toContain('saml-role-idp-mapper')
    expect(saml).not.toContain('saml-xpath-attribute-idp-mapper')
    expect(saml).not.toContain('oidc-role-idp-mapper')
  })
})

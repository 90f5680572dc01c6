import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readKeycloakExport } from './read-export.ts'

describe('what is no export', () => {
  it.each(['', 'x', '<a/>', 'null', '[]', '[1]', '{}', '{"issuer":"https://a.example"}', '{"identityProviders":[]}'])(
    '%s is none',
    async (text) => {
      expect(await readKeycloakExport(text)).toBeNull()
    },
  )

  it('never makes it throw', async () => {
    const anything = fc.anything({ values: [fc.constantFrom('oidc', 'saml', 'github', 'true', '**********')] })
    const provider = fc.record(
      {
        alias: fc.string(),
        providerId: fc.constantFrom('oidc', 'saml', 'github', 'google', 'x'),
        config: anything,
        mappers: anything,
        enabled: anything,
      },
      { requiredKeys: ['alias', 'providerId'] },
    )
    const realm = fc.record({
      identityProviders: fc.array(provider, { minLength: 1 }),
      identityProviderMappers: anything,
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(provider, realm), async (document) => {
        const text = JSON.stringify(document, (_, value) => (typeof value === 'bigint' ? String(value) : value))
        expect(await readKeycloakExport(text)).not.toBeNull()
      }),
    )
  })
})

describe('a realm', () => {
  it('gives each provider its mappers, and lists the rest', async () => {
    const realm = {
      realm: 'r',
      clients: [],
      identityProviders: [
        { alias: 'a', providerId: 'oidc' },
        { alias: 'b', providerId: 'saml', config: { guiOrder: '2' } },
      ],
      identityProviderMappers: [
        {
          name: 'm',
          identityProviderAlias: 'b',
          identityProviderMapper: 'oidc-hardcoded-role-idp-mapper',
          config: { role: 'r' },
        },
        {
          name: 'n',
          identityProviderAlias: 'gone',
          identityProviderMapper: 'oidc-hardcoded-role-idp-mapper',
          config: { role: 'r' },
        },
        { name: 'o', identityProviderAlias: 'a', identityProviderMapper: 'x' },
      ],
    }
    const exported = await readKeycloakExport(JSON.stringify(realm))
    expect(exported?.providers).toMatchObject([
      { alias: 'a', mappers: [], not_understood: [{ loc: ['identityProviderMappers', 2, 'identityProviderMapper'] }] },
      {
        alias: 'b',
        mappers: [{ name: 'm' }],
        not_understood: [{ loc: ['identityProviders', 1, 'config', 'guiOrder'] }],
      },
    ])
    expect(exported?.notes.map(({ loc }) => loc)).toEqual([['realm'], ['clients'], ['identityProviderMappers', 1]])
  })
})

describe('a list', () => {
  it('leaves out by name what is of no kind here', async () => {
    const text = JSON.stringify([
      { alias: 'a', providerId: 'kubernetes' },
      { alias: 'b', providerId: 'oidc' },
    ])
    expect(await readKeycloakExport(text)).toMatchObject({
      providers: [{ alias: 'b' }],
      notes: [{ loc: [0, 'providerId'] }],
    })
    const single = await readKeycloakExport(JSON.stringify({ alias: 'a', providerId: 'oauth2' }))
    expect(single).toMatchObject({ providers: [], isSingle: false, notes: [{ loc: ['providerId'] }] })
  })

  it('names what is beyond its bounds', async () => {
    const providers = Array.from({ length: 501 }, (_, n) => ({ alias: `a${n}`, providerId: 'oidc' }))
    const long = await readKeycloakExport(JSON.stringify(providers))
    expect(long?.providers).toHaveLength(500)
    expect(long?.notes).toMatchObject([{ loc: [500], msg: expect.stringContaining('file of its own') }])
    const type = 'oidc-hardcoded-role-idp-mapper'
    const mappers = Array.from({ length: 101 }, (_, n) => ({
      name: `m${n}`,
      identityProviderMapper: type,
      config: { role: 'r' },
    }))
    const one = await readKeycloakExport(JSON.stringify({ alias: 'a', providerId: 'oidc', mappers }))
    expect(one?.providers).toMatchObject([{ not_understood: [{ loc: ['mappers', 100] }] }])
    expect(one?.providers[0]?.mappers).toHaveLength(100)
  })
})

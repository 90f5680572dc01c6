import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { clientIdOf } from './app.ts'
import { createApp, findAppByClientId, getApp, removeApp, updateApp } from './apps.ts'
import type { AppChange, AppDraft } from './drafts.ts'
import { actorIn, admin, createTestRegistry, operator } from './testing/registry.ts'

const actor = actorIn('acme')

/** A public key as JSON. */
function jwkOf(type: 'rsa' | 'ed25519', options = { modulusLength: 2048 }): JsonObject {
  const pair = type === 'rsa' ? generateKeyPairSync('rsa', options) : generateKeyPairSync('ed25519')
  return { ...Object(pair.publicKey.export({ format: 'jwk' })) }
}

function draft(fields: Partial<AppDraft> = {}): AppDraft {
  return { id: 'shop', redirectUris: ['https://shop.example/cb'], ...fields }
}

describe('an app', () => {
  it('gets a secret of its own, shown once and kept sealed', async () => {
    const at = await createTestRegistry()
    const { app, clientSecret } = await createApp(at, actor, admin, draft())
    expect(clientSecret).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(await getApp(at, 'acme', 'shop'))).not.toContain(clientSecret)
    expect(app.secrets.clientSecret).toContain('sealed')
    expect(JSON.stringify(at.events)).not.toContain('sealed')
  })

  it('has the client id of its name in default, and of organisation and name elsewhere', async () => {
    const at = await createTestRegistry()
    const { app } = await createApp(at, actor, admin, draft())
    const { app: ours } = await createApp(at, actorIn('default'), operator, draft())
    expect([clientIdOf(app), clientIdOf(ours)]).toEqual(['acme.shop', 'shop'])
    expect(await findAppByClientId(at, 'acme.shop')).toEqual(app)
    expect(await findAppByClientId(at, 'shop')).toEqual(ours)
    for (const nobody of ['default.shop', 'rival.shop', 'shop.', '.shop', 'acme.shop.x', '']) {
      expect(await findAppByClientId(at, nobody), nobody).toBeNull()
    }
  })

  it.each<[string, Partial<AppDraft>, readonly string[]]>([
    ['no redirect URI', { redirectUris: [] }, ['redirectUris']],
    ['a redirect with a fragment', { redirectUris: ['https://a.example/#x'] }, ['redirectUris[0]']],
    ['a wildcard', { redirectUris: ['https://*.a.example/'] }, ['redirectUris[0]']],
    ['plain http elsewhere', { redirectUris: ['http://a.example/'] }, ['redirectUris[0]']],
    ['a script', { redirectUris: ['javascript:alert(1)'] }, ['redirectUris[0]']],
    ['user information', { redirectUris: ['https://a@b.example/'] }, ['redirectUris[0]']],
    ['a relative one', { redirectUris: ['/cb'] }, ['redirectUris[0]']],
    ['an unknown grant', { grantTypes: ['password'] }, ['grantTypes[0]']],
    ['an unknown method', { tokenEndpointAuthMethod: 'client_secret_jwt' as 'none' }, ['tokenEndpointAuthMethod']],
    ['a short secret', { clientSecret: 'short' }, ['clientSecret']],
    ['no keys for private_key_jwt', { tokenEndpointAuthMethod: 'private_key_jwt' }, ['jwks']],
    ['private keys', { jwks: { keys: [{ kty: 'EC', d: 'x' }] } }, ['jwks']],
    ['half a key', { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA' }] } }, ['jwks']],
    ['a weak key', { jwks: { keys: [jwkOf('rsa', { modulusLength: 1024 })] } }, ['jwks']],
    ['a key whose name is a number', { jwks: { keys: [{ ...jwkOf('ed25519'), kid: 7 }] } }, ['jwks']],
    ['keys twice', { jwks: { keys: [jwkOf('ed25519')] }, jwksUri: 'https://a.example/jwks' }, ['jwksUri']],
    ['organisations of somebody else', { allowedOrganizations: ['rival'] }, ['allowedOrganizations']],
    ['a provider that is no name', { allowedProviders: ['a/b/c'] }, ['allowedProviders[0]']],
    [
      'several at once',
      { redirectUris: ['x'], clientSecret: 'y', resources: ['z'] },
      ['redirectUris[0]', 'resources[0]', 'clientSecret'],
    ],
  ])('is refused with %s', async (_title, fields, paths) => {
    const at = await createTestRegistry()
    const failure = await createApp(at, actor, admin, draft(fields)).then(
      () => null,
      (error: { fields: { path: string }[] }) => error.fields.map(({ path }) => path),
    )
    expect(failure).toEqual(paths)
  })

  it.each([
    'https://a.example/cb?x=1',
    'http://localhost:3000/cb',
    'http://127.0.0.1/cb',
    'http://[::1]:80/cb',
    'com.example.app:/cb',
  ])('may be sent back to %s', async (uri) => {
    const at = await createTestRegistry()
    const { app } = await createApp(at, actor, admin, draft({ redirectUris: [uri] }))
    expect(app.redirectUris).toEqual([uri])
  })

  it('opens the faces only where an operator says so, and stays as the operator made it', async () => {
    const at = await createTestRegistry()
    const scopes = ['openid', 'entente.manage']
    const denied = { code: 'app.manage_needs_operator' }
    await expect(createApp(at, actor, admin, draft({ scopes }))).rejects.toMatchObject(denied)
    await createApp(at, actor, operator, draft({ scopes }))
    await updateApp(at, actor, admin, 'shop', { displayName: 'Shop' })
    const elsewhere = { redirectUris: ['https://evil.example/'] }
    await expect(updateApp(at, actor, admin, 'shop', elsewhere)).rejects.toMatchObject(denied)
    await updateApp(at, actor, admin, 'shop', { scopes: ['openid'] })
    await expect(updateApp(at, actor, admin, 'shop', { scopes })).rejects.toMatchObject(denied)
  })

  it.each<[string, Partial<AppDraft>, AppChange]>([
    ['asks no more for bound tokens', { requireDpop: true }, { requireDpop: false }],
    ['asks nobody for consent any more', { firstParty: false }, { firstParty: true }],
    ['serves one organisation more', { allowedOrganizations: ['acme'] }, { allowedOrganizations: [] }],
    ['lets one provider more in', { allowedProviders: ['okta'] }, { allowedProviders: [] }],
  ])('that opens the faces is the operator’s to change where it then %s', async (_title, before, change) => {
    const at = await createTestRegistry()
    const own = actorIn('default')
    await createApp(at, own, operator, draft({ scopes: ['entente.manage'], ...before }))
    const denied = { code: 'app.manage_needs_operator' }
    await expect(updateApp(at, own, admin, 'shop', change)).rejects.toMatchObject(denied)
    await updateApp(at, own, operator, 'shop', change)
  })

  it('has a secret as long as it needs one, and none that nobody knows', async () => {
    const at = await createTestRegistry()
    await createApp(at, actor, admin, draft())
    expect((await updateApp(at, actor, admin, 'shop', { tokenEndpointAuthMethod: 'none' })).secrets).toEqual({})
    const back = { tokenEndpointAuthMethod: 'client_secret_post' as const }
    const refused = updateApp(at, actor, admin, 'shop', back)
    await expect(refused).rejects.toMatchObject({ fields: [{ path: 'clientSecret' }] })
    const changed = await updateApp(at, actor, admin, 'shop', { ...back, clientSecret: 'x'.repeat(32) })
    expect(changed.secrets.clientSecret).toContain('sealed')
  })

  it('writes providers in full, and keeps what a change does not name', async () => {
    const at = await createTestRegistry()
    await createApp(at, actor, admin, draft({ allowedProviders: ['okta', 'rival/x'] }))
    const changed = await updateApp(at, actor, admin, 'shop', { enabled: false, version: 1 })
    expect(changed).toMatchObject({ allowedProviders: ['acme/okta', 'rival/x'], enabled: false, version: 2 })
    const late = updateApp(at, actor, admin, 'shop', { enabled: true, version: 1 })
    await expect(late).rejects.toMatchObject({ code: 'app.changed' })
    await removeApp(at, actor, 'shop')
    await expect(getApp(at, 'acme', 'shop')).rejects.toMatchObject({ code: 'app.unknown' })
  })
})

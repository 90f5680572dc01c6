/**
 * Providers that take no secret but our signature (`private_key_jwt`), checked by oidc-provider, which fetches our keys from
 * where an administrator tells it to look.
 */
import { decodeJwt } from 'jose'
import type { ClientMetadata } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import { startForeignProvider } from './foreign-provider.ts'
import { openRelyingWorld, type RelyingWorld } from './relying-world.ts'

const HOSTS = { usual: 'usual.example', modern: 'modern.example', strange: 'strange.example' }
let world: RelyingWorld

beforeAll(async () => {
  world = await openRelyingWorld({
    others: async (authority, url) => {
      const client = (alias: string, more: ClientMetadata): ClientMetadata => ({
        redirect_uris: [`${url}/sign-in/default/${alias}/return`],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks_uri: `${url}/oauth2/jwks`,
        ...more,
      })
      const start = (host: string, algorithms: ('RS256' | 'ES256' | 'EdDSA')[], clients: ClientMetadata[]) =>
        startForeignProvider(host, authority, clients, {
          enabledJWA: { clientAuthSigningAlgValues: algorithms },
          // Its own guard against addresses of the machine stays out of the way.
          fetch: (asked, init) => fetch(asked, { method: init?.method ?? 'GET' }),
        })
      return await Promise.all([
        start(
          HOSTS.usual,
          ['RS256', 'ES256'],
          [client('by-alias', { client_id: 'entente' }), client('by-manifest', { client_id: 'entente-2' })],
        ),
        start(HOSTS.modern, ['ES256'], [client('modern', { client_id: 'entente' })]),
        start(HOSTS.strange, ['EdDSA'], [client('strange', { client_id: 'entente' })]),
      ])
    },
  })
})
afterAll(() => world.close())

const register = (alias: string, host: string) =>
  world.operator.call('POST', '/api/identity-providers', {
    alias,
    display_name: alias,
    provider_id: 'oidc',
    oidc_config: { issuer: `https://${host}`, client_id: 'entente', client_auth_method: 'private_key_jwt' },
  })

async function registered(alias: string, host: string) {
  const answer = await register(alias, host)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

const enter = async (provider: string) =>
  decodeJwt((await world.signIn(await world.newApp(), 'alice', { idp_hint: provider })).tokens.access_token)

describe('a provider that wants our signature', () => {
  it('registered by the identity-providers face lets people in, without any secret', async () => {
    expect(at(await registered('by-alias', HOSTS.usual), 'config', 'client_auth_method')).toBe('private_key_jwt')
    expect(await enter('by-alias')).toMatchObject({ provider: 'by-alias' })
  })

  it('registered by a manifest does, too, and nobody misses a secret', async () => {
    const oidc = { issuerUri: `https://${HOSTS.usual}`, clientId: 'entente-2', clientAuthMethod: 'private_key_jwt' }
    const answer = await world.operator.call('POST', `${world.namespace()}/workforceidentityproviders`, {
      apiVersion: 'entente.dev/v1',
      kind: 'WorkforceIdentityProvider',
      metadata: { name: 'by-manifest' },
      spec: { attributeMapping: [{ key: 'google.subject', value: 'assertion.sub' }], oidc },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const conditions = at(answer.body, 'status', 'conditions')
    expect(conditions).toContainEqual(expect.objectContaining({ type: 'SecretMissing', status: 'False' }))
    expect(await enter('by-manifest')).toMatchObject({ provider: 'by-manifest' })
  })

  it('gets ES256 where it does not take RS256', async () => {
    await registered('modern', HOSTS.modern)
    expect(await enter('modern')).toMatchObject({ provider: 'modern' })
  })

  it('that takes no algorithm of ours is not registered, and the answer says why', async () => {
    const answer = await register('strange', HOSTS.strange)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain('client_auth_method')
  })

  it('that does not know our client refuses, and the decision says what', async () => {
    const answer = await world.operator.call('PATCH', '/api/identity-providers/by-alias', {
      oidc_config: { client_auth_method: 'client_secret_post', client_secret: 'a-secret-nobody-knows' },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    await expect(enter('by-alias')).rejects.toThrow(/no code/)
    expect(at(await world.latestDecision('sign-in'), 'code')).toBe('code.client_refused')
  })
})

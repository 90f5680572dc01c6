/** Where the browser ends the session at the provider. Source: OpenID Connect RP-Initiated Logout 1.0 §2. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../json.ts'
import { CLIENT, corporate } from '../../testing/login.ts'
import { logoutAtUpstream } from './logout.ts'

const END = 'https://issuer.example/logout'
const RETURN = 'https://entente.example/oauth2/logout/return'
const leave = (settings: JsonObject, memory: JsonObject = { idToken: 'a.b.c' }) =>
  logoutAtUpstream({ provider: corporate(settings), memory, returnUrl: RETURN, state: 's-1' })

describe('a logout', () => {
  it.each<[string, JsonObject]>([
    ['as typed', { logoutUrl: END, discovered: { logoutUrl: 'https://issuer.example/other' } }],
    ['as discovered', { discovered: { logoutUrl: END } }],
    ['with a query of its own', { logoutUrl: `${END}?state=fixed&post_logout_redirect_uri=https://evil.example` }],
  ])('goes to the provider’s place, %s, and comes back to ours', async (_name, settings) => {
    const redirect = await leave(settings)
    const url = new URL(redirect?.url ?? '')
    expect([redirect?.method, url.origin + url.pathname]).toEqual(['GET', END])
    expect([...url.searchParams].sort()).toEqual([
      ['client_id', CLIENT],
      ['id_token_hint', 'a.b.c'],
      ['post_logout_redirect_uri', RETURN],
      ['state', 's-1'],
    ])
  })

  it('goes without the ID token where none was kept', async () => {
    const redirect = await leave({ logoutUrl: END }, {})
    expect(new URL(redirect?.url ?? '').searchParams.has('id_token_hint')).toBe(false)
  })

  it('ends here where the provider has no place for it', async () => {
    expect(await leave({})).toBeNull()
  })
})

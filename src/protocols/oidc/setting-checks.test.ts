import { describe, expect, it } from 'vitest'
import { endpointsOf } from './upstream-endpoints.ts'
import { parseWorkforceSettings } from './workforce-settings.ts'

const rules = { allowsPlainHttp: () => false, mayAsk: (url: string) => !url.startsWith('https://10.') }
const INSIDE = 'https://10.0.0.1/x'

describe('an address that no request of ours can reach', () => {
  it.each(['tokenUrl', 'userInfoUrl', 'jwksUrl'])('is refused as %s before it is stored', (name) => {
    const { faults } = parseWorkforceSettings({ clientId: 'c', [name]: INSIDE }, rules)
    expect(faults).toMatchObject([{ path: `oidc.${name}`, code: 'oidc.url_invalid' }])
  })

  it.each(['authorizationUrl', 'logoutUrl'])('may be where a browser goes: %s', (name) => {
    expect(parseWorkforceSettings({ clientId: 'c', [name]: INSIDE }, rules).faults).toEqual([])
  })

  it('is not taken from a discovery document', () => {
    const document = {
      authorization_endpoint: INSIDE,
      token_endpoint: INSIDE,
      userinfo_endpoint: INSIDE,
      jwks_uri: INSIDE,
      end_session_endpoint: 'https://idp.example/out',
    }
    expect(endpointsOf(document, rules)).toEqual({ authorizationUrl: INSIDE, logoutUrl: 'https://idp.example/out' })
  })
})

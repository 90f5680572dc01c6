import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { Provider } from './provider.ts'
import { createProvider } from './providers.ts'
import { shownOidcSettings, shownSamlSettings } from './shown-settings.ts'
import { actorIn, createTestRegistry, providerDraft } from './testing/registry.ts'

async function providerWith(settings: JsonObject, fields: Partial<Provider> = {}): Promise<Provider> {
  const draft = providerDraft({
    use: 'workforce',
    known: null,
    issuer: 'https://a.example',
    settings: { oidc: { clientId: 'c' } },
  })
  const provider = await createProvider(await createTestRegistry(), actorIn('default'), draft)
  return { ...provider, settings, ...fields }
}

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

describe('settings of OpenID Connect', () => {
  it('have the defaults of the page, after what discovery found, after what was given', async () => {
    const discovered = {
      authorizationUrl: 'https://a.example/found',
      tokenUrl: 'https://a.example/token',
      pkceMethods: ['S256'],
    }
    const provider = await providerWith({
      clientId: 'c',
      tokenUrl: 'https://a.example/given',
      pkceEnabled: true,
      prompt: null,
      discovered,
    })
    expect(shownOidcSettings(provider)).toEqual({
      clientId: 'c',
      authorizationUrl: 'https://a.example/found',
      tokenUrl: 'https://a.example/given',
      defaultScope: 'openid email profile',
      validateSignature: true,
      useJwksUrl: true,
      pkceEnabled: true,
      pkceMethod: 'S256',
    })
  })

  it('ask for the scopes that the known provider has', async () => {
    const github = await providerWith({ clientId: 'c' }, { known: 'GITHUB', protocol: 'oauth2', issuer: null })
    expect(shownOidcSettings(github).defaultScope).toBe('read:user user:email')
    expect(shownOidcSettings({ ...github, settings: { defaultScope: 'read:org' } }).defaultScope).toBe('read:org')
  })
})

describe('settings of SAML', () => {
  const saml = { protocol: 'saml', issuer: 'https://a.example' } as const

  it('have the defaults of the page', async () => {
    expect(shownSamlSettings(await providerWith({ ssoUrl: 'https://a.example/sso' }, saml))).toEqual({
      idpEntityId: 'https://a.example',
      ssoUrl: 'https://a.example/sso',
      nameIdFormat: PERSISTENT,
      wantAuthnRequestsSigned: true,
      postBindingAuthnRequest: true,
      postBindingResponse: true,
    })
  })

  it.each<[string, JsonObject, JsonObject]>([
    ['an address for redirects gets no forms', { ssoBinding: 'redirect' }, { postBindingAuthnRequest: false }],
    ['an address for forms does', { ssoBinding: 'post' }, { postBindingAuthnRequest: true }],
    [
      'a persistent format is chosen where it is offered',
      { nameIdFormats: [EMAIL, PERSISTENT] },
      { nameIdFormat: PERSISTENT },
    ],
    ['else the first that lasts', { nameIdFormats: [TRANSIENT, EMAIL] }, { nameIdFormat: EMAIL }],
    ['and persistent where none does', { nameIdFormats: [TRANSIENT] }, { nameIdFormat: PERSISTENT }],
    [
      'requests are signed, also where nobody asks for it',
      { wantAuthnRequestsSigned: false },
      { wantAuthnRequestsSigned: true },
    ],
  ])('follow the metadata: %s', async (_what, discovered, shown) => {
    expect(shownSamlSettings(await providerWith({ discovered }, saml))).toMatchObject(shown)
  })

  it('put what was given before all of it', async () => {
    const given = {
      postBindingAuthnRequest: true,
      nameIdFormat: EMAIL,
      wantAuthnRequestsSigned: false,
      ssoUrl: 'https://a.example/given',
    }
    const discovered = { ssoBinding: 'redirect', nameIdFormats: [PERSISTENT], ssoUrl: 'https://a.example/found' }
    expect(shownSamlSettings(await providerWith({ ...given, discovered }, saml))).toMatchObject(given)
  })
})

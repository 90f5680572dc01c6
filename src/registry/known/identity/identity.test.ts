import { describe, expect, it } from 'vitest'
import { contradiction, endpointsFrom, identitySource, identitySources, isHostOf } from './index.ts'

function source(name: string) {
  const found = identitySource(name)
  if (found === null) throw new TypeError(name)
  return found
}

describe('endpoints', () => {
  it.each([
    ['OKTA', 'https://dev-1.okta.com', 'https://dev-1.okta.com/oauth2/v1/authorize'],
    ['OKTA', 'https://dev-1.okta.com/oauth2/default', 'https://dev-1.okta.com/oauth2/default/v1/authorize'],
    [
      'ENTRA_ID',
      'https://login.microsoftonline.com/contoso.com/v2.0',
      'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize',
    ],
    ['AUTH0', 'https://acme.eu.auth0.com', 'https://acme.eu.auth0.com/authorize'],
    ['GOOGLE', 'https://accounts.google.com', 'https://accounts.google.com/o/oauth2/v2/auth'],
    ['PING_IDENTITY', 'https://auth.pingone.eu/e1/as', 'https://auth.pingone.eu/e1/as/authorize'],
    ['ONELOGIN', 'https://acme.onelogin.com/oidc/2', 'https://acme.onelogin.com/oidc/2/auth'],
  ])('of %s at %s', (name, issuer, authorizationUrl) => {
    expect(endpointsFrom(source(name), issuer).authorizationUrl).toBe(authorizationUrl)
  })

  it('leave out what needs an issuer where there is none', () => {
    expect(endpointsFrom(source('OKTA'), null)).toEqual({})
    expect(endpointsFrom(source('GITHUB'), null).tokenUrl).toBe('https://github.com/login/oauth/access_token')
    expect(endpointsFrom(source('CUSTOM_OIDC'), 'https://x.example')).toEqual({})
  })
})

describe('contradictions', () => {
  it.each([
    ['OKTA', 'issuer', 'https://accounts.google.com', 'is one of Google, not of Okta'],
    ['OKTA', 'issuer', 'https://login.example.com', null],
    ['GOOGLE', 'issuer', 'https://login.example.com', 'is not one of Google'],
    ['GOOGLE', 'tokenUrl', 'https://oauth2.googleapis.com/token', null],
    ['ENTRA_ID', 'userInfoUrl', 'https://graph.microsoft.com/oidc/userinfo', null],
    ['CUSTOM_OIDC', 'issuer', 'https://dev-1.okta.com', null],
    ['GITHUB', 'authorizationUrl', 'https://github.example.com/login/oauth/authorize', null],
    ['GITHUB', 'authorizationUrl', 'https://evil.example.com/authorize', /whose path is/],
    ['AUTH0', 'issuer', 'https://acme.okta.com', 'is one of Okta, not of Auth0'],
    ['AUTH0', 'issuer', 'not a url', null],
  ])('%s with %s %s', (name, field, url, reason) => {
    const found = contradiction(source(name), field, url)
    if (reason instanceof RegExp) expect(found).toMatch(reason)
    else expect(found).toBe(reason)
  })

  it('know hosts by whole labels', () => {
    expect(isHostOf(source('OKTA'), 'a.okta.com')).toBe(true)
    expect(isHostOf(source('OKTA'), 'okta.com')).toBe(false)
    expect(isHostOf(source('OKTA'), 'evilokta.com')).toBe(false)
  })

  it('never lie in the own templates', () => {
    for (const one of identitySources) {
      for (const [name, url] of Object.entries(endpointsFrom(one, one.issuer ?? 'https://login.example.com'))) {
        if (one.issuer !== null || one.name === 'GITHUB') expect(contradiction(one, name, String(url))).toBeNull()
      }
    }
  })
})

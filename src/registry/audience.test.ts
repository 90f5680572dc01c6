import { describe, expect, it } from 'vitest'
import { audienceOf, parseProviderResource, providerResourceName } from './audience.ts'

describe('the audience of an organisation', () => {
  it.each([
    ['default', null, 'https://entente.example', 'entente.example'],
    ['default', null, 'https://entente.example:443', 'entente.example'],
    ['default', null, 'http://localhost:8480', 'localhost:8480'],
    ['default', null, 'http://entente.example:80', 'entente.example'],
    ['default', null, 'https://entente.example/base', 'entente.example'],
    ['acme', null, 'https://entente.example', 'acme.entente.example'],
    ['acme', null, 'http://localhost:8480', 'acme.localhost:8480'],
    ['acme', 'login.acme.example', 'https://entente.example', 'login.acme.example'],
    ['acme', 'login.acme.example:8443', 'https://entente.example', 'login.acme.example:8443'],
  ])('%s with host %s at %s is %s', (id, host, publicUrl, expected) => {
    expect(audienceOf({ id, host }, publicUrl)).toBe(expected)
  })
})

describe('the resource name of a provider', () => {
  it('is read as it was written', () => {
    const name = providerResourceName('acme.localhost:8480', { organisation: 'acme', id: 'github' })
    expect(name).toBe('//acme.localhost:8480/organizations/acme/providers/github')
    expect(parseProviderResource(name)).toEqual({
      audience: 'acme.localhost:8480',
      organisation: 'acme',
      provider: 'github',
    })
  })

  it('is also read in the form of existing clients', () => {
    const name = '//iam.googleapis.com/locations/global/workforcePools/acme/providers/github'
    expect(parseProviderResource(name)).toEqual({ audience: null, organisation: 'acme', provider: 'github' })
  })

  it.each([
    '',
    'https://api.example.com',
    'entente.example/organizations/acme/providers/github',
    '//entente.example/organizations/acme/providers/github/',
    '//entente.example/organizations/acme/providers/',
    '//entente.example/organizations//providers/github',
    '//entente.example/organizations/ACME/providers/github',
    '//entente.example/organizations/acme/providers/github\n',
    '//entente.example/x/organizations/acme/providers/github',
    '///organizations/acme/providers/github',
    '//iam.googleapis.com/locations/eu/workforcePools/acme/providers/github',
    '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/github',
    '//evil.example//iam.googleapis.com/locations/global/workforcePools/acme/providers/github',
  ])('is not %o', (name) => {
    expect(parseProviderResource(name)).toBeNull()
  })
})

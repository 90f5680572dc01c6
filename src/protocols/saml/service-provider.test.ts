import { expect, it } from 'vitest'
import { serviceProviderOf, writeOurMetadata } from './service-provider.ts'
import { attributeOf, childrenOf, readXml } from './xml.ts'

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata'
const us = serviceProviderOf('https://entente.example', { organisation: 'acme', id: 'okta' })

it('has an entity for each provider, whose id is where its metadata are', () => {
  expect(us).toEqual({
    entityId: 'https://entente.example/saml/acme/okta/metadata',
    acsUrl: 'https://entente.example/saml/acme/okta/acs',
    sloUrl: 'https://entente.example/saml/acme/okta/slo',
  })
})

it.each([true, false])(
  'tells where responses go, and publishes a key for encryption only where it is wanted: %s',
  async (wanted) => {
    const settings = {
      nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      authnRequestsSigned: true,
      wantAssertionsEncrypted: wanted,
      certificates: ['MIIC', 'MIID'],
    }
    const xml = await writeOurMetadata(us, settings, null)
    const read = readXml(xml, { characters: 10_000, depth: 16 })
    if (!('root' in read)) throw new TypeError(read.problem)
    expect(attributeOf(read.root, 'entityID')).toBe(us.entityId)
    const [role] = childrenOf(read.root, METADATA, 'SPSSODescriptor')
    if (role === undefined) throw new TypeError('no role')
    const locations = (name: string) => childrenOf(role, METADATA, name).map((one) => attributeOf(one, 'Location'))
    expect(locations('AssertionConsumerService')).toEqual([us.acsUrl])
    expect(locations('SingleLogoutService')).toEqual([us.sloUrl, us.sloUrl])
    expect([attributeOf(role, 'AuthnRequestsSigned'), attributeOf(role, 'WantAssertionsSigned')]).toEqual([
      'true',
      'true',
    ])
    const uses = childrenOf(role, METADATA, 'KeyDescriptor').map((key) => attributeOf(key, 'use'))
    expect(uses).toEqual(wanted ? ['signing', 'signing', 'encryption'] : ['signing', 'signing'])
  },
)

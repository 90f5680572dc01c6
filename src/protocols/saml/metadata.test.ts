import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readIdpMetadata, requireOverlap } from './metadata.ts'
import { createKey, IDP, metadataWith, NOW, type TestCertificate } from './testing/certificates.ts'
import { type IdpDescription, writeIdpMetadata, writeSpMetadata } from './write-metadata.ts'
import { attributeOf, childrenOf, readXml } from './xml.ts'

let good: TestCertificate
let renewed: TestCertificate
let rsa: TestCertificate
let expired: TestCertificate

beforeAll(async () => {
  const [key, other] = await Promise.all([createKey(), createKey('RSA2048')])
  good = await key.certificate()
  renewed = await key.certificate([-1, 500])
  expired = await key.certificate([-100, -1])
  rsa = await other.certificate()
})

const problemsOf = (xml: string, allowHttp = (_url: string) => false) => {
  const judged = readIdpMetadata(xml, NOW, { allowHttp })
  return 'faults' in judged ? judged.faults.map(({ message }) => message) : []
}
const accepted = (xml: string) => {
  const judged = readIdpMetadata(xml, NOW)
  if ('faults' in judged) throw new Error(judged.faults.map(({ message }) => message).join('; '))
  return judged.metadata
}
const goodXml = () => metadataWith({ signingCertificates: [good.base64] })
const bare = (xml: string) => xml.replace(/^<\?xml.*\n/, '')
const group = (inside: string, attributes = '') =>
  `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"${attributes}>${inside}</EntitiesDescriptor>`

describe('metadata of an identity provider', () => {
  it('are read', () => {
    expect(accepted(goodXml())).toEqual({
      entityId: IDP.entityId,
      ssoUrl: IDP.ssoUrl,
      ssoBinding: 'post',
      sloUrl: null,
      sloBinding: null,
      nameIdFormats: IDP.nameIdFormats,
      wantAuthnRequestsSigned: false,
      signingCertificates: [good.base64],
      encryptionCertificates: [],
      validUntil: null,
    })
  })

  it('prefer POST, in whatever order', () => {
    const xml = goodXml().replace(
      '<md:SingleSignOnService',
      '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/redirect"/><md:SingleSignOnService',
    )
    expect(accepted(xml)).toMatchObject({ ssoUrl: IDP.ssoUrl, ssoBinding: 'post' })
    expect(accepted(xml.replace('bindings:HTTP-POST', 'bindings:SOAP'))).toMatchObject({
      ssoUrl: 'https://idp.example/redirect',
      ssoBinding: 'redirect',
    })
  })

  it('use a key without use for both purposes, and take white space out of certificates', () => {
    const folded = good.base64.replaceAll(/.{64}/g, (line) => `\n  ${line}`)
    const xml = goodXml().replace(' use="signing"', '').replace(good.base64, `${folded}\n`)
    expect(accepted(xml)).toMatchObject({
      signingCertificates: [good.base64],
      encryptionCertificates: [good.base64],
    })
  })

  it('may be one of a group that has other parties in it', () => {
    const sp = bare(writeSpMetadata({ ...SP, entityId: 'https://sp.example' }))
    expect(accepted(group(group(sp) + bare(goodXml())))).toMatchObject({ entityId: IDP.entityId })
  })

  it('take the earliest validUntil', () => {
    const xml = bare(goodXml()).replace(
      '<md:IDPSSODescriptor',
      '<md:IDPSSODescriptor validUntil="2026-06-01T02:00:00+02:00"',
    )
    expect(accepted(group(xml, ' validUntil="2027-01-01T00:00:00.5"')).validUntil).toEqual(
      new Date('2026-06-01T00:00:00Z'),
    )
  })

  it('may have an expired certificate beside a good one, and a renewed one of the same key', () => {
    const signingCertificates = [expired.base64, good.base64, renewed.base64, rsa.base64]
    expect(accepted(metadataWith({ signingCertificates })).signingCertificates).toEqual(signingCertificates)
  })

  it('may have plain http where the operator says so', () => {
    const xml = metadataWith({ signingCertificates: [good.base64], ssoUrl: 'http://localhost:8080/sso' })
    expect(problemsOf(xml, (url) => url.startsWith('http://localhost:8080/'))).toEqual([])
    expect(problemsOf(xml)).toEqual([expect.stringMatching(/SingleSignOnService whose Location must be an https URL/)])
  })
})

describe('metadata are refused', () => {
  it.each<[string, string, string | RegExp]>([
    ['that are no XML', 'x', 'is not well-formed XML'],
    ['that have a DOCTYPE', '<!DOCTYPE a><a/>', 'must not have a DOCTYPE'],
    ['that are too long', ' '.repeat(131_073), 'must be at most 131072 characters'],
    ['of something else', '<html/>', /exactly one SAML 2.0 identity provider .* not 0/],
    ['in no namespace', '<EntityDescriptor entityID="a"><IDPSSODescriptor/></EntityDescriptor>', /not 0/],
    ['of a service provider', '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="a"/>', /not 0/],
  ])('%s', (_what, xml, problem) => expect(problemsOf(xml)).toEqual([expect.stringMatching(problem)]))

  it.each<[string, (xml: string) => string, string | RegExp]>([
    ['without an entityID', (xml) => xml.replace(/ entityID="[^"]*"/, ''), /must have an entityID/],
    ['with a long entityID', (xml) => xml.replace(/entityID="/, `$&${'a'.repeat(1024)}`), /must have an entityID/],
    ['with a line in the entityID', (xml) => xml.replace(/entityID="/, '$&a&#10;'), /must have an entityID/],
    ['of SAML 1.1', (xml) => xml.replace('SAML:2.0:protocol', 'SAML:1.1:protocol'), /not 0/],
    ['of two providers', (xml) => group(bare(xml) + bare(xml)), /not 2/],
    [
      'without sign-on',
      (xml) => xml.replace(/<md:SingleSignOnService[^>]*><\/md:SingleSignOnService>/, ''),
      /must have a SingleSignOnService/,
    ],
    ['with sign-on by SOAP', (xml) => xml.replace('HTTP-POST', 'SOAP'), /must have a SingleSignOnService/],
    [
      'with a script to sign on',
      (xml) => xml.replace('https://idp.example/sso', 'javascript:alert(1)'),
      /Location must be an https URL/,
    ],
    [
      'without certificates',
      (xml) => xml.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/, ''),
      /must have a signing certificate that has not expired/,
    ],
    [
      'with a certificate to encrypt only',
      (xml) => xml.replace('"signing"', '"encryption"'),
      /must have a signing certificate/,
    ],
    [
      'with a broken certificate',
      (xml) => xml.replace('>MII', '>MIIAAAA'),
      'has a signing certificate 1 that is not an X.509 certificate',
    ],
    [
      'with a certificate that is none',
      (xml) => xml.replace('>MII', '>%'),
      'has a signing certificate 1 that is not base64',
    ],
    [
      'with a chain',
      (xml) => xml.replace(/<ds:X509Certificate>.*<\/ds:X509Certificate>/, '$&$&'),
      /more than one certificate/,
    ],
    [
      'that are past',
      (xml) => xml.replace('<md:EntityDescriptor', '$& validUntil="2026-05-01T12:00:00Z"'),
      'has a validUntil that is past',
    ],
    [
      'with an odd validUntil',
      (xml) => xml.replace('<md:EntityDescriptor', '$& validUntil="tomorrow"'),
      /validUntil that is not a date/,
    ],
  ])('%s', (_what, change, problem) => {
    // In one test, not in the table: certificates exist only now.
    expect(problemsOf(change(goodXml()))).toContainEqual(expect.stringMatching(problem))
  })

  it('with all faults at once', () => {
    const xml = metadataWith({
      entityId: '',
      ssoUrl: 'http://idp.example',
      sloUrl: 'ftp://a',
      signingCertificates: [expired.base64],
    })
    const judged = readIdpMetadata(xml, NOW)
    expect('faults' in judged && judged.faults.map(({ path, code }) => `${path} ${code}`)).toEqual(
      Array(4).fill('saml.metadataXml saml.metadata_invalid'),
    )
  })

  it.each<[string, readonly [number, number], string[]]>([
    ['a week ahead', [7, 20], []],
    ['more than a week ahead', [8, 20], ['has a signing certificate 1 that starts more than 7 days from now']],
    ['almost 25 years long', [-1, 25 * 365], []],
    ['more than 25 years long', [-1, 25 * 366], ['has a signing certificate 1 that ends more than 25 years from now']],
    ['expired', [-20, 0], ['must have a signing certificate that has not expired']],
  ])('or not by the dates of the certificate: %s', async (_what, days, problems) => {
    const { base64 } = await (await createKey()).certificate(days)
    expect(problemsOf(metadataWith({ signingCertificates: [base64] }))).toEqual(problems)
  })

  it.each(['RSA1024', 'Ed25519'] as const)('with a key of the kind %s', async (kind) => {
    const { base64 } = await (await createKey(kind)).certificate()
    expect(problemsOf(metadataWith({ signingCertificates: [base64] }))).toEqual([
      expect.stringMatching(/neither an RSA key of 2048 bits or more nor an EC key/),
    ])
  })

  it('with four keys', async () => {
    const keys = await Promise.all([createKey(), createKey(), createKey(), createKey()])
    const all = (await Promise.all(keys.map((key) => key.certificate()))).map(({ base64 }) => base64)
    expect(problemsOf(metadataWith({ signingCertificates: all }))).toEqual(['must have at most 3 signing keys'])
    expect(problemsOf(metadataWith({ signingCertificates: all.slice(1) }))).toEqual([])
  })

  it('without ever throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => problemsOf(text).length > 0))
    // Good metadata with a piece of something in it, or without a piece.
    const xml = goodXml()
    fc.assert(
      fc.property(fc.nat(xml.length), fc.nat(40), fc.string({ maxLength: 20 }), (at, length, piece) => {
        readIdpMetadata(xml.slice(0, at) + piece + xml.slice(at + length), NOW)
      }),
      { numRuns: 500 },
    )
  })
})

describe('new metadata', () => {
  const faults = (old: TestCertificate[], next: TestCertificate[]) =>
    requireOverlap(
      old.map(({ base64 }) => base64),
      next.map(({ base64 }) => base64),
      NOW,
    ).map(({ path, code }) => `${path} ${code}`)

  it('keep at least one key that is in use', () => {
    expect(faults([good, rsa], [rsa])).toEqual([])
    expect(faults([good], [renewed, rsa])).toEqual([])
    expect(faults([good], [rsa])).toEqual(['saml.metadataXml saml.key_overlap_missing'])
    expect(faults([good], [expired, rsa])).toEqual(['saml.metadataXml saml.key_overlap_missing'])
  })

  it('are free where no old key can be used any more', () => expect(faults([expired], [rsa])).toEqual([]))
})

const url = fc
  .tuple(fc.constantFrom('https://idp.example', 'https://[2001:db8::1]:8443'), fc.stringMatching(/^\/[!-~]{0,40}$/))
  .map((parts) => parts.join(''))
  .filter((text) => !/[#\\]/.test(text))
const shown = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => text.trim() === text && text !== '' && !/[\p{Cc}\p{Surrogate}]/u.test(text))
const binding = fc.constantFrom('post' as const, 'redirect' as const)

describe('written metadata', () => {
  it('are read back as they were', () => {
    const description = fc.record({
      entityId: shown,
      ssoUrl: url,
      ssoBinding: binding,
      sloUrl: url,
      sloBinding: binding,
      nameIdFormats: fc.uniqueArray(shown, { maxLength: 4 }),
      wantAuthnRequestsSigned: fc.boolean(),
    })
    fc.assert(
      fc.property(description, (some) => {
        const idp: IdpDescription = {
          ...some,
          signingCertificates: [good.base64, rsa.base64],
          encryptionCertificates: [rsa.base64],
        }
        expect(accepted(writeIdpMetadata(idp))).toEqual({ ...idp, validUntil: null })
      }),
    )
  })

  it('are well-formed whatever the values', () => {
    const odd = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(odd, odd, odd, (entityId, link, certificate) => {
        const idp = {
          ...IDP,
          entityId,
          ssoUrl: link,
          sloUrl: link,
          nameIdFormats: [link],
          signingCertificates: [certificate],
        }
        const sp = {
          ...SP,
          entityId,
          acsUrl: link,
          sloUrl: link,
          nameIdFormat: link,
          encryptionCertificates: [certificate],
        }
        for (const xml of [writeIdpMetadata(idp), writeSpMetadata(sp)]) {
          const read = readXml(xml, { characters: 100_000, depth: 10 })
          expect('root' in read && read.root.children).toHaveLength(1)
        }
      }),
    )
  })
})

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata'
const SP = {
  entityId: 'https://entente.example/saml/default/idp/metadata',
  acsUrl: 'https://entente.example/saml/default/idp/acs',
  sloUrl: 'https://entente.example/saml/default/idp/slo',
  nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  wantAssertionsSigned: true,
  authnRequestsSigned: false,
  signingCertificates: ['AAAA', 'BBBB'],
  encryptionCertificates: ['CCCC'],
}

describe('our own metadata', () => {
  it('say where responses go and what we sign and decrypt with, in the order of the schema', () => {
    const read = readXml(writeSpMetadata(SP), { characters: 100_000, depth: 10 })
    if ('problem' in read) throw new Error(read.problem)
    expect(attributeOf(read.root, 'entityID')).toBe(SP.entityId)
    const [role] = childrenOf(read.root, MD, 'SPSSODescriptor')
    if (role === undefined) throw new Error('no role')
    expect(Object.fromEntries(role.attributes.map(({ name, value }) => [name, value]))).toEqual({
      AuthnRequestsSigned: 'false',
      WantAssertionsSigned: 'true',
      protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
    })
    expect(role.children.map(({ name, attributes }) => [name, ...attributes.map(({ value }) => value)])).toEqual([
      ['KeyDescriptor', 'signing'],
      ['KeyDescriptor', 'signing'],
      ['KeyDescriptor', 'encryption'],
      ['SingleLogoutService', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', SP.sloUrl],
      ['SingleLogoutService', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', SP.sloUrl],
      ['NameIDFormat'],
      ['AssertionConsumerService', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', SP.acsUrl, '0', 'true'],
    ])
  })

  it('leave out what there is none of', () => {
    const xml = writeSpMetadata({ ...SP, sloUrl: null, nameIdFormat: null, signingCertificates: [] })
    expect(xml).not.toMatch(/SingleLogoutService|NameIDFormat|"signing"/)
  })
})

/** Responses that must be accepted, in the shapes that identity providers really send. */
import type { Case } from '../case.ts'
import { encrypted, encryptedData } from '../encrypting.ts'
import type { CorpusKeys } from '../keys.ts'
import { assertionOf, replaced, type Signer, type Signers } from '../signing.ts'
import {
  ASSERTION_ID,
  assertion,
  attribute,
  attributeStatement,
  audience,
  conditions,
  confirmation,
  confirmationData,
  ENVELOPED,
  EXC,
  IDP,
  inclusive,
  MALLORY,
  nameId,
  PERSISTENT,
  REQUEST,
  RESPONSE_ID,
  response,
  SP,
  signature,
  status,
  statusCode,
  transform,
  transformless,
} from '../templates.ts'
import { SIGNATURE_OF_RESPONSE } from '../xmlsec.ts'

const XENC = 'http://www.w3.org/2001/04/xmlenc#'
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const DS = 'http://www.w3.org/2000/09/xmldsig#'
const own = audience(`${SP}/metadata`)

export function goodCases(signers: Signers, keys: CorpusKeys): Case[] {
  return [...signed(signers, keys), ...written(signers.idp), ...hidden(signers.idp, keys), ...said(signers.idp)]
}

function signed({ idp, idpNext, idpEc }: Signers, keys: CorpusKeys): Case[] {
  const sha = (bits: number, digest: string) => ({ algorithm: `${MORE}rsa-sha${bits}`, digest })
  const ec = { algorithm: `${MORE}ecdsa-sha256` }
  const keyInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${keys.idp.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
  const sha1 = { algorithm: `${DS}rsa-sha1`, digest: `${DS}sha1` }
  const prefixes = (list: string) => ({ transforms: transform(ENVELOPED) + transform(EXC, inclusive(list)) })
  return [
    { name: 'assertion-signed', xml: idp.assertionSigned() },
    { name: 'response-signed', xml: idp.responseSigned() },
    { name: 'both-signed', xml: idp.bothSigned() },
    { name: 'assertion-signed.rsa-sha384', xml: idp.assertionSigned({}, sha(384, `${MORE}sha384`)) },
    { name: 'assertion-signed.rsa-sha512', xml: idp.assertionSigned({}, sha(512, `${XENC}sha512`)) },
    { name: 'response-signed.ecdsa-sha256', xml: idpEc.responseSigned({}, ec), change: { certificates: ['idpEc'] } },
    {
      name: 'assertion-signed.ecdsa-sha256-beside-rsa',
      xml: idpEc.assertionSigned({}, ec),
      change: { certificates: ['idp', 'idpEc'] },
    },
    {
      name: 'assertion-signed.next-certificate',
      xml: idpNext.assertionSigned(),
      change: { certificates: ['idp', 'idpNext'] },
    },
    { name: 'assertion-signed.certificate-shown', xml: idp.assertionSigned({}, { keyInfo }) },
    { name: 'response-signed.sha1-by-the-switch', xml: idp.responseSigned({}, sha1), change: { allowSha1: true } },
    { name: 'assertion-signed.inclusive-namespaces', xml: idp.assertionSigned({}, prefixes('xs xsi')) },
    {
      name: 'response-signed.inclusive-namespaces-default',
      xml: idp.responseSigned({}, prefixes('#default saml samlp xs')),
    },
    { name: 'response-signed.inclusive-namespaces-empty', xml: idp.responseSigned({}, prefixes('')) },
    {
      name: 'assertion-signed.inclusive-namespaces-of-signed-info',
      xml: idp.assertionSigned({}, { canonicalisation: transformless(EXC, inclusive('saml samlp ds')) }),
    },
    {
      name: 'assertion-signed.bare-for-exchange',
      xml: bare(idp),
      change: { allowBareAssertion: true, inResponseTo: null },
    },
    {
      name: 'response-signed.for-exchange',
      xml: idp.responseSigned(unasked()),
      change: { allowBareAssertion: true, inResponseTo: null },
    },
  ]
}

function unasked() {
  return {
    responseAttributes: `ID="${RESPONSE_ID}" Version="2.0" IssueInstant="2026-05-01T12:00:00Z" Destination="${SP}/acs"`,
    confirmations: confirmation(confirmationData(`NotOnOrAfter="2026-05-01T12:05:00Z" Recipient="${SP}/acs"`)),
  }
}

function bare(idp: Signer): string {
  return assertionOf(idp.fill(`<x>${assertion({ ...unasked(), assertionSignature: signature(ASSERTION_ID) })}</x>`))
}

function written(idp: Signer): Case[] {
  const pretty = (xml: string) =>
    xml.replaceAll('><', '>\n  <').replaceAll(/(<ds:(?:Digest|Signature)Value>)\n\s*/g, '$1')
  const template = response({ assertionSignature: signature(ASSERTION_ID) })
  const signed = idp.assertionSigned()
  const plainNames = template
    .replaceAll('samlp:', '')
    .replace('xmlns:samlp', 'xmlns')
    .replaceAll(/<(\/?)saml:/g, '<$1')
    .replace('<Issuer>', '<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">')
    .replace('<Assertion xmlns:saml', '<Assertion xmlns')
    .replaceAll('ds:', '')
    .replace('xmlns:ds', 'xmlns')
  return [
    { name: 'written.pretty', xml: idp.fill(pretty(template)) },
    {
      name: 'written.pretty-outside-of-what-is-signed',
      xml: replaced(signed, '<samlp:Status>', '\n\n  <samlp:Status>\n    '),
    },
    {
      name: 'written.with-a-declaration',
      xml: `<?xml version="1.0" encoding="UTF-8" standalone='yes' ?>\n${signed}\n`,
    },
    { name: 'written.with-a-mark', xml: `\u{feff}${signed}` },
    { name: 'written.with-carriage-returns', xml: idp.fill(pretty(template)).replaceAll('\n', '\r\n') },
    {
      name: 'written.with-comments-between',
      xml: replaced(
        `<!-- from -->${signed}<!-- to -->`,
        '<samlp:Status>',
        '<!-- <!DOCTYPE x> --><samlp:Status><!-- -->',
      ),
    },
    {
      name: 'written.with-comments-in-what-is-signed',
      xml: replaced(signed, '<saml:Conditions', '<!-- not part of the canonical form --><saml:Conditions'),
    },
    { name: 'written.without-prefixes', xml: idp.fill(plainNames) },
    {
      name: 'written.with-other-prefixes',
      xml: idp.fill(
        template
          .replaceAll('samlp:', 'a:')
          .replace('xmlns:samlp', 'xmlns:a')
          .replaceAll('saml:', '_b.c-1:')
          .replaceAll('xmlns:saml', 'xmlns:_b.c-1'),
      ),
    },
    {
      name: 'written.with-single-quotes-and-references',
      xml: replaced(signed, `InResponseTo="${REQUEST}"`, `InResponseTo = '&#x5f;request&#45;1'`),
    },
    {
      name: 'written.with-empty-tags',
      xml: signed.replaceAll(/><\/(saml|samlp):(SubjectConfirmationData|StatusCode)>/g, ' />'),
    },
    {
      name: 'written.with-many-namespaces',
      xml: idp.fill(
        replaced(
          template,
          '<samlp:Response',
          `<samlp:Response ${Array.from({ length: 20 }, (_, n) => `xmlns:n${n}="urn:n:${n}"`).join(' ')}`,
        ),
      ),
    },
    {
      name: 'written.value-on-one-line',
      xml: signed.replace(/<ds:SignatureValue>[^<]*/, (all) => all.replaceAll('\n', '')),
    },
  ]
}

function hidden(idp: Signer, keys: CorpusKeys): Case[] {
  const signed = idp.assertionSigned()
  const cbc = (bits: number) => ({ algorithm: `${XENC}aes${bits}-cbc`, sessionKey: `aes-${bits}` })
  const gcm = (bits: number) => ({
    algorithm: `http://www.w3.org/2009/xmlenc11#aes${bits}-gcm`,
    sessionKey: `aes-${bits}`,
  })
  const template = response({ responseSignature: signature(RESPONSE_ID) })
  const wanted = { wantAssertionsEncrypted: true } as const
  const together = encrypted(signed, keys.sp)
  const key = encryptedKeyOf(together)
  const apart = together
    .replace(key, '')
    .replace(
      '</xenc:EncryptedData>',
      `</xenc:EncryptedData>${key.replace('<xenc:EncryptedKey', `<xenc:EncryptedKey xmlns:xenc="${XENC}" xmlns:ds="${DS}"`)}`,
    )
  const forTwo = together.replace(key, encryptedKeyOf(encrypted(signed, keys.otherSp)) + key)
  const inherited = assertionOf(signed).replace(/ xmlns:saml="[^"]*"/, '')
  return [
    { name: 'encrypted.aes-128-cbc', xml: encrypted(signed, keys.sp, cbc(128)), change: wanted },
    { name: 'encrypted.aes-192-cbc', xml: encrypted(signed, keys.sp, cbc(192)), change: wanted },
    { name: 'encrypted.aes-256-cbc', xml: encrypted(signed, keys.sp, cbc(256)), change: wanted },
    { name: 'encrypted.aes-128-gcm', xml: encrypted(signed, keys.sp, gcm(128)), change: wanted },
    { name: 'encrypted.aes-256-gcm', xml: encrypted(signed, keys.sp, gcm(256)), change: wanted },
    { name: 'encrypted.response-signed', xml: idp.fill(encrypted(template, keys.sp), SIGNATURE_OF_RESPONSE) },
    {
      name: 'encrypted.both-signed',
      xml: idp.fill(
        encrypted(idp.assertionSigned({ responseSignature: signature(RESPONSE_ID) }), keys.sp),
        SIGNATURE_OF_RESPONSE,
      ),
    },
    { name: 'encrypted.key-beside-the-data', xml: apart },
    { name: 'encrypted.for-two-recipients', xml: forTwo },
    {
      name: 'encrypted.namespaces-declared-around',
      xml: replaced(
        signed,
        assertionOf(signed),
        `<saml:EncryptedAssertion>${encryptedData(inherited, keys.sp)}</saml:EncryptedAssertion>`,
      ),
    },
    {
      name: 'encrypted.name-id',
      xml: idp.assertionSigned({
        nameId: `<saml:EncryptedID>${encryptedData(withNamespace(nameId(MALLORY)), keys.sp)}</saml:EncryptedID>`,
      }),
    },
    {
      name: 'encrypted.attribute',
      xml: idp.assertionSigned({
        attributes: attributeStatement(
          `<saml:EncryptedAttribute>${encryptedData(withNamespace(attribute('mail', MALLORY)), keys.sp)}</saml:EncryptedAttribute>`,
        ),
      }),
    },
  ]
}

function encryptedKeyOf(xml: string): string {
  const [key] = /<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/.exec(xml) ?? []
  if (key === undefined) throw new Error('there is no EncryptedKey')
  return key
}

function withNamespace(element: string): string {
  return element.replace(/^<saml:\w+/, (start) => `${start} xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"`)
}

function said(idp: Signer): Case[] {
  const shapes = [
    attribute('mail', MALLORY),
    attribute('groups', 'a', 'b', 'a', ''),
    attribute('letters', 'Zoë &amp; \u{1f600} &lt;b&gt;', ' spaces ', 'two\nlines', 'tab&#9;'),
    '<saml:Attribute Name="none"></saml:Attribute>',
    '<saml:Attribute Name="nil"><saml:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></saml:AttributeValue></saml:Attribute>',
    `<saml:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.10"><saml:AttributeValue>${nameId('targeted', PERSISTENT)}</saml:AttributeValue></saml:Attribute>`,
    '<saml:Attribute Name="address"><saml:AttributeValue><street>A</street><city>B</city></saml:AttributeValue></saml:Attribute>',
    '<saml:Attribute Name="plain" x:more="1" xmlns:x="urn:x"><saml:AttributeValue>v</saml:AttributeValue></saml:Attribute>',
  ]
  const good = (name: string, shape: Parameters<Signer['bothSigned']>[0], change?: Case['change']): Case => ({
    name: `said.${name}`,
    xml: idp.bothSigned(shape),
    ...(change === undefined ? {} : { change }),
  })
  const wrong = confirmation(confirmationData('Recipient="https://other.example" NotOnOrAfter="2026-05-01T12:05:00Z"'))
  const evidence = `<saml:Advice><x:any xmlns:x="urn:x">${MALLORY}</x:any></saml:Advice>`
  return [
    good('attributes-of-many-shapes', {
      attributes: attributeStatement(shapes.slice(0, 4).join('')) + attributeStatement(shapes.slice(4).join('')),
    }),
    good('no-attributes', { attributes: '' }),
    good(
      'persistent-name-with-qualifiers',
      {
        nameId: `<saml:NameID Format="${PERSISTENT}" NameQualifier="${IDP}" SPNameQualifier="${SP}/metadata" SPProvidedID="7">p-1</saml:NameID>`,
      },
      { pinnedNameIdFormat: PERSISTENT },
    ),
    good('transient-name', { nameId: nameId('_t1', 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient') }),
    good('name-without-a-format', { nameId: '<saml:NameID>mallory</saml:NameID>' }),
    good('name-beyond-ascii', { nameId: nameId('m\u{e4}llory \u{1f600}\u{5d0}@corp.example') }),
    good('name-of-255-bytes', { nameId: nameId('x'.repeat(255)) }),
    good('no-name', { nameId: '' }, { requiresNameId: false }),
    good('any-issuer', {}, { idpEntityId: null }),
    good('issuer-with-a-format', {
      issuer: `<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">${IDP}</saml:Issuer>`,
    }),
    good('two-audiences', { conditions: conditions(audience('https://other.example', `${SP}/metadata`)) }),
    good('two-restrictions', { conditions: conditions(own + audience(`${SP}/metadata`, 'https://other.example')) }),
    good('one-time-use', { conditions: conditions(`${own}<saml:OneTimeUse></saml:OneTimeUse>`) }),
    good('proxies-allowed', {
      conditions: conditions(`${own}<saml:ProxyRestriction Count="1"></saml:ProxyRestriction>`),
    }),
    good('conditions-without-times', { conditions: conditions(own, '') }),
    good('times-within-the-skew', {
      conditions: conditions(own, 'NotBefore="2026-05-01T12:00:59Z" NotOnOrAfter="2026-05-01T11:59:01Z"'),
      confirmations: confirmation(
        confirmationData(`InResponseTo="${REQUEST}" Recipient="${SP}/acs" NotOnOrAfter="2026-05-01T11:59:00.001Z"`),
      ),
      assertionAttributes: `ID="${ASSERTION_ID}" Version="2.0" IssueInstant="2026-05-01T12:01:00.000Z"`,
    }),
    good('times-with-fractions', {
      conditions: conditions(own, 'NotBefore="2026-05-01T11:59:00.123456789Z" NotOnOrAfter="2026-05-01T12:05:00.1Z"'),
    }),
    good('second-confirmation-holds', { confirmations: wrong + confirmation() }),
    good('confirmation-beside-another-method', { confirmations: confirmation('', 'holder-of-key') + confirmation() }),
    good('confirmation-with-an-address', {
      confirmations: confirmation(
        confirmationData(
          `Address="203.0.113.7" InResponseTo="${REQUEST}" NotOnOrAfter="2026-05-01T12:05:00Z" Recipient="${SP}/acs"`,
        ),
      ),
    }),
    good('status-with-a-message', {
      status: status(`${statusCode('Success', statusCode('Success'))}<samlp:StatusMessage>fine</samlp:StatusMessage>`),
    }),
    good('extensions', { extensions: '<samlp:Extensions><x:any xmlns:x="urn:x"></x:any></samlp:Extensions>' }),
    good('advice', { advice: evidence }),
    { name: 'said.response-without-an-issuer', xml: idp.assertionSigned({ responseIssuer: '' }) },
    {
      name: 'said.certificate-of-the-provider-among-two',
      xml: idp.assertionSigned(),
      change: { certificates: ['idpNext', 'idp'] },
    },
    {
      name: 'said.five-hundred-groups',
      xml: idp.bothSigned({
        attributes: attributeStatement(attribute('groups', ...Array.from({ length: 500 }, (_, n) => `group-${n}`))),
      }),
    },
  ]
}

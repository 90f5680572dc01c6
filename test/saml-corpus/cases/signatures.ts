/** Signatures that are none, or not over what they seem to be: structure, references, transforms, algorithms, keys. */
import { createHash } from 'node:crypto'
import type { BadCase } from '../case.ts'
import type { CorpusKeys } from '../keys.ts'
import { assertionOf, replaced, type Signer, type Signers, signatureOf } from '../signing.ts'
import {
  ASSERTION_ID,
  assertion,
  ENVELOPED,
  EXC,
  inclusive,
  issuer,
  MALLORY,
  nameId,
  RESPONSE_ID,
  response,
  SHA256,
  type SignatureShape,
  signature,
  transform,
  transformless,
} from '../templates.ts'
import { SIGNATURE_OF_ASSERTION, SIGNATURE_OF_RESPONSE, signWithXmlsec } from '../xmlsec.ts'

const DS = 'http://www.w3.org/2000/09/xmldsig#'
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const BOTH = transform(ENVELOPED) + transform(EXC)

export function signatureCases(signers: Signers, keys: CorpusKeys): BadCase[] {
  const { idp } = signers
  return [
    ...structure(idp),
    ...references(idp),
    ...transforms(idp),
    ...algorithms(signers, keys),
    ...whoSigned(signers, keys),
  ]
}

function structure(idp: Signer): BadCase[] {
  const signed = idp.assertionSigned()
  const change = (what: string, by: string) => replaced(signed, what, by)
  const signedInfo = /<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>/.exec(signed)?.[0] ?? ''
  const other = signedInfo.replace(
    /<ds:DigestValue>[^<]*/,
    `<ds:DigestValue>${createHash('sha256').update('x').digest('base64')}`,
  )
  const value = /<ds:SignatureValue>([\s\S]*?)<\/ds:SignatureValue>/.exec(signed)?.[1] ?? ''
  const digest = /<ds:DigestValue>([\s\S]*?)<\/ds:DigestValue>/.exec(signed)?.[1] ?? ''
  const flipped = `${value.trim().startsWith('A') ? 'B' : 'A'}${value.trim().slice(1)}`
  const evilDigest = createHash('sha256').update('the victim').digest('base64')
  const malformed = 'saml.signature_malformed'
  return [
    { name: 'signature.none', xml: response(), code: 'saml.signature_missing' },
    { name: 'signature.stripped', xml: change(signatureOf(signed), ''), code: 'saml.signature_missing' },
    {
      name: 'signature.empty-element',
      xml: change(signatureOf(signed), `<ds:Signature xmlns:ds="${DS}"></ds:Signature>`),
      code: malformed,
    },
    {
      name: 'signature.template-never-filled',
      xml: response({ assertionSignature: signature(ASSERTION_ID) }),
      code: malformed,
    },
    { name: 'signature.two-signed-infos-evil-first', xml: change(signedInfo, other + signedInfo), code: malformed },
    { name: 'signature.two-signed-infos-evil-last', xml: change(signedInfo, signedInfo + other), code: malformed },
    {
      name: 'signature.evil-signed-info-in-key-info',
      xml: change('</ds:Signature>', `<ds:KeyInfo>${signedInfo}</ds:KeyInfo></ds:Signature>`).replace(
        signedInfo,
        other,
      ),
      code: 'signature.invalid',
    },
    {
      name: 'signature.signed-info-behind-value',
      xml: replaced(change(signedInfo, ''), '</ds:SignatureValue>', `</ds:SignatureValue>${signedInfo}`),
      code: malformed,
    },
    {
      name: 'signature.two-values',
      xml: change('</ds:SignatureValue>', `</ds:SignatureValue><ds:SignatureValue>${value}</ds:SignatureValue>`),
      code: malformed,
    },
    { name: 'signature.value-empty', xml: change(value, ''), code: malformed },
    { name: 'signature.value-not-base64', xml: change(value, `${value.trim()}!`), code: malformed },
    { name: 'signature.value-of-another-bit', xml: change(value, flipped), code: 'signature.invalid' },
    {
      name: 'signature.value-cut',
      xml: change(value, Buffer.from(value, 'base64').subarray(0, 100).toString('base64')),
      code: 'signature.invalid',
    },
    {
      name: 'signature.value-zero',
      xml: change(value, Buffer.alloc(256).toString('base64')),
      code: 'signature.invalid',
    },
    {
      name: 'signature.comment-in-value',
      xml: change(value, `${value.trim().slice(0, 20)}<!-- -->${value.trim().slice(20)}`),
      code: 'saml.comment_refused',
    },
    {
      name: 'signature.comment-in-digest',
      xml: change(digest, `<!--${evilDigest}-->${digest}`),
      code: 'saml.comment_refused',
    },
    {
      name: 'signature.comment-before-digest',
      xml: change('<ds:DigestValue>', '<!-- --><ds:DigestValue>'),
      code: 'saml.comment_refused',
    },
    { name: 'signature.digest-changed', xml: change(digest, evilDigest), code: 'signature.invalid' },
    {
      name: 'signature.digest-doubled',
      xml: change('<ds:DigestValue>', `<ds:DigestValue>${evilDigest}</ds:DigestValue><ds:DigestValue>`),
      code: malformed,
    },
    {
      name: 'signature.digest-with-an-element',
      xml: change(digest, `<ds:X>${evilDigest}</ds:X>${digest}`),
      code: malformed,
    },
    { name: 'signature.text-in-signed-info', xml: change('<ds:SignedInfo>', '<ds:SignedInfo>text'), code: malformed },
    {
      name: 'signature.with-an-object',
      xml: idp.assertionSigned({}, { objects: '<ds:Object>x</ds:Object>' }),
      code: malformed,
    },
    {
      name: 'signature.with-a-manifest',
      xml: change(
        '</ds:Signature>',
        `<ds:Object><ds:Manifest><ds:Reference URI="#${ASSERTION_ID}"></ds:Reference></ds:Manifest></ds:Object></ds:Signature>`,
      ),
      code: malformed,
    },
    {
      name: 'signature.in-another-namespace',
      xml: change(`xmlns:ds="${DS}"`, 'xmlns:ds="http://www.w3.org/2000/09/xmldsig"'),
      code: 'saml.signature_missing',
    },
    { name: 'signature.void-canonicalisation', xml: voidCanonicalisation(idp), code: 'saml.malformed' },
    { name: 'signature.void-digest', xml: voidDigest(idp), code: 'saml.malformed' },
  ]
}

/** What is signed is nothing: a relative namespace makes canonicalisation stop in some libraries, and the empty text be taken. */
function voidCanonicalisation(idp: Signer): string {
  const filled = signature(ASSERTION_ID)
    .replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:v="relative" v:x="">')
    .replace('<ds:DigestValue>', `<ds:DigestValue>${createHash('sha256').update('').digest('base64')}`)
    .replace('<ds:SignatureValue>', `<ds:SignatureValue>${idp.rawSignature('')}`)
  return response({ assertionSignature: filled })
}

function voidDigest(idp: Signer): string {
  const filled = signature(ASSERTION_ID).replace(
    '<ds:DigestValue>',
    `<ds:DigestValue>${createHash('sha256').update('').digest('base64')}`,
  )
  const info = /<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>/.exec(filled)?.[0] ?? ''
  const canonical = info.replace('<ds:SignedInfo>', `<ds:SignedInfo xmlns:ds="${DS}">`)
  const done = filled.replace('<ds:SignatureValue>', `<ds:SignatureValue>${idp.rawSignature(canonical)}`)
  return replaced(response({ assertionSignature: done }), '<saml:Subject>', '<saml:Subject xmlns:v="relative" v:x="">')
}

function references(idp: Signer): BadCase[] {
  const wrong = (name: string, form: SignatureShape): BadCase => ({
    name: `reference.${name}`,
    xml: idp.assertionSigned({}, form),
    code: 'saml.reference_wrong',
  })
  const signed = idp.assertionSigned()
  const second = (uri: string) =>
    `<ds:Reference URI="${uri}"><ds:Transforms>${BOTH}</ds:Transforms><ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue></ds:DigestValue></ds:Reference>`
  const reference = /<ds:Reference [\s\S]*<\/ds:Reference>/.exec(signed)?.[0] ?? ''
  return [
    wrong('empty-uri', { uri: '' }),
    wrong('of-the-response', { uri: `#${RESPONSE_ID}` }),
    wrong('xpointer-id', { uri: `#xpointer(id('${ASSERTION_ID}'))` }),
    wrong('xpointer-root', { uri: '#xpointer(/)' }),
    wrong('two', { moreReferences: second(`#${ASSERTION_ID}`) }),
    wrong('two-of-other-elements', { moreReferences: second(`#${RESPONSE_ID}`) }),
    { name: 'reference.none', xml: replaced(signed, reference, ''), code: 'saml.signature_malformed' },
    {
      name: 'reference.without-uri',
      xml: replaced(signed, ` URI="#${ASSERTION_ID}"`, ''),
      code: 'saml.reference_wrong',
    },
    {
      name: 'reference.external-http',
      xml: replaced(signed, `URI="#${ASSERTION_ID}"`, 'URI="http://evil.example/a.xml"'),
      code: 'saml.reference_wrong',
    },
    {
      name: 'reference.external-file',
      xml: replaced(signed, `URI="#${ASSERTION_ID}"`, 'URI="file:///etc/passwd"'),
      code: 'saml.reference_wrong',
    },
    {
      name: 'reference.percent-encoded',
      xml: replaced(signed, `URI="#${ASSERTION_ID}"`, `URI="#%5Fassertion-1"`),
      code: 'saml.reference_wrong',
    },
    {
      name: 'reference.with-a-space',
      xml: replaced(signed, `URI="#${ASSERTION_ID}"`, `URI="#${ASSERTION_ID} "`),
      code: 'saml.reference_wrong',
    },
  ]
}

function transforms(idp: Signer): BadCase[] {
  const refused = (name: string, all: string | null): BadCase => ({
    name: `transform.${name}`,
    xml: idp.assertionSigned({}, { transforms: all }),
    code: 'saml.transform_refused',
  })
  const xpath = (expression: string) =>
    transform('http://www.w3.org/TR/1999/REC-xpath-19991116', `<ds:XPath>${expression}</ds:XPath>`)
  const xslt = transform(
    'http://www.w3.org/TR/1999/REC-xslt-19991116',
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><x></x></xsl:template></xsl:stylesheet>',
  )
  const canonicalisation = (name: string, algorithm: string, content = ''): BadCase => ({
    name: `canonicalisation.${name}`,
    xml: idp.assertionSigned({}, { canonicalisation: transformless(algorithm, content) }),
    code: 'saml.canonicalisation_refused',
  })
  const unsigned = (name: string, what: string, by: string, code: string): BadCase => ({
    name,
    xml: replaced(idp.assertionSigned(), what, by),
    code,
  })
  return [
    refused('none', null),
    refused('enveloped-alone', transform(ENVELOPED)),
    refused('inclusive-canonicalisation', transform(ENVELOPED) + transform(C14N)),
    refused('exclusive-with-comments', transform(ENVELOPED) + transform(`${EXC}WithComments`)),
    refused('canonicalisation-1.1', transform(ENVELOPED) + transform('http://www.w3.org/2006/12/xml-c14n11')),
    refused('exclusive-twice', BOTH + transform(EXC)),
    refused('xpath-nothing', xpath('false()') + transform(EXC)),
    refused(
      'xpath-not-the-subject',
      xpath('not(ancestor-or-self::*[local-name()="Subject" or local-name()="Signature"])') + transform(EXC),
    ),
    refused('xpath-beside-the-two', BOTH + xpath('true()')),
    unsigned(
      'transform.xslt',
      BOTH.replaceAll('></ds:Transform>', '/>'),
      `${transform(ENVELOPED)}${xslt}`,
      'saml.transform_refused',
    ),
    unsigned(
      'transform.base64',
      BOTH.replaceAll('></ds:Transform>', '/>'),
      transform(ENVELOPED) + transform(`${DS}base64`),
      'saml.transform_refused',
    ),
    unsigned(
      'transform.other-order',
      BOTH.replaceAll('></ds:Transform>', '/>'),
      transform(EXC) + transform(ENVELOPED),
      'saml.transform_refused',
    ),
    unsigned(
      'transform.unknown',
      BOTH.replaceAll('></ds:Transform>', '/>'),
      transform(ENVELOPED) + transform('urn:evil'),
      'saml.transform_refused',
    ),
    unsigned(
      'transform.parameters-of-enveloped',
      BOTH.replaceAll('></ds:Transform>', '/>'),
      transform(ENVELOPED, '<ds:XPath>1</ds:XPath>') + transform(EXC),
      'saml.transform_refused',
    ),
    unsigned(
      'transform.17-inclusive-prefixes',
      BOTH.replaceAll('></ds:Transform>', '/>'),
      transform(ENVELOPED) + transform(EXC, inclusive(Array.from({ length: 17 }, (_, index) => `p${index}`).join(' '))),
      'saml.transform_refused',
    ),
    canonicalisation('inclusive', C14N),
    canonicalisation('exclusive-with-comments', `${EXC}WithComments`),
    canonicalisation('1.1', 'http://www.w3.org/2006/12/xml-c14n11'),
    unsigned(
      'canonicalisation.unknown',
      `<ds:CanonicalizationMethod Algorithm="${EXC}"`,
      '<ds:CanonicalizationMethod Algorithm="urn:evil"',
      'saml.canonicalisation_refused',
    ),
    unsigned(
      'canonicalisation.none',
      `<ds:CanonicalizationMethod Algorithm="${EXC}"/>`,
      '',
      'saml.signature_malformed',
    ),
  ]
}

function algorithms(signers: Signers, keys: CorpusKeys): BadCase[] {
  const { idp } = signers
  const signed = idp.assertionSigned()
  const certificate = Buffer.from(keys.idp.certificatePem)
  const hmac = (name: string, algorithm: string): BadCase => ({
    name: `algorithm.${name}`,
    xml: signWithXmlsec(
      response({ assertionSignature: signature(ASSERTION_ID, { algorithm }) }),
      SIGNATURE_OF_ASSERTION,
      { hmac: certificate },
    ),
    code: 'saml.algorithm_refused',
  })
  const named = (name: string, algorithm: string, code = 'saml.algorithm_refused'): BadCase => ({
    name: `algorithm.${name}`,
    xml: replaced(signed, `${MORE}rsa-sha256`, algorithm),
    code,
  })
  const sha1 = `${DS}sha1`
  return [
    hmac('hmac-sha1-by-the-certificate', `${DS}hmac-sha1`),
    hmac('hmac-sha256-by-the-certificate', `${MORE}hmac-sha256`),
    {
      name: 'algorithm.rsa-sha1',
      xml: idp.assertionSigned({}, { algorithm: `${DS}rsa-sha1`, digest: sha1 }),
      code: 'saml.sha1_refused',
    },
    {
      name: 'algorithm.rsa-sha1-digest-sha256',
      xml: idp.assertionSigned({}, { algorithm: `${DS}rsa-sha1` }),
      code: 'saml.sha1_refused',
    },
    {
      name: 'algorithm.rsa-sha256-digest-sha1',
      xml: idp.assertionSigned({}, { digest: sha1 }),
      code: 'saml.sha1_refused',
    },
    {
      name: 'algorithm.response-rsa-sha1',
      xml: idp.responseSigned({}, { algorithm: `${DS}rsa-sha1`, digest: sha1 }),
      code: 'saml.sha1_refused',
    },
    {
      name: 'algorithm.rsa-sha224',
      xml: idp.assertionSigned({}, { algorithm: `${MORE}rsa-sha224` }),
      code: 'saml.algorithm_refused',
    },
    {
      name: 'algorithm.digest-sha224',
      xml: idp.assertionSigned({}, { digest: `${MORE}sha224` }),
      code: 'saml.algorithm_refused',
    },
    named('dsa-sha1', `${DS}dsa-sha1`),
    named('rsa-md5', `${MORE}rsa-md5`),
    named('none', 'none'),
    named('empty', ''),
    named('constructor', 'constructor'),
    named('in-capitals', `${MORE}RSA-SHA256`),
    named('rsa-sha512-claimed', `${MORE}rsa-sha512`, 'signature.invalid'),
    named('ecdsa-claimed-of-an-rsa-key', `${MORE}ecdsa-sha256`, 'saml.key_missing'),
    { name: 'algorithm.digest-unknown', xml: replaced(signed, SHA256, 'urn:evil'), code: 'saml.algorithm_refused' },
    {
      name: 'algorithm.hmac-output-length',
      xml: replaced(
        signed,
        `<ds:SignatureMethod Algorithm="${MORE}rsa-sha256"/>`,
        `<ds:SignatureMethod Algorithm="${MORE}rsa-sha256"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>`,
      ),
      code: 'saml.signature_malformed',
    },
  ]
}

function whoSigned({ stranger, outdated, future, idpNext, idpEc, idp }: Signers, keys: CorpusKeys): BadCase[] {
  const certificateInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${keys.stranger.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
  const idpInfo = certificateInfo.replace(keys.stranger.certificate, keys.idp.certificate)
  const mixed = idp.fill(
    response({ responseSignature: signature(RESPONSE_ID), assertionSignature: signature(ASSERTION_ID) }),
  )
  const ec = { algorithm: `${MORE}ecdsa-sha256` }
  return [
    { name: 'key.stranger', xml: stranger.assertionSigned(), code: 'signature.invalid' },
    { name: 'key.stranger-response', xml: stranger.responseSigned(), code: 'signature.invalid' },
    {
      name: 'key.stranger-brings-a-certificate',
      xml: stranger.assertionSigned({}, { keyInfo: certificateInfo }),
      code: 'signature.invalid',
    },
    {
      name: 'key.stranger-shows-the-providers-certificate',
      xml: stranger.assertionSigned({}, { keyInfo: idpInfo }),
      code: 'signature.invalid',
    },
    {
      name: 'key.stranger-signs-the-response-around-a-good-assertion',
      xml: stranger.fill(mixed, '/*/*[local-name()="Signature"]'),
      code: 'signature.invalid',
    },
    { name: 'key.next-one-not-registered', xml: idpNext.assertionSigned(), code: 'signature.invalid' },
    {
      name: 'key.certificate-expired',
      xml: outdated.assertionSigned(),
      change: { certificates: ['idp', 'outdated'] },
      code: 'saml.certificate_outdated',
    },
    {
      name: 'key.only-an-expired-certificate',
      xml: idp.assertionSigned(),
      change: { certificates: ['outdated'] },
      code: 'saml.key_missing',
    },
    {
      name: 'key.certificate-not-yet-valid',
      xml: future.assertionSigned(),
      change: { certificates: ['idp', 'future'] },
      code: 'saml.certificate_outdated',
    },
    { name: 'key.no-certificates', xml: idp.assertionSigned(), change: { certificates: [] }, code: 'saml.key_missing' },
    { name: 'key.ec-where-rsa-is-registered', xml: idpEc.assertionSigned({}, ec), code: 'saml.key_missing' },
    {
      name: 'key.rsa-where-ec-is-registered',
      xml: idp.assertionSigned(),
      change: { certificates: ['idpEc'] },
      code: 'saml.key_missing',
    },
    { name: 'kind.signed-logout-request', xml: otherMessage(idp, 'samlp:LogoutRequest'), code: 'saml.message_unknown' },
    { name: 'kind.signed-authn-request', xml: otherMessage(idp, 'samlp:AuthnRequest'), code: 'saml.message_unknown' },
    { name: 'kind.bare-assertion-at-the-acs', xml: bareAssertion(idp), code: 'saml.message_unknown' },
    {
      name: 'kind.saml-1.1-response',
      xml: response().replaceAll('SAML:2.0:protocol', 'SAML:1.0:protocol'),
      code: 'saml.message_unknown',
    },
    {
      name: 'kind.saml-1.1-assertion',
      xml: response().replaceAll('SAML:2.0:assertion', 'SAML:1.0:assertion'),
      code: 'saml.assertion_malformed',
    },
    {
      name: 'kind.envelope',
      xml: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${idp.assertionSigned()}</e:Body></e:Envelope>`,
      code: 'saml.message_unknown',
    },
  ]
}

function otherMessage(idp: Signer, name: string): string {
  const unsigned = response({
    responseSignature: signature(RESPONSE_ID),
    responseIssuer: `${issuer()}${nameId(MALLORY)}`,
    assertion: '',
    status: '',
  })
  return idp.fill(unsigned.replaceAll('samlp:Response', name), SIGNATURE_OF_RESPONSE)
}

function bareAssertion(idp: Signer): string {
  return assertionOf(idp.fill(`<x>${assertion({ assertionSignature: signature(ASSERTION_ID) })}</x>`))
}

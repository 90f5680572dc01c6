/** Encrypted assertions that must not be opened, or that nobody vouches for once they are. */
import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import type { BadCase, Change } from '../case.ts'
import { type EncryptionShape, encrypted, encryptedData } from '../encrypting.ts'
import type { CorpusKeys } from '../keys.ts'
import { assertionOf, replaced, type Signer, type Signers } from '../signing.ts'
import { ASSERTION_ID, assertion, EMAIL, nameId, response, signature, VICTIM } from '../templates.ts'
import { SIGNATURE_OF_RESPONSE } from '../xmlsec.ts'

const XENC = 'http://www.w3.org/2001/04/xmlenc#'
const XENC11 = 'http://www.w3.org/2009/xmlenc11#'

export function encryptionCases(signers: Signers, keys: CorpusKeys): BadCase[] {
  const { idp, stranger } = signers
  const signed = idp.assertionSigned()
  const good = encrypted(signed, keys.sp)
  const failed = (name: string, xml: string, change?: Change): BadCase => ({
    name: `encryption.${name}`,
    xml,
    code: 'saml.decryption_failed',
    ...(change === undefined ? {} : { change }),
  })
  const refused = (name: string, xml: string): BadCase => ({
    name: `encryption.${name}`,
    xml,
    code: 'saml.encryption_algorithm',
  })
  const shaped = (shape: EncryptionShape) => encrypted(signed, keys.sp, shape)
  const [wrappedKey = '', content = ''] = [...good.matchAll(/CipherValue>([^<]*[\w+/=][^<]*)</g)].map(
    ([, text]) => text ?? '',
  )
  const changedByte = (text: string, at: number) => {
    const bytes = Buffer.from(text, 'base64')
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    return bytes.toString('base64')
  }
  return [
    { name: 'encryption.not-signed', xml: encrypted(response(), keys.sp), code: 'saml.signature_missing' },
    {
      name: 'encryption.signed-by-a-stranger',
      xml: encrypted(stranger.assertionSigned(), keys.sp),
      code: 'signature.invalid',
    },
    {
      name: 'encryption.evil-assertion-with-a-signature-of-another',
      xml: encrypted(response({ assertion: evilSigned(idp) }), keys.sp),
      code: 'saml.reference_wrong',
    },
    {
      name: 'encryption.response-signature-over-another',
      xml: replaced(
        idp.fill(encrypted(response({ responseSignature: signature('_response-1') }), keys.sp), SIGNATURE_OF_RESPONSE),
        'Destination=',
        'Consent="urn:x" Destination=',
      ),
      code: 'saml.digest_mismatch',
    },
    failed('for-somebody-else', encrypted(signed, keys.otherSp)),
    failed('without-a-key-of-ours', good, { decryptionKeys: [] }),
    failed('content-of-another-bit-gcm', replaced(good, content, changedByte(content, 40))),
    failed(
      'tag-of-another-bit-gcm',
      replaced(good, content, changedByte(content, Buffer.from(content, 'base64').length - 1)),
    ),
    failed('content-cut', replaced(good, content, Buffer.from(content, 'base64').subarray(0, 20).toString('base64'))),
    failed('content-empty', replaced(good, content, '')),
    failed('key-of-another-bit', replaced(good, wrappedKey, changedByte(wrappedKey, 100))),
    failed('key-empty', replaced(good, wrappedKey, '')),
    failed('cbc-last-block-of-another-bit', cbcBroken(signed, keys)),
    failed('cbc-not-whole-blocks', ours(keys, 'aes128-cbc', Buffer.from(assertionOf(signed)), { cut: 3 })),
    failed(
      'cbc-padding-of-zero',
      ours(keys, 'aes128-cbc', Buffer.concat([Buffer.from('<x/>'), Buffer.alloc(12)]), { padded: true }),
    ),
    failed(
      'key-of-another-length',
      ours(keys, 'aes128-cbc', Buffer.from(assertionOf(signed)), { claimed: 'aes256-cbc' }),
    ),
    failed('not-xml-within', ours(keys, 'aes128-gcm', Buffer.from('victim@corp.example'))),
    failed('doctype-within', ours(keys, 'aes128-gcm', Buffer.from(`<!DOCTYPE x>${assertionOf(signed)}`))),
    failed('entity-within', ours(keys, 'aes128-gcm', Buffer.from(assertionOf(signed).replace('staff', '&x;')))),
    failed('response-within', ours(keys, 'aes128-gcm', Buffer.from(signed))),
    failed(
      'name-id-within',
      ours(
        keys,
        'aes128-gcm',
        Buffer.from(
          nameId(VICTIM).replace('<saml:NameID', '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'),
        ),
      ),
    ),
    failed(
      'two-assertions-within',
      ours(keys, 'aes128-gcm', Buffer.from(assertionOf(signed) + assertion({ assertionId: '_evil' }))),
    ),
    failed('utf-16-within', ours(keys, 'aes128-gcm', Buffer.from(assertionOf(signed), 'utf16le'))),
    {
      name: 'encryption.assertion-within-the-assertion',
      xml: ours(
        keys,
        'aes128-gcm',
        Buffer.from(
          assertionOf(signed).replace('</saml:Assertion>', `${assertion({ assertionId: '_evil' })}</saml:Assertion>`),
        ),
      ),
      code: 'saml.assertion_not_alone',
    },
    {
      name: 'encryption.id-of-the-response-within',
      xml: ours(keys, 'aes128-gcm', Buffer.from(assertionOf(signed).replace(ASSERTION_ID, '_response-1'))),
      code: 'saml.id_duplicate',
    },
    refused('rsa-1.5', shaped({ keyAlgorithm: `${XENC}rsa-1_5` })),
    refused('rsa-1.5-claimed', replaced(good, `${XENC}rsa-oaep-mgf1p`, `${XENC}rsa-1_5`)),
    refused('triple-des', shaped({ algorithm: `${XENC}tripledes-cbc`, sessionKey: 'des-192' })),
    refused('key-wrap', replaced(good, `${XENC}rsa-oaep-mgf1p`, `${XENC}kw-aes256`)),
    refused('unknown', replaced(good, `${XENC11}aes256-gcm`, 'urn:evil')),
    refused('constructor', replaced(good, `${XENC11}aes256-gcm`, 'constructor')),
    refused(
      'digest-unlike-mask',
      replaced(
        good,
        '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>',
        `<xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${XENC}sha256"/></xenc:EncryptionMethod>`,
      ),
    ),
    refused('of-content-only', replaced(good, `Type="${XENC}Element"`, `Type="${XENC}Content"`)),
    refused('without-a-key', good.replace(/<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/, '')),
    refused(
      'five-keys',
      good.replace(/<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/, (one) => one.repeat(5)),
    ),
    refused(
      'by-reference',
      good.replace(
        /<xenc:CipherData>\s*<xenc:CipherValue>[^<]{700,}<\/xenc:CipherValue>\s*<\/xenc:CipherData>/,
        '<xenc:CipherData><xenc:CipherReference URI="http://evil.example/x"/></xenc:CipherData>',
      ),
    ),
    refused('empty-element', response({ assertion: '<saml:EncryptedAssertion></saml:EncryptedAssertion>' })),
    refused(
      'two-encrypted-data',
      good.replace(/<xenc:EncryptedData[\s\S]*<\/xenc:EncryptedData>/, (one) => one.repeat(2)),
    ),
    {
      name: 'encryption.two-encrypted-assertions',
      xml: good.replace(/<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/, (one) => one.repeat(2)),
      code: 'saml.assertion_not_alone',
    },
    {
      name: 'encryption.issuer-of-the-response-missing',
      xml: encrypted(idp.assertionSigned({ responseIssuer: '' }), keys.sp),
      code: 'saml.issuer_missing',
    },
    {
      name: 'encryption.name-id-for-somebody-else',
      xml: idp.assertionSigned({ nameId: encryptedName(keys) }),
      code: 'saml.decryption_failed',
    },
  ]
}

function evilSigned(idp: Signer): string {
  const good = assertionOf(idp.assertionSigned())
  return assertion({
    assertionId: '_evil',
    nameId: nameId(VICTIM),
    assertionSignature: /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(good)?.[0] ?? '',
  })
}

function encryptedName(keys: CorpusKeys): string {
  const name = `<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Format="${EMAIL}">x@corp.example</saml:NameID>`
  return `<saml:EncryptedID>${encryptedData(name, keys.otherSp)}</saml:EncryptedID>`
}

function cbcBroken(signed: string, keys: CorpusKeys): string {
  const xml = encrypted(signed, keys.sp, { algorithm: `${XENC}aes128-cbc`, sessionKey: 'aes-128' })
  return xml.replace(/(CipherValue>)([^<]{700,})/, (_all, before: string, text: string) => {
    const bytes = Buffer.from(text, 'base64')
    // Of the block before the last: the padding's length turns into something above a block.
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 17) ^ 0xe0, bytes.length - 17)
    return before + bytes.toString('base64')
  })
}

interface Ours {
  readonly claimed?: string
  /** Bytes to leave out at the end. */
  readonly cut?: number
  /** The text is whole blocks already. */
  readonly padded?: true
}

/** What no honest program encrypts is encrypted here by hand. */
function ours(
  keys: CorpusKeys,
  algorithm: 'aes128-cbc' | 'aes128-gcm',
  text: Buffer,
  { claimed, cut = 0, padded }: Ours = {},
): string {
  const key = randomBytes(16)
  const isGcm = algorithm === 'aes128-gcm'
  const iv = randomBytes(isGcm ? 12 : 16)
  let value: Buffer
  if (isGcm) {
    const cipher = createCipheriv('aes-128-gcm', key, iv)
    value = Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()])
  } else {
    const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(padded !== true)
    value = Buffer.concat([iv, cipher.update(text), cipher.final()])
  }
  const wrapped = publicEncrypt(
    { key: keys.sp.certificatePem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    key,
  )
  const uri = claimed !== undefined || !isGcm ? XENC : XENC11
  const data = `<xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${uri}${claimed ?? algorithm}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"/><xenc:CipherData><xenc:CipherValue>${wrapped.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>${value.subarray(0, value.length - cut).toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`
  return response({ assertion: `<saml:EncryptedAssertion>${data}</saml:EncryptedAssertion>` })
}

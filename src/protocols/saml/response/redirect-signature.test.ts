import { createPrivateKey, KeyObject, sign, X509Certificate } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { SAML } from '@node-saml/node-saml'
import { beforeAll, describe, expect, it } from 'vitest'
import { createLadder } from '../../../decisions/ladder.ts'
import { createKey } from '../testing/certificates.ts'
import { EXPECTED, messageCase } from '../testing/corpus.ts'
import { verifyRedirectSignature } from './redirect-signature.ts'
import type { ExpectedMessage } from './signed-message.ts'

const SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const PROFILE = { issuer: 'https://idp.example/saml', nameID: 'mallory', nameIDFormat: 'urn:x', sessionIndex: '_s' }

let expected: ExpectedMessage
let secret: KeyObject
/** As @node-saml/node-saml sends a LogoutRequest, signed with RSA-SHA256. (Spaces and tildes it signs in one spelling and sends in another.) */
let foreign: string

beforeAll(async () => {
  const key = await createKey('RSA2048')
  const { base64, pem } = await key.certificate()
  secret = KeyObject.from(key.keys.privateKey)
  expected = { ...EXPECTED, certificates: [base64], names: ['LogoutRequest'], mustBeSigned: true }
  const saml = new SAML({
    idpCert: new X509Certificate(pem).toString(),
    issuer: 'https://idp.example/saml',
    callbackUrl: 'https://idp.example/',
    entryPoint: 'https://entente.example/slo',
    logoutUrl: 'https://entente.example/slo',
    privateKey: secret.export({ type: 'pkcs8', format: 'pem' }).toString(),
    signatureAlgorithm: 'sha256',
  })
  foreign = new URL(await saml.getLogoutUrlAsync(PROFILE, 'state&more/1', {})).search.slice(1)
})

function judged(
  query: string,
  more: Partial<ExpectedMessage> = {},
  parameter: 'SAMLRequest' | 'SAMLResponse' = 'SAMLRequest',
) {
  const ladder = createLadder('lenient')
  const message = verifyRedirectSignature(query, parameter, { ...expected, ...more }, ladder)
  return { message, code: ladder.failure?.code ?? null }
}

function query(xml: Uint8Array, relayState?: string): string {
  const message = encodeURIComponent(deflateRawSync(xml).toString('base64'))
  const state = relayState === undefined ? '' : `&RelayState=${relayState}`
  return `SAMLRequest=${message}${state}&SigAlg=${encodeURIComponent(SHA256)}`
}

function signed(octets: string): string {
  const value = sign('sha256', Buffer.from(octets), createPrivateKey(secret.export({ type: 'pkcs8', format: 'pem' })))
  return `${octets}&Signature=${encodeURIComponent(value.toString('base64'))}`
}

describe('a message of the Redirect binding', () => {
  it('is taken as a foreign library signs it', () => {
    const { message, code } = judged(foreign)
    expect([code, message?.isSigned, message?.root.name, message?.relayState]).toEqual([
      null,
      true,
      'LogoutRequest',
      'state&more/1',
    ])
  })

  it('is signed in the octets that came, however they were encoded', () => {
    const plain = messageCase('logout-request.unsigned')
    expect(judged(signed(query(plain, 'a%2fb%7e+c'))).message?.relayState).toBe('a/b~ c')
    const lowered = query(plain).replaceAll(/%[0-9A-F]{2}/g, (one) => one.toLowerCase())
    expect(judged(signed(lowered)).code).toBeNull()
    // The same text in another spelling is not what was signed.
    const respelt = signed(query(plain, 'a%2fb')).replace('a%2fb', 'a%2Fb')
    expect(judged(respelt)).toEqual({ message: null, code: 'signature.invalid' })
  })

  it('may have its parameters in any order, and others beside them', () => {
    const [message = '', ...others] = foreign.split('&')
    expect(judged([...others, 'utm=1', message].join('&')).code).toBeNull()
  })

  it.each<[string, (good: string) => string, string]>([
    ['without a signature', (good) => good.replace(/&Signature=[^&]*/, ''), 'saml.signature_missing'],
    ['with another relay state', (good) => good.replace('RelayState=', 'RelayState=x'), 'signature.invalid'],
    ['without its relay state', (good) => good.replace(/RelayState=[^&]*&/, ''), 'signature.invalid'],
    ['with a relay state twice', (good) => `${good}&RelayState=x`, 'saml.malformed'],
    ['with two messages', (good) => `${good}&SAMLRequest=x`, 'saml.malformed'],
    ['with a response beside it', (good) => `${good}&SAMLResponse=x`, 'saml.malformed'],
    ['with two signatures', (good) => `${good}&Signature=x`, 'saml.malformed'],
    ['with an algorithm twice', (good) => `${good}&SigAlg=x`, 'saml.malformed'],
    ['without an algorithm', (good) => good.replace(/&SigAlg=[^&]*/, ''), 'saml.algorithm_refused'],
    [
      'with SHA-1',
      (good) =>
        good.replace(/SigAlg=[^&]*/, `SigAlg=${encodeURIComponent('http://www.w3.org/2000/09/xmldsig#rsa-sha1')}`),
      'saml.sha1_refused',
    ],
    [
      'with HMAC',
      (good) =>
        good.replace(
          /SigAlg=[^&]*/,
          `SigAlg=${encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#hmac-sha256')}`,
        ),
      'saml.algorithm_refused',
    ],
    ['with a signature that is not base64', (good) => good.replace(/Signature=[^&]*/, 'Signature=!'), 'saml.malformed'],
    ['with an empty signature', (good) => good.replace(/Signature=[^&]*/, 'Signature='), 'saml.malformed'],
    ['with another encoding', (good) => `${good}&SAMLEncoding=x`, 'saml.malformed'],
    ['with bad percent signs', (good) => good.replace('RelayState=', 'RelayState=%zz'), 'saml.malformed'],
    ['that is not deflated', (good) => good.replace(/SAMLRequest=[^&]*/, 'SAMLRequest=AAAA'), 'saml.malformed'],
    ['that is not there', (good) => good.replace('SAMLRequest=', 'Other='), 'saml.malformed'],
    ['that is empty', () => '', 'saml.malformed'],
  ])('is refused %s', (_what, change, code) => expect(judged(change(foreign))).toEqual({ message: null, code }))

  it('is refused when it grows beyond bounds, without being inflated further', () => {
    expect(judged(signed(query(Buffer.alloc(50_000_000, ' '))))).toEqual({ message: null, code: 'saml.too_large' })
  })

  it('is refused with a signature within, which this binding does not know', () => {
    expect(judged(signed(query(messageCase('logout-request')))).code).toBe('saml.signature_misplaced')
  })

  it('is read unsigned where nobody demands more, and says so', () => {
    const { message, code } = judged(query(messageCase('logout-request.unsigned')), { mustBeSigned: false })
    expect([code, message?.isSigned]).toEqual([null, false])
  })
})

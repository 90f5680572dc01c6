import { createPublicKey, verify } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../json.ts'
import type { SignInDemands } from '../../../registry/protocol.ts'
import { NOW, providerOf } from '../../testing/upstream.ts'
import { createSamlHouse, PUBLIC_URL } from '../testing/house.ts'
import { attributeOf, childrenOf, type Element, readXml } from '../xml.ts'
import { beginSignIn } from './begin.ts'
import { fromMemory } from './memory.ts'

const SSO = 'https://idp.example/sso?tenant=7'
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const house = createSamlHouse()
const us = `${PUBLIC_URL}/saml/default/adfs`

function begin(settings: JsonObject = {}, demands: SignInDemands = {}, loginHint: string | null = null) {
  const stored = { ssoUrl: SSO, signingCertificate: 'MIIC', postBindingAuthnRequest: false, ...settings }
  const provider = providerOf(stored, { id: 'adfs', use: 'workforce', protocol: 'saml' })
  const { publicUrl, randomBytes } = house
  const speaker = { publicUrl, randomBytes, now: () => NOW, signer: house.samlKey }
  return beginSignIn(speaker, {
    provider,
    secret: () => null,
    returnUrl: `${us}/acs`,
    state: 'the state',
    loginHint,
    domainHint: null,
    demands,
  })
}

function read(xml: string): Element {
  const found = readXml(xml, { characters: 20_000, depth: 10 })
  if ('problem' in found) throw new TypeError(found.problem)
  return found.root
}

async function requestOf(settings?: JsonObject, demands?: SignInDemands): Promise<Element> {
  const { url } = await begin(settings, demands)
  const message = new URL(url).searchParams.get('SAMLRequest') ?? ''
  return read(inflateRawSync(Buffer.from(message, 'base64')).toString())
}

const formatOf = (root: Element) =>
  childrenOf(root, PROTOCOL, 'NameIDPolicy').map((policy) => attributeOf(policy, 'Format'))[0]

describe('a request', () => {
  it('goes by redirect with a signature over the octets of its query', async () => {
    const { method, url, memory } = await begin()
    expect(method).toBe('GET')
    expect(url.startsWith(`${SSO}&SAMLRequest=`)).toBe(true)
    const query = url.slice(SSO.length + 1)
    const [signedPart = '', signature = ''] = query.split('&Signature=')
    expect(signedPart).toMatch(/^SAMLRequest=[^&]+&RelayState=the%20state&SigAlg=[^&]+rsa-sha256$/)
    const key = createPublicKey(house.publicKey.export({ type: 'spki', format: 'pem' }))
    const value = Buffer.from(decodeURIComponent(signature), 'base64')
    expect(verify('sha256', Buffer.from(signedPart), key, value)).toBe(true)
    const root = await requestOf()
    expect(root.name).toBe('AuthnRequest')
    expect(childrenOf(root, ASSERTION, 'Issuer').map(({ text }) => text)).toEqual([`${us}/metadata`])
    expect(Object.fromEntries(root.attributes.map(({ name, value }) => [name, value]))).toEqual({
      ID: expect.stringMatching(/^_[0-9a-f]{40}$/),
      Version: '2.0',
      IssueInstant: NOW.toISOString(),
      Destination: SSO,
      ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      AssertionConsumerServiceURL: `${us}/acs`,
    })
    expect(fromMemory(memory)).toMatchObject({ isForced: false, contexts: [], begunAt: NOW.getTime() })
  })

  it('goes by POST as a form that carries a signed document', async () => {
    const { method, url, fields, memory } = await begin({ postBindingAuthnRequest: true })
    expect([method, url, fields.RelayState]).toEqual(['POST', SSO, 'the state'])
    const root = read(Buffer.from(fields.SAMLRequest ?? '', 'base64').toString())
    expect(root.children.map(({ name }) => name)).toEqual(['Issuer', 'Signature', 'NameIDPolicy'])
    expect(attributeOf(root, 'ID')).toBe(fromMemory(memory)?.requestId)
  })

  it('is not signed where somebody said so', async () => {
    const { url } = await begin({ wantAuthnRequestsSigned: false })
    expect(url).not.toMatch(/Sig/)
    const { fields } = await begin({ wantAuthnRequestsSigned: false, postBindingAuthnRequest: true })
    expect(Buffer.from(fields.SAMLRequest ?? '', 'base64').toString()).not.toContain('Signature')
  })

  it.each<[string, JsonObject, string | null]>([
    ['what was typed', { nameIdFormat: 'urn:x:y', discovered: { nameIdFormats: ['urn:a:b'] } }, 'urn:x:y'],
    ['persistent where nothing is known', {}, 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
    ['what the provider offers', { discovered: { nameIdFormats: ['urn:a:b'] } }, 'urn:a:b'],
    [
      'nothing where it offers transient only',
      { discovered: { nameIdFormats: ['urn:oasis:names:tc:SAML:2.0:nameid-format:transient'] } },
      null,
    ],
  ])('asks for the NameID format: %s', async (_what, settings, format) => {
    expect(formatOf(await requestOf(settings))).toBe(format)
  })

  it('asks for a class of authentication only where it is configured or demanded', async () => {
    const contexts = (root: Element) =>
      childrenOf(root, PROTOCOL, 'RequestedAuthnContext')
        .flatMap((one) => childrenOf(one, ASSERTION, 'AuthnContextClassRef'))
        .map(({ text }) => text)
    expect(contexts(await requestOf())).toEqual([])
    expect(contexts(await requestOf({ authnContextClassRefs: ['urn:mfa'] }))).toEqual(['urn:mfa'])
    expect(contexts(await requestOf({ authnContextClassRefs: ['urn:mfa'] }, { acrValues: ['urn:phr'] }))).toEqual([
      'urn:phr',
    ])
  })

  it.each<[string, JsonObject, SignInDemands, string | null, string | null]>([
    ['by default nothing', {}, {}, null, null],
    ['the setting', { forceAuthn: true }, {}, 'true', null],
    ['prompt=login', {}, { prompt: 'login' }, 'true', null],
    ['an age', {}, { maxAge: 60 }, 'true', null],
    ['prompt=none', {}, { prompt: 'none' }, null, 'true'],
  ])('forces a proof, or forbids to ask: %s', async (_what, settings, demands, force, passive) => {
    const root = await requestOf(settings, demands)
    expect([attributeOf(root, 'ForceAuthn'), attributeOf(root, 'IsPassive')]).toEqual([force, passive])
  })

  it('takes the hint along beside the signed part', async () => {
    const { url } = await begin({}, {}, 'ada@acme.example')
    expect(url).toMatch(/&Signature=[^&]+&login_hint=ada%40acme\.example$/)
  })

  it('cannot be made without an address, nor ask for contexts of Entra', async () => {
    await expect(begin({ ssoUrl: null })).rejects.toMatchObject({ code: 'provider.endpoint_missing' })
    await expect(begin({}, { acrs: ['c1'] })).rejects.toMatchObject({ code: 'provider.freshness_unsupported' })
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import type { OutboundFetch, OutboundRequest } from '../../http/outbound-port.ts'
import type { JsonObject } from '../../json.ts'
import { createUpstream, providerOf, type Reply } from '../testing/upstream.ts'
import { samlProtocol } from './index.ts'
import { readIdpMetadata } from './metadata.ts'
import { createKey, IDP, metadataWith, NOW, type TestCertificate } from './testing/certificates.ts'
import { createSamlHouse } from './testing/house.ts'

const METADATA_URL = 'https://idp.example/metadata'
let good: TestCertificate
let xml: string

beforeAll(async () => {
  good = await (await createKey()).certificate()
  xml = metadataWith({ sloUrl: 'https://idp.example/slo', sloBinding: 'redirect', signingCertificates: [good.base64] })
})

const discovered = () => ({
  idpEntityId: IDP.entityId,
  ssoUrl: IDP.ssoUrl,
  ssoBinding: 'post',
  sloUrl: 'https://idp.example/slo',
  sloBinding: 'redirect',
  signingCertificate: good.base64,
  nameIdFormats: IDP.nameIdFormats,
  wantAuthnRequestsSigned: false,
})

const protocolOf = (fetch: OutboundFetch) =>
  samlProtocol({ ...createSamlHouse(), fetch, now: () => NOW, allowHttp: (url) => url.startsWith('http://localhost') })

function probe(settings: JsonObject, reply: Reply = { raw: { text: xml } }) {
  const upstream = createUpstream()
  upstream.reply(METADATA_URL, reply)
  return protocolOf(upstream.fetch).probe?.({ use: 'workforce', known: 'CUSTOM', issuer: '', settings })
}

const faultOf = async (answer: Promise<unknown> | undefined) => {
  const fault = await answer?.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(fault instanceof Fault)) throw new Error('no fault')
  return fault
}

describe('a SAML provider that is registered', () => {
  it('is known by its metadata, fetched or given, and keeps what was typed', async () => {
    const given = { metadataUrl: METADATA_URL, ssoUrl: 'https://other.example/sso' }
    const answer = { expectedIssuer: IDP.entityId, settings: { ...given, discovered: discovered() } }
    expect(await probe({ ...given, discovered: { old: true } })).toEqual(answer)
    expect(await probe({ metadataXml: xml, idpEntityId: IDP.entityId }, 'refused')).toEqual({
      expectedIssuer: IDP.entityId,
      settings: { metadataXml: xml, idpEntityId: IDP.entityId, discovered: discovered() },
    })
  })

  it('is not asked where everything was typed', async () => {
    const settings = { ssoUrl: IDP.ssoUrl, signingCertificate: good.base64 }
    expect(await probe(settings, 'refused')).toEqual({ expectedIssuer: '', settings })
    const named = { ...settings, idpEntityId: 'urn:example:idp' }
    expect(await probe(named, 'refused')).toEqual({ expectedIssuer: 'urn:example:idp', settings: named })
  })

  it('is asked within limits', async () => {
    const asked: OutboundRequest[] = []
    const protocol = protocolOf(async (request) => {
      asked.push(request)
      return { status: 200, headers: {}, body: Buffer.from(xml) }
    })
    for (const metadataUrl of [METADATA_URL, 'http://localhost:9/metadata']) {
      await protocol.probe?.({ use: 'workforce', known: 'CUSTOM', issuer: '', settings: { metadataUrl } })
    }
    const limits = { maxBytes: 131_072, accept: expect.stringMatching(/^application\/samlmetadata\+xml/) }
    expect(asked).toEqual([
      { url: METADATA_URL, ...limits },
      { url: 'http://localhost:9/metadata', ...limits, allowPlainHttp: true },
    ])
  })

  it.each<[string, Reply]>([
    ['cannot be reached', 'refused'],
    ['answers with a redirect', { raw: { status: 302, headers: { location: 'https://a.example' } } }],
    ['answers with a page', { raw: { text: '<!DOCTYPE html><html></html>' } }],
    ['answers with bytes that are no text', { raw: { body: Buffer.from([0x3c, 0xff]) } }],
    ['answers with nothing', { raw: { text: '' } }],
  ])('is refused where it %s', async (_what, reply) => {
    const fault = await faultOf(probe({ metadataUrl: METADATA_URL }, reply))
    expect([fault.kind, fault.code]).toEqual(['upstream', 'saml.metadata_failed'])
    expect(fault.fields.map(({ path, code }) => `${path} ${code}`)).toEqual(['saml.metadataUrl saml.metadata_failed'])
  })

  it('is refused where good metadata come with another status', async () => {
    const fault = await faultOf(probe({ metadataUrl: METADATA_URL }, { raw: { status: 302, text: xml } }))
    expect(fault.code).toBe('saml.metadata_failed')
  })

  it('is refused where the metadata are about another entity', async () => {
    const fault = await faultOf(probe({ metadataUrl: METADATA_URL, idpEntityId: 'urn:example:idp' }))
    expect([fault.code, ...fault.fields.map(({ path }) => path)]).toEqual(['saml.entity_differs', 'saml.idpEntityId'])
  })

  it('is refused where the text is not good', async () => {
    const fault = await faultOf(probe({ metadataXml: '<a/>' }))
    expect([fault.kind, fault.code, fault.fields[0]?.path]).toEqual([
      'invalid',
      'saml.metadata_invalid',
      'saml.metadataXml',
    ])
  })
})

describe('the protocol', () => {
  const protocol = protocolOf(createUpstream().fetch)

  it('is for people only', () => {
    const input = { ssoUrl: IDP.ssoUrl, signingCertificate: good.base64 }
    expect(protocol.parseSettings('workforce', input).faults).toEqual([])
    for (const use of ['workload', 'step-up'] as const) {
      expect(protocol.parseSettings(use, input).faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
        'saml saml.value_invalid',
      ])
    }
  })

  it('describes an upstream from what is stored, typed before discovered', () => {
    const describeIt = (settings: JsonObject) => {
      const text = protocol.describeUpstream?.(providerOf(settings, { use: 'workforce', protocol: 'saml' }))
      if (typeof text !== 'string') return null
      const judged = readIdpMetadata(text, NOW)
      return 'metadata' in judged ? judged.metadata : judged.faults
    }
    expect(describeIt({ discovered: discovered() })).toMatchObject({
      entityId: IDP.entityId,
      ssoUrl: IDP.ssoUrl,
      sloBinding: 'redirect',
      nameIdFormats: IDP.nameIdFormats,
      signingCertificates: [good.base64],
    })
    const typed = { ssoUrl: 'https://b.example/', nameIdFormat: 'urn:a:b', postBindingAuthnRequest: false }
    expect(describeIt({ ...typed, discovered: discovered() })).toMatchObject({
      ssoUrl: 'https://b.example/',
      ssoBinding: 'redirect',
      nameIdFormats: ['urn:a:b'],
    })
    expect(describeIt({ ssoUrl: IDP.ssoUrl, signingCertificate: good.base64 })).toBeNull()
  })

  it('reads metadata as settings that it takes', async () => {
    const upstream = createUpstream()
    upstream.reply(METADATA_URL, { raw: { text: xml } })
    const reader = protocolOf(upstream.fetch)
    const settings = {
      idpEntityId: IDP.entityId,
      ssoUrl: IDP.ssoUrl,
      sloUrl: 'https://idp.example/slo',
      nameIdFormat: IDP.nameIdFormats[0],
      signingCertificate: good.base64,
      wantAuthnRequestsSigned: false,
      postBindingAuthnRequest: true,
      postBindingResponse: true,
    }
    expect(await reader.importSettings?.({ text: xml })).toEqual({ issuer: IDP.entityId, settings, unknown: [] })
    const found = await reader.importSettings?.({ url: METADATA_URL })
    expect(found).toEqual({ issuer: IDP.entityId, settings: { metadataUrl: METADATA_URL, ...settings }, unknown: [] })
    expect(reader.parseSettings('workforce', found?.settings ?? {}).faults).toEqual([])
    expect((await faultOf(reader.importSettings?.({ text: 'x' }))).code).toBe('saml.metadata_invalid')
  })
})

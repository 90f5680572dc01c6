import { KeyObject, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { createLadder, Refused } from '../../../decisions/ladder.ts'
import type { LogoutCall } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import { providerOf } from '../../testing/upstream.ts'
import { byPost, byRedirect } from '../bindings.ts'
import type { Signer, ToSign } from '../sign-xml.ts'
import { createKey, NOW } from '../testing/certificates.ts'
import { createSamlHouse, PUBLIC_URL } from '../testing/house.ts'
import { askedToLeave } from './asked.ts'
import { judgeReturn, leaveUpstream } from './leave.ts'
import { logoutRequest, logoutResponse } from './write.ts'

const IDP = 'https://idp.example/metadata'
const THEIR_SLO = 'https://idp.example/slo'
const OUR_SLO = `${PUBLIC_URL}/saml/default/adfs/slo`
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const NAME = { value: 'u-1', format: PERSISTENT, nameQualifier: null, spNameQualifier: null, spProvidedId: null }
let idp: Signer
let stranger: Signer
let provider: Provider

beforeAll(async () => {
  const signerOf = async () => {
    const { keys, certificate } = await createKey('RSA2048')
    const { base64 } = await certificate()
    const key = KeyObject.from(keys.privateKey)
    return { certificate: async () => base64, sign: async (bytes: Uint8Array) => sign('sha256', bytes, key) }
  }
  ;[idp, stranger] = [await signerOf(), await signerOf()]
  const settings = {
    idpEntityId: IDP,
    ssoUrl: 'https://idp.example/sso',
    sloUrl: THEIR_SLO,
    signingCertificate: await idp.certificate(),
  }
  provider = providerOf(settings, { id: 'adfs', use: 'workforce', protocol: 'saml' })
})

function speakerOf() {
  const house = createSamlHouse()
  const { publicUrl, randomBytes, takeOnce, samlKey: signer } = house
  return { publicUrl, randomBytes, takeOnce, signer, now: () => NOW }
}

interface Wish {
  readonly signer?: Signer | null
  readonly issuer?: string
  readonly destination?: string
  readonly at?: Date
  readonly id?: string
}

function requestOf({ issuer = IDP, destination = OUR_SLO, at = NOW, id = '_r1' }: Wish): ToSign {
  return logoutRequest({ id, at, destination, issuer, nameId: NAME, sessionIndex: '_s1' })
}

async function callOf(binding: 'redirect' | 'post', wish: Wish): Promise<LogoutCall['call']> {
  const signer = wish.signer === undefined ? idp : wish.signer
  const to = { parameter: 'SAMLRequest', message: requestOf(wish), to: OUR_SLO, relayState: 'theirs', signer } as const
  const { url, fields } = binding === 'redirect' ? await byRedirect(to) : await byPost(to)
  return binding === 'redirect' ? { query: url.split('?')[1] ?? '' } : { fields }
}

async function codeOf(call: LogoutCall['call'], speaker = speakerOf()): Promise<string> {
  try {
    return (await askedToLeave(speaker, { provider, call, now: NOW }, createLadder('strict'))) === null
      ? 'null'
      : 'taken'
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.code
  }
}

describe.each(['redirect', 'post'] as const)('a request of the provider by %s', (binding) => {
  it('names whom it is about, and is answered under our signature', async () => {
    const call = await callOf(binding, {})
    const leave = await askedToLeave(speakerOf(), { provider, call, now: NOW }, createLadder('strict'))
    expect(leave).toMatchObject({ subject: 'u-1', sessions: ['_s1'] })
    expect(leave?.isMeant({ nameId: NAME, sessionIndex: '_s1' })).toBe(true)
    expect(leave?.isMeant({ nameId: { ...NAME, value: 'u-2' } })).toBe(false)
    expect(leave?.isMeant({ nameId: { ...NAME, format: 'urn:other' } })).toBe(false)
    expect(leave?.isMeant({})).toBe(false)
    const answer = await leave?.answer()
    expect(answer?.url).toMatch(
      /^https:\/\/idp\.example\/slo\?SAMLResponse=[^&]+&RelayState=theirs&SigAlg=[^&]+&Signature=/,
    )
  })

  it('is taken once', async () => {
    const speaker = speakerOf()
    expect(await codeOf(await callOf(binding, {}), speaker)).toBe('taken')
    expect(await codeOf(await callOf(binding, {}), speaker)).toBe('token.replayed')
  })

  it.each<[string, () => Wish, string]>([
    ['without a signature', () => ({ signer: null }), 'saml.signature_missing'],
    ['signed by somebody else', () => ({ signer: stranger }), 'signature.invalid'],
    ['of another issuer', () => ({ issuer: 'https://evil.example' }), 'issuer.mismatch'],
    [
      'to another address',
      () => ({ destination: `${PUBLIC_URL}/saml/default/other/slo` }),
      'saml.destination_mismatch',
    ],
    ['of yesterday', () => ({ at: new Date(NOW.getTime() - 86_400_000) }), 'token.expired'],
    ['of tomorrow', () => ({ at: new Date(NOW.getTime() + 86_400_000) }), 'token.not_yet_valid'],
  ])('is refused %s', async (_what, wish, code) => {
    expect(await codeOf(await callOf(binding, wish()))).toBe(code)
  })
})

describe('our own request', () => {
  const memory = { nameId: NAME, sessionIndex: '_s1' }
  const ask = () => ({ provider, memory, returnUrl: OUR_SLO, state: 'ours' })

  it('goes by redirect under our signature; there is none without an address there, or a name', async () => {
    const sent = await leaveUpstream(speakerOf(), ask())
    expect(sent?.url).toMatch(/^https:\/\/idp\.example\/slo\?SAMLRequest=[^&]+&RelayState=ours&SigAlg=[^&]+&Signature=/)
    expect(sent?.memory).toEqual({ requestId: expect.stringMatching(/^_[0-9a-f]{40}$/) })
    expect(await leaveUpstream(speakerOf(), { ...ask(), memory: {} })).toBeNull()
    const { sloUrl: _, ...without } = provider.settings
    expect(await leaveUpstream(speakerOf(), { ...ask(), provider: { ...provider, settings: without } })).toBeNull()
  })

  it.each<[string, { signer?: Signer | null; inResponseTo?: string; issuer?: string }, 'ended' | 'unknown']>([
    ['signed, in answer to it', {}, 'ended'],
    ['unsigned', { signer: null }, 'unknown'],
    ['in answer to another', { inResponseTo: '_other' }, 'unknown'],
    ['of somebody else', { issuer: 'https://evil.example' }, 'unknown'],
  ])('is believed to have ended the session by an answer %s', async (_what, wish, outcome) => {
    const { inResponseTo = '_mine', issuer = IDP, signer = idp } = wish
    const message = logoutResponse({ id: '_a', at: NOW, destination: OUR_SLO, issuer, inResponseTo })
    const to = { parameter: 'SAMLResponse', message, to: OUR_SLO, relayState: 'ours', signer } as const
    const { url } = await byRedirect(to)
    const { fields } = await byPost(to)
    for (const parameters of [{ query: url.split('?')[1] ?? '' }, fields]) {
      const answer = { ...ask(), memory: { requestId: '_mine' }, parameters, now: NOW }
      expect(await judgeReturn(PUBLIC_URL, answer)).toBe(outcome)
    }
  })

  it('is not answered by nothing', async () => {
    const answer = { ...ask(), memory: { requestId: '_mine' }, parameters: {}, now: NOW }
    expect(await judgeReturn(PUBLIC_URL, answer)).toBe('unknown')
  })
})

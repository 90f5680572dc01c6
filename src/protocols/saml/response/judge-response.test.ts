import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLadder } from '../../../decisions/ladder.ts'
import { readText } from '../signed-xml/read-document.ts'
import { EXPECTED, goodCase } from '../testing/corpus.ts'
import { judgeResponse } from './judge-response.ts'
import type { ExpectedResponse, VerifiedAssertion } from './port.ts'
import { judgeConfirmation } from './subject.ts'

function accepted(name: string): VerifiedAssertion {
  const { bytes, expected } = goodCase(name)
  const assertion = judgeResponse(bytes, expected, createLadder('strict'))
  if (assertion === null) throw new Error('refused')
  return assertion
}

describe('an accepted response', () => {
  it('says who signed in, how and until when', () => {
    expect(accepted('both-signed')).toEqual({
      assertionId: '_assertion-1',
      replayableUntil: new Date('2026-05-01T12:06:00Z'),
      responseId: '_response-1',
      issuer: 'https://idp.example/saml',
      nameId: {
        value: 'mallory@corp.example',
        format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        nameQualifier: null,
        spNameQualifier: null,
        spProvidedId: null,
      },
      attributes: [
        attribute('mail', ['mallory@corp.example'], 'mail', 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic'),
        attribute('groups', ['staff', 'contractors'], 'groups', 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic'),
      ],
      issuedAt: new Date('2026-05-01T12:00:00Z'),
      notOnOrAfter: new Date('2026-05-01T12:05:00Z'),
      authnInstant: new Date('2026-05-01T11:59:30Z'),
      authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
      sessionIndex: '_session-1',
      sessionNotOnOrAfter: new Date('2026-05-01T20:00:00Z'),
    })
  })

  it('has attributes in every shape that means a text', () => {
    const shown = accepted('said.attributes-of-many-shapes').attributes.map(({ name, values }) => [name, values])
    expect(shown).toEqual([
      ['mail', ['mallory@corp.example']],
      ['groups', ['a', 'b', 'a', '']],
      ['letters', ['Zoë & \u{1f600} <b>', ' spaces ', 'two\nlines', 'tab\t']],
      ['none', []],
      ['nil', []],
      ['urn:oid:1.3.6.1.4.1.5923.1.1.1.10', ['targeted']],
      ['address', []],
      ['plain', ['v']],
    ])
  })

  it('names its subject in full, from a ciphertext too, or not at all', () => {
    expect(accepted('said.persistent-name-with-qualifiers').nameId).toEqual({
      value: 'p-1',
      format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      nameQualifier: 'https://idp.example/saml',
      spNameQualifier: 'https://entente.example/saml/acme/okta/metadata',
      spProvidedId: '7',
    })
    expect(accepted('said.name-without-a-format').nameId?.format).toBe(
      'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    )
    expect(accepted('encrypted.name-id').nameId?.value).toBe('mallory@corp.example')
    expect(accepted('said.no-name').nameId).toBeNull()
    expect(accepted('encrypted.attribute').attributes.map(({ values }) => values)).toEqual([['mallory@corp.example']])
  })

  it('is a bare assertion, where tokens are exchanged', () => {
    expect(accepted('assertion-signed.bare-for-exchange').responseId).toBeNull()
  })
})

function attribute(name: string, values: readonly string[], friendlyName: string, nameFormat: string) {
  return { name, friendlyName, nameFormat, values }
}

const NAMES = [
  ...['token', 'response_signature', 'status', 'assertion', 'decryption', 'signature', 'version', 'issuer'],
  ...[
    'destination',
    'request',
    'subject',
    'confirmation',
    'audience',
    'conditions',
    'time',
    'authentication',
    'attributes',
  ],
]

describe('an assertion with two bearer confirmations', () => {
  it('is remembered until the last of them ends, though the first one counts', () => {
    const confirmation = (until: string) =>
      readText(
        `<c xmlns="urn:oasis:names:tc:SAML:2.0:assertion" Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData Recipient="${EXPECTED.recipients[0]}" InResponseTo="_request-1" NotOnOrAfter="${until}"/></c>`,
      )
    const both = [confirmation('2026-05-01T12:05:00Z'), confirmation('2026-05-01T12:50:00Z')]
    expect(judgeConfirmation(both, EXPECTED, createLadder('strict'))).toEqual({
      until: new Date('2026-05-01T12:05:00Z'),
      latest: new Date('2026-05-01T12:50:00Z'),
    })
  })
})

describe('a response that is built otherwise than its schema', () => {
  it.each([
    ['two states', '<samlp:Status>', '<samlp:Status><samlp:StatusCode Value="x"/></samlp:Status><samlp:Status>'],
    ['two issuers', '<samlp:Status>', '<saml:Issuer>https://idp.example/saml</saml:Issuer><samlp:Status>'],
    ['a foreign element', '<samlp:Status>', '<x/><samlp:Status>'],
    ['a text', '<samlp:Status>', 'x<samlp:Status>'],
    ['something behind the assertion', '</samlp:Response>', '<samlp:Extensions/></samlp:Response>'],
  ])('is refused: %s', (_what, place, more) => {
    const { bytes, expected } = goodCase('assertion-signed')
    const ladder = createLadder('lenient')
    expect(judgeResponse(Buffer.from(bytes.toString().replace(place, more)), expected, ladder)).toBeNull()
    expect(ladder.failure).toEqual({ rung: 'token', code: 'saml.assertion_malformed' })
  })
})

describe('the ladder of a response', () => {
  it.each([
    ['one that passes', {}],
    ['one that ends at the signature', { certificates: [] }],
    ['one for others, at another time', { audiences: ['x'], recipients: ['x'], destinations: ['x'], now: new Date(0) }],
  ])('has all rungs, in order, for %s', (_what, change) => {
    const ladder = createLadder('lenient')
    judgeResponse(goodCase('both-signed').bytes, { ...EXPECTED, ...change }, ladder)
    expect(ladder.rungs.map(({ name }) => name)).toEqual(NAMES)
  })

  it('shows who came, where only what the assertion is bound to does not hold', () => {
    const ladder = createLadder('lenient')
    const others: ExpectedResponse = { ...EXPECTED, audiences: ['https://other.example'], inResponseTo: '_other' }
    const seen = judgeResponse(goodCase('both-signed').bytes, others, ladder)
    expect(seen?.nameId?.value).toBe('mallory@corp.example')
    const failed = ladder.rungs.filter(({ outcome }) => outcome === 'failed').map(({ name, code }) => [name, code])
    expect(failed).toEqual([
      ['request', 'saml.request_mismatch'],
      ['confirmation', 'saml.request_mismatch'],
      ['audience', 'audience.mismatch'],
    ])
  })

  it('shows nobody where the signature does not hold', () => {
    const ladder = createLadder('lenient')
    expect(judgeResponse(goodCase('both-signed').bytes, { ...EXPECTED, certificates: [] }, ladder)).toBeNull()
  })
})

describe('a response that was changed on the way', () => {
  it.each(['assertion-signed', 'response-signed', 'both-signed', 'encrypted.both-signed', 'written.pretty'])(
    'is refused, or says of the person what it said before: %s',
    (name) => {
      const { bytes, expected } = goodCase(name)
      const { nameId, attributes, issuer } = accepted(name)
      const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }))
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
          const changed = Buffer.from(bytes)
          for (const [at, byte] of changes) changed.writeUInt8(byte, at)
          const ladder = createLadder('lenient')
          const seen = judgeResponse(changed, expected, ladder)
          if (seen !== null) expect({ ...seen }).toMatchObject({ nameId, attributes, issuer })
        }),
        { numRuns: 300 },
      )
    },
  )
})

import { describe, expect, it } from 'vitest'
import { providerOf } from '../../testing/upstream.ts'
import type { NameId, SamlAttribute, VerifiedAssertion } from '../response/port.ts'
import { claimsOf, emailOf, principalOf } from './claims.ts'

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

function nameIdOf(value: string, format = PERSISTENT): NameId {
  return { value, format, nameQualifier: null, spNameQualifier: null, spProvidedId: null }
}

function attribute(name: string, values: readonly string[], friendlyName: string | null = null): SamlAttribute {
  return { name, friendlyName, nameFormat: null, values }
}

function assertionOf(change: Partial<VerifiedAssertion> = {}): VerifiedAssertion {
  const at = new Date('2026-05-01T12:00:00Z')
  return {
    assertionId: '_a',
    replayableUntil: at,
    responseId: '_r',
    issuer: 'https://idp.example',
    nameId: nameIdOf('u-1'),
    attributes: [],
    issuedAt: at,
    notOnOrAfter: at,
    authnInstant: at,
    authnContextClassRef: 'urn:password',
    sessionIndex: null,
    sessionNotOnOrAfter: null,
    ...change,
  }
}

describe('the person', () => {
  const uid = attribute('urn:oid:0.9.2342.19200300.100.1.1', ['ada'], 'uid')
  it.each<[string, Parameters<typeof principalOf>[0], Partial<VerifiedAssertion>, string | null]>([
    ['by their NameID', { by: 'NameID' }, {}, 'u-1'],
    ['by no transient NameID', { by: 'NameID' }, { nameId: nameIdOf('t', TRANSIENT) }, null],
    ['by an attribute', { by: 'name', attribute: uid.name }, { attributes: [uid] }, 'ada'],
    ['by its friendly name', { by: 'friendlyName', attribute: 'uid' }, { attributes: [uid] }, 'ada'],
    ['not by a friendly name where a name is meant', { by: 'name', attribute: 'uid' }, { attributes: [uid] }, null],
    ['by no missing attribute', { by: 'name', attribute: 'employee' }, { attributes: [uid] }, null],
    [
      'by no attribute of several values',
      { by: 'name', attribute: uid.name },
      { attributes: [uid, attribute(uid.name, ['eve'])] },
      null,
    ],
    ['by no control characters', { by: 'name', attribute: 'x' }, { attributes: [attribute('x', ['a\u0000'])] }, null],
    [
      'beside a transient NameID by the attribute',
      { by: 'name', attribute: uid.name },
      { attributes: [uid], nameId: nameIdOf('t', TRANSIENT) },
      'ada',
    ],
  ])('is known %s', (_how, principal, change, subject) => {
    expect(principalOf(principal, assertionOf(change))).toBe(subject)
  })
})

describe('claims', () => {
  it('are lists by name and by friendly name, apart from each other', () => {
    const attributes = [
      attribute('urn:oid:1', ['a', 'b'], 'groups'),
      attribute('urn:oid:1', ['c'], 'groups'),
      attribute('groups', ['real']),
      attribute('__proto__', ['x']),
    ]
    const claims = claimsOf(assertionOf({ attributes }), 'u-1')
    expect(claims.subject).toBe('u-1')
    expect(Object.entries(Object(claims.attributes))).toEqual([
      ['urn:oid:1', ['a', 'b', 'c']],
      ['groups', ['real']],
      ['__proto__', ['x']],
    ])
    expect(claims.friendlyNames).toEqual({ groups: ['a', 'b', 'c'] })
    expect(claims).toMatchObject({ nameId: 'u-1', nameIdFormat: PERSISTENT, issuer: 'https://idp.example' })
  })

  it('name the person in the words of every provider', () => {
    const attributes = [
      attribute('http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname', ['Ada']),
      attribute('urn:oid:2.5.4.4', ['Lovelace']),
      attribute('DisplayName', ['Ada L.']),
      attribute('Email', ['ada@acme.example']),
    ]
    expect(claimsOf(assertionOf({ attributes }), 'u-1')).toMatchObject({
      given_name: 'Ada',
      family_name: 'Lovelace',
      name: 'Ada L.',
      email: 'ada@acme.example',
    })
  })

  it('have the NameID as subject where nothing lasting is known', () => {
    expect(claimsOf(assertionOf({ nameId: nameIdOf('t', TRANSIENT) }), null).subject).toBe('t')
    expect(claimsOf(assertionOf({ nameId: null }), null)).not.toHaveProperty('subject')
  })
})

describe('an address', () => {
  const provider = providerOf({}, { routingDomains: ['acme.example'] })
  it.each<[string, Partial<VerifiedAssertion>, { address: string; isVerified: boolean } | null]>([
    [
      'of a proved domain of the provider is verified',
      { attributes: [attribute('mail', ['ada@ACME.example'])] },
      { address: 'ada@ACME.example', isVerified: true },
    ],
    [
      'of another domain is not',
      { attributes: [attribute('mail', ['ada@rival.example'])] },
      { address: 'ada@rival.example', isVerified: false },
    ],
    [
      'may be the NameID',
      { nameId: nameIdOf('ada@acme.example', EMAIL) },
      { address: 'ada@acme.example', isVerified: true },
    ],
    ['is no NameID of another format', { nameId: nameIdOf('ada@acme.example') }, null],
    ['is an address', { attributes: [attribute('mail', ['ada'])] }, null],
  ])('%s', (_what, change, expected) => {
    expect(emailOf(provider, assertionOf(change))).toEqual(expected)
  })
})

/** The named things that can go wrong with a login by SAML: each is one change of a good one. */
import type { Cast, Person } from '../person.ts'
import { type Draft, newId } from './response.ts'

export interface SamlFault {
  readonly says: string
  /** Who comes instead. */
  readonly person?: (person: Person, cast: Cast) => Person
  readonly draft?: (draft: Draft) => Partial<Draft>
  /** What is signed; default both. */
  readonly signs?: readonly ('response' | 'assertion')[]
  /** A key that our metadata do not have. */
  readonly isOtherKey?: boolean
  readonly hash?: 'sha1'
  /** The signed assertion, changed. */
  readonly assertion?: (xml: string, draft: Draft) => string
  /** The finished document, changed. */
  readonly document?: (xml: string, draft: Draft) => string
  /** What happens to the whole answer. */
  readonly delivers?: 'the last one again' | 'without RelayState'
  readonly metadata?: 'unavailable' | 'other entity' | 'past'
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const AUTHN_FAILED = 'urn:oasis:names:tc:SAML:2.0:status:Responder'
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const NOBODY = 'https://somebody-else.example/saml'

const ADDRESSES: Readonly<Record<string, SamlFault>> = {
  'wrong-issuer': { says: 'another provider says so', draft: () => ({ issuer: NOBODY }) },
  'wrong-destination': { says: 'the response was sent to somebody else', draft: () => ({ destination: NOBODY }) },
  'missing-destination': { says: 'the signed response names no destination', draft: () => ({ destination: null }) },
  'wrong-recipient': { says: 'somebody else may bear the assertion', draft: () => ({ recipient: NOBODY }) },
  'missing-recipient': { says: 'anybody may bear the assertion', draft: () => ({ recipient: null }) },
  'wrong-audience': { says: 'the assertion is for somebody else', draft: () => ({ audience: NOBODY }) },
  'missing-audience': { says: 'the assertion is for anybody', draft: () => ({ audience: null }) },
  'wrong-request': {
    says: 'the response answers another request',
    draft: () => ({ inResponseTo: '_0000000000000000000000000000000f' }),
  },
  unsolicited: { says: 'the response answers no request', draft: () => ({ inResponseTo: null }) },
  'without-relay-state': {
    says: 'the response comes unasked, without the state of a login',
    draft: () => ({ inResponseTo: null }),
    delivers: 'without RelayState',
  },
  replayed: { says: 'the response of the login before comes again', delivers: 'the last one again' },
}

const TIMES: Readonly<Record<string, SamlFault>> = {
  expired: {
    says: 'the assertion expired five minutes ago',
    draft: ({ at }) => ({ notBefore: at - 10 * MINUTE, notOnOrAfter: at - 5 * MINUTE }),
  },
  'not-yet-valid': {
    says: 'the assertion is valid in an hour',
    draft: ({ at }) => ({ notBefore: at + HOUR, notOnOrAfter: at + HOUR + 5 * MINUTE }),
  },
  'valid-for-a-week': {
    says: 'the assertion is valid for a week',
    draft: ({ at }) => ({ notOnOrAfter: at + 7 * DAY }),
  },
  'session-ended': {
    says: 'the session at the provider has ended already',
    draft: ({ at }) => ({ sessionNotOnOrAfter: at - 5 * MINUTE }),
  },
  'short-session': {
    says: 'the session at the provider ends in ten minutes; nothing is wrong with that',
    draft: ({ at }) => ({ sessionNotOnOrAfter: at + 10 * MINUTE }),
  },
  'stale-authn-instant': {
    says: 'the person proved themselves two days ago',
    draft: ({ at }) => ({ authnInstant: at - 2 * DAY }),
  },
}

const STATEMENTS: Readonly<Record<string, SamlFault>> = {
  'status-failed': { says: 'the provider signs nobody in', draft: () => ({ status: AUTHN_FAILED }) },
  'missing-name-id': { says: 'the assertion names nobody', draft: () => ({ nameId: null }) },
  'transient-name-id': {
    says: 'the person has a name for this login only',
    draft: () => ({ nameId: { format: TRANSIENT, value: newId() } }),
  },
  'missing-authn-statement': { says: 'nobody says how the person was known', draft: () => ({ authnInstant: null }) },
  'weak-context': {
    says: 'the person was known by a cookie of a previous session, whatever was asked for',
    draft: () => ({ context: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PreviousSession' }),
  },
  'missing-attributes': { says: 'the assertion has no attributes', draft: () => ({ attributes: {} }) },
  'other-person': { says: 'somebody else signs in', person: (person, cast) => cast.otherThan(person) },
}

const EVIL = '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">mallory</saml:NameID>'

/** The victim’s assertion goes along where nobody reads it, and another is read in its place: XSW. */
function wrapped(assertion: string): string {
  const forged = assertion
    .replace(/\sID="[^"]+"/, ' ID="_forged"')
    .replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '')
    .replace(/<saml:NameID[\s\S]*<\/saml:NameID>/, EVIL)
  return forged.replace('</saml:Subject>', `</saml:Subject><saml:Advice>${assertion}</saml:Advice>`)
}

const SIGNATURES: Readonly<Record<string, SamlFault>> = {
  unsigned: { says: 'nothing is signed', signs: [] },
  'response-signed': { says: 'the response alone is signed; nothing is wrong with that', signs: ['response'] },
  'assertion-signed': { says: 'the assertion alone is signed; nothing is wrong with that', signs: ['assertion'] },
  'other-key': { says: 'a key that the metadata do not have signs', isOtherKey: true },
  sha1: { says: 'the signatures are made with SHA-1', hash: 'sha1' },
  tampered: {
    says: 'the person was exchanged after the assertion was signed',
    signs: ['assertion'],
    document: (xml) => xml.replace(/<saml:NameID[\s\S]*?<\/saml:NameID>/, EVIL),
  },
  'signature-stripped': {
    says: 'the signatures were taken away, and the person exchanged',
    document: (xml) =>
      xml.replace(/<ds:Signature[\s\S]*?<\/ds:Signature>/g, '').replace(/<saml:NameID[\s\S]*?<\/saml:NameID>/, EVIL),
  },
  'comment-in-name-id': {
    says: 'a comment was put into the person’s name',
    signs: ['assertion'],
    document: (xml) => xml.replace(/(<saml:NameID[^>]*>..)/, '$1<!-- -->'),
  },
  wrapped: { says: 'the signed assertion is hidden in a forged one', signs: ['assertion'], assertion: wrapped },
  'two-assertions': {
    says: 'a second assertion stands beside the signed one',
    signs: ['assertion'],
    assertion: (xml) => xml + wrapped(xml).replace(/<saml:Advice>[\s\S]*<\/saml:Advice>/, ''),
  },
  doctype: {
    says: 'the document begins with a document type',
    document: (xml) => `<!DOCTYPE samlp:Response [<!ENTITY a "a">]>${xml}`,
  },
}

const METADATA: Readonly<Record<string, SamlFault>> = {
  'metadata-unavailable': { says: 'the metadata answer 503', metadata: 'unavailable' },
  'metadata-other-entity': { says: 'the metadata are about another entity', metadata: 'other entity' },
  'metadata-past': { says: 'the metadata were valid until yesterday', metadata: 'past' },
}

export const SAML_FAULTS: Readonly<Record<string, SamlFault>> = {
  ...ADDRESSES,
  ...TIMES,
  ...STATEMENTS,
  ...SIGNATURES,
  ...METADATA,
}

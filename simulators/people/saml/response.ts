/** What a response says, before it is written and signed. Source: SAML 2.0 Core §2, §3.2–3.3; Profiles §4.1.4.2. */
import { randomBytes } from 'node:crypto'
import { inner, root, type SignWith, signed, text } from './xml.ts'

export interface Draft {
  readonly issuer: string
  readonly destination: string | null
  readonly recipient: string | null
  readonly audience: string | null
  /** Of the response and the confirmation; null: unsolicited. */
  readonly inResponseTo: string | null
  readonly status: string
  readonly nameId: { readonly format: string; readonly value: string } | null
  readonly attributes: Readonly<Record<string, readonly string[]>>
  /** Seconds since 1970, like all of the times. */
  readonly at: number
  readonly notBefore: number
  readonly notOnOrAfter: number
  /** Null: no AuthnStatement. */
  readonly authnInstant: number | null
  readonly context: string
  readonly sessionIndex: string
  readonly sessionNotOnOrAfter: number | null
}

export interface Signing {
  readonly response: SignWith | null
  readonly assertion: SignWith | null
}

export const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'

export function newId(): string {
  return `_${randomBytes(16).toString('hex')}`
}

export function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

/** The document; `alter` changes the finished assertion before it is put into the response. */
export function writeResponse(
  draft: Draft,
  signing: Signing,
  alter: (assertion: string, draft: Draft) => string = (assertion) => assertion,
): string {
  const made = assertionOf(draft)
  const assertion = alter(signing.assertion === null ? made : signed(made, signing.assertion), draft)
  const xml = root(
    'samlp:Response',
    {
      Destination: draft.destination,
      ID: newId(),
      InResponseTo: draft.inResponseTo,
      IssueInstant: timeOf(draft.at),
      Version: '2.0',
    },
    [
      root('saml:Issuer', {}, [text(draft.issuer)]),
      inner('samlp:Status', {}, [inner('samlp:StatusCode', { Value: draft.status })]),
      ...(draft.status === SUCCESS ? [assertion] : []),
    ],
  )
  return signing.response === null ? xml : signed(xml, signing.response)
}

function assertionOf(draft: Draft): string {
  return root('saml:Assertion', { ID: newId(), IssueInstant: timeOf(draft.at), Version: '2.0' }, [
    inner('saml:Issuer', {}, [text(draft.issuer)]),
    subjectOf(draft),
    conditionsOf(draft),
    ...(draft.authnInstant === null ? [] : [statementOf(draft, draft.authnInstant)]),
    ...attributesOf(draft),
  ])
}

function subjectOf({ nameId, inResponseTo, notOnOrAfter, recipient }: Draft): string {
  const data = { InResponseTo: inResponseTo, NotOnOrAfter: timeOf(notOnOrAfter), Recipient: recipient }
  const confirmation = inner('saml:SubjectConfirmation', { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer' }, [
    inner('saml:SubjectConfirmationData', data),
  ])
  const named = nameId === null ? [] : [inner('saml:NameID', { Format: nameId.format }, [text(nameId.value)])]
  return inner('saml:Subject', {}, [...named, confirmation])
}

function conditionsOf({ notBefore, notOnOrAfter, audience }: Draft): string {
  const restriction =
    audience === null ? [] : [inner('saml:AudienceRestriction', {}, [inner('saml:Audience', {}, [text(audience)])])]
  return inner('saml:Conditions', { NotBefore: timeOf(notBefore), NotOnOrAfter: timeOf(notOnOrAfter) }, restriction)
}

function statementOf({ context, sessionIndex, sessionNotOnOrAfter }: Draft, authnInstant: number): string {
  const attributes = {
    AuthnInstant: timeOf(authnInstant),
    SessionIndex: sessionIndex,
    SessionNotOnOrAfter: sessionNotOnOrAfter === null ? null : timeOf(sessionNotOnOrAfter),
  }
  return inner('saml:AuthnStatement', attributes, [
    inner('saml:AuthnContext', {}, [inner('saml:AuthnContextClassRef', {}, [text(context)])]),
  ])
}

function attributesOf({ attributes }: Draft): string[] {
  const all = Object.entries(attributes).map(([name, values]) =>
    inner(
      'saml:Attribute',
      { Name: name, NameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic' },
      values.map((value) => inner('saml:AttributeValue', {}, [text(value)])),
    ),
  )
  return all.length === 0 ? [] : [inner('saml:AttributeStatement', {}, all)]
}

/** The messages of single logout, as we write them. Source: SAML 2.0 Core §3.7. */
import { element, text } from '../canonical.ts'
import { ASSERTION, PROTOCOL } from '../names.ts'
import type { NameId } from '../response/port.ts'
import type { ToSign } from '../sign-xml.ts'

interface Envelope {
  readonly id: string
  readonly at: Date
  readonly destination: string
  /** Our entity id. */
  readonly issuer: string
}

export interface LogoutRequestToWrite extends Envelope {
  readonly nameId: NameId
  /** Null: every session of the person there. */
  readonly sessionIndex: string | null
}

/** The provider may take it until then. Units: milliseconds */
const GOOD_FOR_MS = 300_000

export function logoutRequest(of: LogoutRequestToWrite): ToSign {
  const { nameId, sessionIndex, at } = of
  const attributes = {
    'xmlns:saml': ASSERTION,
    Format: nameId.format,
    ...(nameId.nameQualifier === null ? {} : { NameQualifier: nameId.nameQualifier }),
    ...(nameId.spNameQualifier === null ? {} : { SPNameQualifier: nameId.spNameQualifier }),
    ...(nameId.spProvidedId === null ? {} : { SPProvidedID: nameId.spProvidedId }),
  }
  const until = { NotOnOrAfter: new Date(at.getTime() + GOOD_FOR_MS).toISOString() }
  return message('samlp:LogoutRequest', of, until, [
    element('saml:NameID', attributes, [text(nameId.value)]),
    ...(sessionIndex === null ? [] : [element('samlp:SessionIndex', {}, [text(sessionIndex)])]),
  ])
}

export interface LogoutResponseToWrite extends Envelope {
  readonly inResponseTo: string
}

/** Whoever was signed in is not any more, and nobody else was: that is a success. */
export function logoutResponse(of: LogoutResponseToWrite): ToSign {
  const status = element('samlp:StatusCode', { Value: 'urn:oasis:names:tc:SAML:2.0:status:Success' })
  return message('samlp:LogoutResponse', of, { InResponseTo: of.inResponseTo }, [element('samlp:Status', {}, [status])])
}

function message(
  name: string,
  { id, at, destination, issuer }: Envelope,
  more: Readonly<Record<string, string>>,
  after: readonly string[],
): ToSign {
  return {
    name,
    attributes: {
      'xmlns:samlp': PROTOCOL,
      ID: id,
      Version: '2.0',
      IssueInstant: at.toISOString(),
      Destination: destination,
      ...more,
    },
    before: [element('saml:Issuer', { 'xmlns:saml': ASSERTION }, [text(issuer)])],
    after,
  }
}

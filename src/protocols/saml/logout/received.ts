/**
 * A message of single logout as it comes, by either binding: its signature, and the envelope that both kinds have.
 *
 * Source: SAML 2.0 Core §3.2; Bindings §3.4.5, §3.5.5.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import { decodeBase64 } from '../message-bytes.ts'
import { ASSERTION } from '../names.ts'
import { verifyRedirectSignature } from '../response/redirect-signature.ts'
import { type ExpectedMessage, verifySignedMessage } from '../response/signed-message.ts'
import type { SignInUpstream } from '../upstream.ts'
import { attributeOf, childrenOf, type Element } from '../xml.ts'

/** What came: the raw query of a redirect, or the fields of a form. */
export type Arrived =
  | { readonly binding: 'redirect'; readonly query: string }
  | { readonly binding: 'post'; readonly fields: Readonly<Record<string, string>> }

export interface Received {
  readonly root: Element
  readonly isSigned: boolean
  readonly relayState: string | null
}

/** Climbs `token` and `signature`; null where nothing of it can be read, or none is there. */
export function receive(
  arrived: Arrived,
  parameter: 'SAMLRequest' | 'SAMLResponse',
  expected: ExpectedMessage,
  ladder: Ladder,
): Received | null {
  if (arrived.binding === 'redirect') return verifyRedirectSignature(arrived.query, parameter, expected, ladder)
  const bytes = decodeBase64(arrived.fields[parameter] ?? '')
  if (!ladder.check('token', bytes !== null, 'saml.malformed', 'a message in base64', 'none') || bytes === null)
    return null
  const message = verifySignedMessage(bytes, expected, ladder)
  return message === null ? null : { ...message, relayState: arrived.fields.RelayState ?? null }
}

/** Climbs `version`, `issuer` and `destination`; false where one of them failed. */
export function judgeEnvelope(
  root: Element,
  { entityId }: SignInUpstream,
  sloUrl: string,
  isSigned: boolean,
  ladder: Ladder,
): boolean {
  const version = attributeOf(root, 'Version')
  if (!ladder.check('version', version === '2.0', 'saml.version_unsupported', '2.0', version ?? 'none')) return false
  const issuers = childrenOf(root, ASSERTION, 'Issuer').map((one) => one.text.trim())
  const [issuer] = issuers
  const hasOne = ladder.check('issuer', issuers.length === 1 && issuer !== '', 'saml.issuer_missing')
  if (!hasOne || issuer === undefined) return false
  const isOwn = entityId === null || issuer === entityId
  if (!ladder.check('issuer', isOwn, 'issuer.mismatch', entityId ?? undefined, issuer)) return false
  const destination = attributeOf(root, 'Destination')
  if (destination === null || destination === '') {
    // Source: Bindings §3.4.5.2, §3.5.5.2: whoever signs says where to.
    return ladder.check('destination', !isSigned, 'saml.destination_missing', sloUrl, 'none')
  }
  return ladder.check('destination', destination === sloUrl, 'saml.destination_mismatch', sloUrl, destination)
}

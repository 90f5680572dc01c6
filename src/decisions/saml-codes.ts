/**
 * Why a SAML response, assertion or message is refused: codes of the rungs that the protocol `saml` climbs, beside those it
 * shares with tokens (`signature.invalid`, `issuer.mismatch`, `audience.mismatch`, `token.expired`, `token.not_yet_valid`).
 *
 * Source: SAML 2.0 Core §1.3, §2, §3.2, §5; Profiles §4.1.4; XML Signature; XML Encryption 1.1.
 */
import type { FaultEntry } from '../fault.ts'

const refusal = (message: string, remedy: string): FaultEntry => ({ kind: 'denied', message, remedy })
const LIKELY_ATTACK = 'No product writes this: look at who sent it.'

export const samlCodes = {
  'saml.too_large': refusal('The message is larger than 256 KiB.', 'Let the provider send fewer attributes or groups.'),
  'saml.encoding_refused': refusal(
    'The message is not UTF-8, or names another encoding.',
    'Let the provider send UTF-8.',
  ),
  'saml.doctype_refused': refusal('The message has a document type.', LIKELY_ATTACK),
  'saml.instruction_refused': refusal('The message has a processing instruction.', LIKELY_ATTACK),
  'saml.cdata_refused': refusal('The message has a CDATA section.', LIKELY_ATTACK),
  'saml.comment_refused': refusal('A comment stands within a text of the message, or in a signature.', LIKELY_ATTACK),
  'saml.too_complex': refusal(
    'The message has more elements, attributes or levels than are read.',
    'Let the provider send fewer attributes or groups.',
  ),
  'saml.malformed': refusal(
    'The message is not well-formed XML.',
    'See actual. If it was typed or copied, send it as the provider made it.',
  ),
  'saml.message_unknown': refusal(
    'The document is not the SAML message that belongs here.',
    'See actual: its root element. Compare the endpoint that the provider sends to.',
  ),
  'saml.version_unsupported': refusal('The message is not SAML 2.0.', 'Let the provider speak SAML 2.0.'),
  'saml.id_invalid': refusal('An element that must have an ID has none, or it is no XML name.', LIKELY_ATTACK),
  'saml.id_duplicate': refusal('Two elements have the same ID.', LIKELY_ATTACK),
  'saml.status_failed': refusal(
    'The provider answers that it did not sign the person in.',
    'See actual: the provider’s own status. Its sign-in log says more.',
  ),
  'saml.assertion_missing': refusal(
    'The response has no assertion.',
    'Look at the provider’s log: the person may not be assigned to the application.',
  ),
  'saml.assertion_not_alone': refusal('There is more than one assertion.', 'Let the provider send exactly one.'),
  'saml.assertion_misplaced': refusal('An assertion stands where none belongs.', LIKELY_ATTACK),
  'saml.encryption_missing': refusal(
    'The assertion is not encrypted, and the provider’s settings demand it.',
    'Give the provider our certificate for encryption, or take the demand away.',
  ),
  'saml.encryption_algorithm': refusal(
    'The assertion is encrypted by an algorithm that is not accepted, or in a form that is not read.',
    'Use AES-CBC or AES-GCM with RSA-OAEP; RSA 1.5 is never accepted.',
  ),
  'saml.decryption_failed': refusal(
    'The assertion could not be decrypted.',
    'Give the provider our present certificate for encryption. There is one sentence for all causes, on purpose.',
  ),
  'saml.signature_missing': refusal(
    'There is no signature.',
    'Let the provider sign the assertion, or the whole response.',
  ),
  'saml.signature_misplaced': refusal(
    'A signature stands where none belongs: it must be a child of the message or of its assertion.',
    LIKELY_ATTACK,
  ),
  'saml.signature_not_alone': refusal('An element has more than one signature.', LIKELY_ATTACK),
  'saml.signature_malformed': refusal(
    'A signature is not built as XML Signature and SAML demand.',
    'See actual. Let the provider sign with exclusive canonicalisation and a single reference.',
  ),
  'saml.reference_wrong': refusal(
    'A signature does not refer to exactly the element it stands in.',
    'See expected and actual. The reference must be the ID of the parent.',
  ),
  'saml.transform_refused': refusal(
    'A signature uses a transform that is not accepted.',
    'Use the enveloped-signature transform and exclusive canonicalisation without comments, and no other.',
  ),
  'saml.canonicalisation_refused': refusal(
    'The signed information is not canonicalised exclusively and without comments.',
    'Use http://www.w3.org/2001/10/xml-exc-c14n#.',
  ),
  'saml.algorithm_refused': refusal(
    'The signature or digest algorithm is not accepted.',
    'Use RSA or ECDSA with SHA-256, SHA-384 or SHA-512.',
  ),
  'saml.sha1_refused': refusal(
    'The signature or digest uses SHA-1.',
    'Let the provider sign with SHA-256. Only if it cannot, set allowSha1 of this provider.',
  ),
  'saml.digest_mismatch': refusal(
    'What was signed is not what arrived.',
    'The message was changed on the way, or by something that reformats XML.',
  ),
  'saml.key_missing': refusal(
    'No certificate of the provider is valid now and fits the signature’s algorithm.',
    'Take over the provider’s present metadata or certificate.',
  ),
  'saml.certificate_outdated': refusal(
    'The certificate of the key that signed is not valid at this time.',
    'Take over the provider’s present metadata or certificate; one that starts later counts from then on.',
  ),
  'saml.assertion_malformed': refusal(
    'The response or its assertion does not have the elements that SAML demands, each in its place.',
    'See actual.',
  ),
  'saml.issuer_missing': refusal('The message does not name its issuer.', 'Let the provider send its entity id.'),
  'saml.issuers_differ': refusal('Response and assertion name different issuers.', 'See expected and actual.'),
  'saml.destination_missing': refusal(
    'The signed message does not say where it was sent to.',
    'Let the provider send the Destination: it belongs into every signed message.',
  ),
  'saml.destination_mismatch': refusal(
    'The message was sent to somebody else.',
    'Compare the ACS URL that the provider has with the one shown as expected.',
  ),
  'saml.unsolicited': refusal(
    'The response answers no request of ours.',
    'Begin the sign-in here: an unsolicited response is never used as proof.',
  ),
  'saml.request_mismatch': refusal(
    'The response answers another request than that of this login.',
    'Sign in again from the start.',
  ),
  'saml.request_unexpected': refusal(
    'The assertion answers a request, so that it belongs to a login and not to an exchange.',
    'Exchange an assertion that was issued for this purpose.',
  ),
  'saml.confirmation_missing': refusal(
    'The subject has no bearer confirmation that names us, this request and a time.',
    'See actual: what is wrong with the ones there are.',
  ),
  'saml.recipient_mismatch': refusal(
    'The bearer confirmation is addressed to somebody else, or to nobody.',
    'Compare the ACS URL that the provider has with the one shown as expected.',
  ),
  'saml.condition_unknown': refusal(
    'The assertion has a condition that is not understood.',
    'Take the condition away at the provider.',
  ),
  'saml.proxy_refused': refusal(
    'The assertion forbids that anything is issued on the strength of it.',
    'Take ProxyRestriction away at the provider.',
  ),
  'saml.time_invalid': refusal(
    'A time of the message is missing, or is not a UTC time.',
    'Let the provider write times as 2026-01-31T12:00:00Z.',
  ),
  'saml.lifetime_too_long': refusal(
    'The assertion may be used for more than 48 hours.',
    'Let the provider issue assertions for minutes.',
  ),
  'saml.authn_statement_missing': refusal(
    'The assertion does not say, once, how and when the person was authenticated.',
    'Let the provider send exactly one AuthnStatement.',
  ),
  'saml.session_ended': refusal('The person’s session at the provider has ended.', 'Sign in there again.'),
  'saml.name_id_missing': refusal(
    'The assertion does not name its subject.',
    'Let the provider send a NameID that can be read.',
  ),
  'saml.name_id_invalid': refusal(
    'The NameID is empty, too long, or has characters that cannot be shown.',
    'Send at most 255 bytes of printable text.',
  ),
  'saml.name_id_format': refusal(
    'The NameID has another format than the one that is pinned.',
    'Let the provider send the format shown as expected, or take the pin away.',
  ),
} as const satisfies Record<string, FaultEntry>

export type SamlResponseCode =
  | keyof typeof samlCodes
  | 'signature.invalid'
  | 'issuer.mismatch'
  | 'audience.mismatch'
  | 'token.expired'
  | 'token.not_yet_valid'

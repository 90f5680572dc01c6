/**
 * What a SAML response is judged against, and what is known once it has passed. Pure records: the flow around them keeps
 * the request, the browser and the store of assertions that were used.
 *
 * Source: SAML 2.0 Core §2, §3.2–3.3; Profiles §4.1.4; CONTRACT.md sections 5 and 7.
 */
import type { KeyObject } from 'node:crypto'

/** Whose signatures count. */
export interface TrustedSigner {
  /** The provider's signing certificates, DER in base64; one that is not valid at `now` signs nothing. */
  readonly certificates: readonly string[]
  /** The named switch of the provider: RSA with SHA-1, and SHA-1 digests. */
  readonly allowSha1: boolean
  readonly now: Date
}

export interface ExpectedResponse extends TrustedSigner {
  /** Compared exactly; null: any Issuer, if Response and Assertion agree. */
  readonly idpEntityId: string | null
  /** Each AudienceRestriction must name one of these: our entity id, and for exchanged tokens the resource name. */
  readonly audiences: readonly string[]
  /** A Response's Destination must be one of these; it may be absent only where no signature covers the Response. */
  readonly destinations: readonly string[]
  /** The bearer confirmation's Recipient must be one of these. */
  readonly recipients: readonly string[]
  /** The ID of our AuthnRequest; null: InResponseTo must be absent everywhere (exchanged tokens). */
  readonly inResponseTo: string | null
  /** Ours, RSA; several while they are rolled over. None: an encrypted assertion is refused. */
  readonly decryptionKeys: readonly KeyObject[]
  /** An assertion that was not encrypted is refused. */
  readonly wantAssertionsEncrypted: boolean
  /** Token exchange: the document may be one Assertion without a Response around it. */
  readonly allowBareAssertion: boolean
  /** The one NameID format that is taken; null: any. */
  readonly pinnedNameIdFormat: string | null
  /** False where people are known by an attribute: then the subject may go without a NameID. */
  readonly requiresNameId: boolean
}

export interface NameId {
  readonly value: string
  /** `urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified` where the assertion names none. */
  readonly format: string
  readonly nameQualifier: string | null
  readonly spNameQualifier: string | null
  readonly spProvidedId: string | null
}

export interface SamlAttribute {
  readonly name: string
  readonly friendlyName: string | null
  readonly nameFormat: string | null
  /** Texts, in order; a value of elements is the text in them, `xsi:nil` is left out. */
  readonly values: readonly string[]
}

/** Read from the bytes that a signature of the provider covers, and from nothing else. */
export interface VerifiedAssertion {
  /** Consume it once, under the provider, until `replayableUntil`. */
  readonly assertionId: string
  /** The latest time at which the same assertion could pass again, skew included. */
  readonly replayableUntil: Date
  /** Null of a bare Assertion; like everything else of the Response only a claim unless a signature covers the Response. */
  readonly responseId: string | null
  readonly issuer: string
  readonly nameId: NameId | null
  readonly attributes: readonly SamlAttribute[]
  readonly issuedAt: Date
  /** Until when the assertion may be used: the earliest of Conditions and the bearer confirmation, without skew. */
  readonly notOnOrAfter: Date
  readonly authnInstant: Date
  readonly authnContextClassRef: string | null
  readonly sessionIndex: string | null
  readonly sessionNotOnOrAfter: Date | null
}

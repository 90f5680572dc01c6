/**
 * What a verified assertion says of a person, in the words that mappings, mappers and conditions read.
 *
 * Source: SAML 2.0 Core §2.7.3.1 (attributes are known by Name; a FriendlyName is for people, and kept apart from them);
 * Google workforce identity federation (`assertion.subject`, `assertion.attributes`).
 */
import type { Json, JsonObject } from '../../../json.ts'
import type { SignedIn } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import { isAddress } from '../../oauth2/address.ts'
import { EMAIL_ADDRESS, TRANSIENT } from '../names.ts'
import type { SamlAttribute, VerifiedAssertion } from '../response/port.ts'
import type { Principal } from '../upstream.ts'

/** Under which names products send what everybody has: X.500 and eduPerson, Microsoft's, and those that people type. */
const KNOWN = {
  email: [
    'email',
    'mail',
    'emailAddress',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'urn:oid:1.2.840.113549.1.9.1',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'urn:mace:dir:attribute-def:mail',
  ],
  given_name: [
    'givenName',
    'given_name',
    'firstName',
    'first_name',
    'urn:oid:2.5.4.42',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
    'urn:mace:dir:attribute-def:givenName',
  ],
  family_name: [
    'sn',
    'surname',
    'family_name',
    'lastName',
    'last_name',
    'urn:oid:2.5.4.4',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
    'urn:mace:dir:attribute-def:sn',
  ],
  name: [
    'displayName',
    'display_name',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'http://schemas.microsoft.com/identity/claims/displayname',
    'urn:mace:dir:attribute-def:displayName',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Who is known by it at every sign-in: the NameID or the configured attribute; null where there is no lasting name. */
export function principalOf(principal: Principal, { nameId, attributes }: VerifiedAssertion): string | null {
  if (principal.by === 'NameID') return nameId === null || nameId.format === TRANSIENT ? null : nameId.value
  const { by, attribute } = principal
  const found = attributes.filter((one) => (by === 'name' ? one.name : one.friendlyName) === attribute)
  const values = new Set(found.flatMap((one) => one.values))
  const [value] = values
  // Of several values nobody could say which one is the person.
  return values.size === 1 && value !== undefined && isSubject(value) ? value : null
}

/** Source: CONTRACT.md section 5, `sub` of people. Units: bytes */
const SUBJECT_BYTES = 255

function isSubject(value: string): boolean {
  return value.trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(value) && Buffer.byteLength(value) <= SUBJECT_BYTES
}

/** `subject` is the principal; where that is no lasting one, the NameID as it came. */
export function claimsOf(assertion: VerifiedAssertion, principal: string | null): JsonObject {
  const { nameId, issuer, attributes, authnContextClassRef: context } = assertion
  const subject = principal ?? nameId?.value ?? null
  const known = Object.keys(KNOWN).flatMap((claim): [string, Json][] => {
    const value = knownValue(attributes, claim)
    return value === null ? [] : [[claim, value]]
  })
  return {
    ...Object.fromEntries(known),
    issuer,
    ...(subject === null ? {} : { subject }),
    ...(nameId === null ? {} : { nameId: nameId.value, nameIdFormat: nameId.format }),
    ...(context === null ? {} : { authnContextClassRef: context }),
    attributes: byKey(attributes, ({ name }) => name),
    friendlyNames: byKey(attributes, ({ friendlyName }) => friendlyName),
  }
}

/** Lists, also of one value; attributes of the same name are one. */
function byKey(
  attributes: readonly SamlAttribute[],
  keyOf: (attribute: SamlAttribute) => string | null,
): Record<string, Json> {
  const lists = new Map<string, string[]>()
  for (const attribute of attributes) {
    const key = keyOf(attribute)
    if (key !== null) lists.set(key, [...(lists.get(key) ?? []), ...attribute.values])
  }
  // A name such as __proto__ is a member like any other.
  return Object.fromEntries(lists)
}

function knownValue(attributes: readonly SamlAttribute[], claim: string): string | null {
  const names: readonly string[] = Object.hasOwn(KNOWN, claim) ? KNOWN[claim as keyof typeof KNOWN] : []
  for (const name of names) {
    const value = attributes.find((one) => one.name.toLowerCase() === name.toLowerCase())?.values[0]
    if (value !== undefined && value.trim() !== '') return value
  }
  return null
}

/**
 * The person's address. SAML has no word for a verified one: it counts as proved where its domain is proved to be the
 * organisation's and belongs to this provider, who then is the one to say whose address it is.
 */
export function emailOf({ routingDomains }: Provider, { nameId, attributes }: VerifiedAssertion): SignedIn['email'] {
  const named = nameId?.format === EMAIL_ADDRESS ? nameId.value : undefined
  const address = knownValue(attributes, 'email') ?? named
  if (!isAddress(address)) return null
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  return { address, isVerified: routingDomains.includes(domain) }
}

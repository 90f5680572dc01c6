/** The parts of an assertion as its schema has them. Source: SAML 2.0 Core §2.3.3, §2.4, §2.5, §2.7. */
import { ASSERTION, SIGNATURE } from '../names.ts'
import { any, inSequence, one, optional } from '../signed-xml/sequence.ts'
import { attributeOf, childrenOf, isTag, type Tag, textOf } from '../signed-xml/tree.ts'

export interface AssertionParts {
  readonly id: string
  readonly version: string | null
  readonly issueInstant: string | null
  /** Null: none, or one that is no entity. */
  readonly issuer: string | null
  readonly subject: Tag
  readonly conditions: Tag | null
  readonly authnStatements: readonly Tag[]
  readonly attributeStatements: readonly Tag[]
}

const SCHEMA = [
  one(ASSERTION, 'Issuer'),
  // Of an assertion that was read out of a signed response; its own signature is verified already.
  optional(SIGNATURE, 'Signature'),
  one(ASSERTION, 'Subject'),
  optional(ASSERTION, 'Conditions'),
  optional(ASSERTION, 'Advice'),
  any(ASSERTION, 'AuthnStatement', 'AttributeStatement', 'AuthzDecisionStatement', 'Statement'),
]

/** The parts of an assertion that a signature covers; null where its elements are not those of the schema. */
export function assertionParts(assertion: Tag): AssertionParts | null {
  const slots = inSequence(assertion, SCHEMA)
  if (slots === null) return null
  const [[issuer] = [], , [subject] = [], [conditions = null] = [], , statements = []] = slots
  if (issuer === undefined || subject === undefined) return null
  return {
    id: attributeOf(assertion, 'ID') ?? '',
    version: attributeOf(assertion, 'Version'),
    issueInstant: attributeOf(assertion, 'IssueInstant'),
    issuer: issuerOf(issuer),
    subject,
    conditions,
    authnStatements: statements.filter((tag) => isTag(tag, ASSERTION, 'AuthnStatement')),
    attributeStatements: statements.filter((tag) => isTag(tag, ASSERTION, 'AttributeStatement')),
  }
}

/** Source: SAML 2.0 Core §8.3.6; Profiles §4.1.4.2: an entity, if a format is named at all. */
const ENTITY = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity'

/** The entity that an Issuer element names, null where it names none. */
export function issuerOf(issuer: Tag): string | null {
  const text = textOf(issuer)
  return text === '' || (attributeOf(issuer, 'Format') ?? ENTITY) !== ENTITY ? null : text
}

/** The Issuer of a message, undefined where it has none. */
export function messageIssuer(message: Tag): string | null | undefined {
  const issuer = childrenOf(message).find((child) => isTag(child, ASSERTION, 'Issuer'))
  return issuer === undefined ? undefined : issuerOf(issuer)
}

/** How the person was authenticated, and what is said of them. Source: SAML 2.0 Core §2.7.2–2.7.3; Profiles §4.1.4.2. */
import type { Ladder } from '../../../decisions/ladder.ts'
import { ASSERTION } from '../names.ts'
import { attributeOf, childrenOf, isTag, type Tag, textOf } from '../signed-xml/tree.ts'
import { decrypted } from './decryption.ts'
import type { ExpectedResponse, SamlAttribute } from './port.ts'
import { checkPast, isOver, optionalTimeOf, shown, timeOf } from './times.ts'

export interface Authentication {
  readonly authnInstant: Date
  readonly authnContextClassRef: string | null
  readonly sessionIndex: string | null
  readonly sessionNotOnOrAfter: Date | null
}

/** Climbs the rung `authentication`. With several statements nobody could say which level and which session is meant. */
export function judgeAuthentication(
  statements: readonly Tag[],
  { now }: ExpectedResponse,
  ladder: Ladder,
): Authentication | null {
  const [statement, ...others] = statements
  const isOne = statement !== undefined && others.length === 0
  ladder.check('authentication', isOne, 'saml.authn_statement_missing', 'one AuthnStatement', `${statements.length}`)
  if (statement === undefined) return null
  const contexts = childrenOf(statement).filter((one) => isTag(one, ASSERTION, 'AuthnContext'))
  const classes = contexts.flatMap(childrenOf).filter((one) => isTag(one, ASSERTION, 'AuthnContextClassRef'))
  const isBuilt = contexts.length === 1 && classes.length <= 1
  ladder.check('authentication', isBuilt, 'saml.assertion_malformed', 'one AuthnContext', 'none, or several')
  const authnInstant = timeOf(attributeOf(statement, 'AuthnInstant'))
  checkPast(ladder, 'authentication', authnInstant, now)
  const ends = optionalTimeOf(attributeOf(statement, 'SessionNotOnOrAfter'))
  ladder.check(
    'authentication',
    ends !== null,
    'saml.time_invalid',
    'a UTC time',
    ends === null ? 'another form' : undefined,
  )
  const isOpen = !isOver(ends ?? undefined, now)
  ladder.check('authentication', isOpen, 'saml.session_ended', now.toISOString(), () => shown(ends))
  const [classRef] = classes
  return {
    authnInstant: authnInstant ?? now,
    authnContextClassRef: (classRef === undefined ? null : textOf(classRef)) || null,
    sessionIndex: attributeOf(statement, 'SessionIndex'),
    sessionNotOnOrAfter: ends ?? null,
  }
}

/** Each costs a use of our private keys. */
const ENCRYPTED_ATTRIBUTES = 16

/** All attributes of all statements, in order. Faults (thrown as `Unacceptable`): saml.encryption_algorithm, saml.decryption_failed */
export function attributesOf(statements: readonly Tag[], { decryptionKeys }: ExpectedResponse): SamlAttribute[] {
  const children = statements.flatMap(childrenOf)
  const encrypted = children.filter((one) => isTag(one, ASSERTION, 'EncryptedAttribute')).slice(0, ENCRYPTED_ATTRIBUTES)
  const opened = encrypted.map((one) => decrypted(one, 'Attribute', decryptionKeys))
  return [...children.filter((one) => isTag(one, ASSERTION, 'Attribute')), ...opened].flatMap((one) => {
    const name = attributeOf(one, 'Name')
    if (name === null || name === '') return []
    const values = childrenOf(one).filter((child) => isTag(child, ASSERTION, 'AttributeValue'))
    return [
      {
        name,
        friendlyName: attributeOf(one, 'FriendlyName'),
        nameFormat: attributeOf(one, 'NameFormat'),
        values: values.flatMap((value) => attributeText(value) ?? []),
      },
    ]
  })
}

const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance'

/**
 * The text; or that of the one element within, as in eduPersonTargetedID. What has more to it is no text, and left out:
 * to put texts together would make values that nobody signed as such.
 */
function attributeText(value: Tag): string | null {
  const isNil = value.attributes.some(({ namespace, name, value: text }) => {
    return namespace === INSTANCE && name === 'nil' && (text === 'true' || text === '1')
  })
  if (isNil) return null
  const text = textOf(value)
  if (text !== null) return text
  const [only, ...others] = childrenOf(value)
  const isAlone = value.content.every((one) => typeof one !== 'string' || /^[ \t\r\n]*$/.test(one))
  return only !== undefined && others.length === 0 && isAlone ? textOf(only) : null
}

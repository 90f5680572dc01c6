/** Who the assertion is about, and by what right it is here. Source: SAML 2.0 Core §2.2.2, §2.4.1; Profiles §3.3, §4.1.4.2. */
import type { KeyObject } from 'node:crypto'
import type { Ladder } from '../../../decisions/ladder.ts'
import { ASSERTION } from '../names.ts'
import { Unacceptable } from '../signed-xml/refusal.ts'
import { any, inSequence, optional } from '../signed-xml/sequence.ts'
import { attributeOf, childrenOf, isTag, type Tag, textOf } from '../signed-xml/tree.ts'
import { decrypted } from './decryption.ts'
import type { ExpectedResponse, NameId } from './port.ts'
import { hasBegun, isOver, optionalTimeOf, shown } from './times.ts'

export interface SubjectParts {
  /** NameID or EncryptedID; null where there is neither. */
  readonly identifier: Tag | null
  readonly confirmations: readonly Tag[]
}

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'
/** Source: CONTRACT.md section 5, `sub` of people. */
const NAME_ID_BYTES = 255
/** No controls, no separators of lines and paragraphs; nothing that is spaces at an end. */
const SHOWABLE = /^(?![\s\p{Z}])[^\p{Cc}\p{Zl}\p{Zp}]*(?<![\s\p{Z}])$/u

/** Null where the subject is not built as its schema says; BaseID is somebody's own invention and names nobody to us. */
export function subjectParts(subject: Tag): SubjectParts | null {
  const slots = inSequence(subject, [
    optional(ASSERTION, 'NameID', 'EncryptedID'),
    any(ASSERTION, 'SubjectConfirmation'),
  ])
  if (slots === null) return null
  const [[identifier = null] = [], confirmations = []] = slots
  return { identifier, confirmations }
}

/** Climbs the rung `subject`. Null without a NameID that can be used. */
export function judgeNameId(
  identifier: Tag | null,
  { pinnedNameIdFormat, requiresNameId, decryptionKeys }: ExpectedResponse,
  ladder: Ladder,
): NameId | null {
  if (identifier === null) {
    ladder.check('subject', !requiresNameId, 'saml.name_id_missing', 'a NameID', 'none')
    return null
  }
  const tag = opened(identifier, 'NameID', decryptionKeys, ladder)
  if (tag === null) return null
  const value = textOf(tag) ?? ''
  const isUsable = SHOWABLE.test(value) && value !== '' && Buffer.byteLength(value) <= NAME_ID_BYTES
  if (
    !ladder.check(
      'subject',
      isUsable,
      'saml.name_id_invalid',
      `1 to ${NAME_ID_BYTES} bytes of text`,
      isUsable ? undefined : 'another',
    )
  )
    return null
  const format = attributeOf(tag, 'Format') ?? UNSPECIFIED
  const isFormat = pinnedNameIdFormat === null || format === pinnedNameIdFormat
  ladder.check('subject', isFormat, 'saml.name_id_format', pinnedNameIdFormat ?? 'any format', format)
  return {
    value,
    format,
    nameQualifier: attributeOf(tag, 'NameQualifier'),
    spNameQualifier: attributeOf(tag, 'SPNameQualifier'),
    spProvidedId: attributeOf(tag, 'SPProvidedID'),
  }
}

/** The element itself, or what is in its encrypted form. */
function opened(tag: Tag, name: string, keys: readonly KeyObject[], ladder: Ladder): Tag | null {
  if (isTag(tag, ASSERTION, name)) return tag
  try {
    return decrypted(tag, name, keys)
  } catch (error) {
    if (!(error instanceof Unacceptable)) throw error
    ladder.check('subject', false, error.code, error.expected, error.actual)
    return null
  }
}

/** What a bearer confirmation says, as it must be held against what is expected. */
interface Bearer {
  readonly recipient: string | null
  readonly inResponseTo: string | null
  /** Null: something that is no time. */
  readonly notBefore: Date | undefined | null
  readonly notOnOrAfter: Date | undefined | null
}

export interface Confirmed {
  readonly until: Date
  /** The last end of any bearer confirmation: another than this one may hold later. */
  readonly latest: Date
}

/**
 * Climbs the rung `confirmation`: one bearer confirmation must hold in everything, and says until when. Null where none has
 * an end.
 *
 * Source: Profiles §4.1.4.2: Recipient, NotOnOrAfter and InResponseTo, all of the same confirmation.
 */
export function judgeConfirmation(
  confirmations: readonly Tag[],
  expected: ExpectedResponse,
  ladder: Ladder,
): Confirmed | null {
  const bearers = confirmations.filter((one) => attributeOf(one, 'Method') === BEARER).map(bearerOf)
  const good = bearers.find((one) => problemsOf(one, expected).length === 0)
  const { notOnOrAfter } = good ?? {}
  if (notOnOrAfter !== undefined && notOnOrAfter !== null) {
    ladder.check('confirmation', true, 'saml.confirmation_missing')
    return { until: notOnOrAfter, latest: latestOf(bearers, notOnOrAfter) }
  }
  const [first, ...others] = bearers
  if (first === undefined || others.length > 0) {
    ladder.check('confirmation', false, 'saml.confirmation_missing', 'a bearer confirmation', () =>
      first === undefined ? methodsOf(confirmations) : `${bearers.length}, of which none holds`,
    )
    return null
  }
  for (const { code, wanted, actual } of problemsOf(first, expected))
    ladder.check('confirmation', false, code, wanted, actual)
  const until = first.notOnOrAfter ?? null
  return until === null ? null : { until, latest: until }
}

function latestOf(bearers: readonly Bearer[], until: Date): Date {
  const ends = bearers.map(({ notOnOrAfter }) => notOnOrAfter?.getTime() ?? 0)
  return new Date(Math.max(until.getTime(), ...ends))
}

function methodsOf(confirmations: readonly Tag[]): string {
  return confirmations.map((one) => attributeOf(one, 'Method') ?? 'no method').join(', ') || 'none'
}

function bearerOf(confirmation: Tag): Bearer {
  const data = childrenOf(confirmation).find((one) => isTag(one, ASSERTION, 'SubjectConfirmationData'))
  const read = (name: string) => (data === undefined ? null : attributeOf(data, name))
  return {
    recipient: read('Recipient'),
    inResponseTo: read('InResponseTo'),
    notBefore: optionalTimeOf(read('NotBefore')),
    notOnOrAfter: optionalTimeOf(read('NotOnOrAfter')),
  }
}

interface Problem {
  readonly code: string
  readonly wanted: string
  readonly actual: string
}

function problemsOf(bearer: Bearer, { recipients, inResponseTo, now }: ExpectedResponse): Problem[] {
  const { recipient, notBefore, notOnOrAfter } = bearer
  const problems: Problem[] = []
  const no = (code: string, wanted: string, actual: string) => problems.push({ code, wanted, actual })
  if (recipient === null || !recipients.includes(recipient))
    no('saml.recipient_mismatch', recipients.join(', '), recipient ?? 'none')
  const request = requestProblem(bearer.inResponseTo, inResponseTo)
  if (request !== null) problems.push(request)
  if (notBefore === null || notOnOrAfter === null || notOnOrAfter === undefined)
    no('saml.time_invalid', 'NotOnOrAfter as a UTC time', 'none')
  else if (isOver(notOnOrAfter, now)) no('token.expired', now.toISOString(), shown(notOnOrAfter))
  else if (!hasBegun(notBefore, now)) no('token.not_yet_valid', now.toISOString(), shown(notBefore))
  return problems
}

/** What is wrong with an InResponseTo, of a response or of a confirmation; null where nothing is. */
export function requestProblem(actual: string | null, expected: string | null): Problem | null {
  if (actual === expected) return null
  if (expected === null) return { code: 'saml.request_unexpected', wanted: 'none', actual: actual ?? 'none' }
  if (actual === null) return { code: 'saml.unsolicited', wanted: expected, actual: 'none' }
  return { code: 'saml.request_mismatch', wanted: expected, actual }
}

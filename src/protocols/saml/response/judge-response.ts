/**
 * Judges a SAML 2.0 response, rung by rung. Synchronous, and everything it depends on comes in.
 *
 * Source: SAML 2.0 Core §2, §3.2–3.3, §5; Profiles §4.1.4; CONTRACT.md sections 5 and 7.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import { orRefusal, Unacceptable } from '../signed-xml/refusal.ts'
import { SKEW_MS } from '../signed-xml/signer-keys.ts'
import { attributeOf, type Tag } from '../signed-xml/tree.ts'
import { type AssertionParts, assertionParts, messageIssuer } from './assertion.ts'
import { judgeConditions } from './conditions.ts'
import type { ExpectedResponse, VerifiedAssertion } from './port.ts'
import { attributesOf, judgeAuthentication } from './statements.ts'
import { type Confirmed, judgeConfirmation, judgeNameId, requestProblem, subjectParts } from './subject.ts'
import { checkPast, timeOf } from './times.ts'
import { type VerifiedBytes, verifiedBytes } from './verified-bytes.ts'

/** Those that read the assertion; what ends before them skips them. */
const RUNGS = [
  ...['version', 'issuer', 'destination', 'request', 'subject', 'confirmation'],
  ...['audience', 'conditions', 'time', 'authentication', 'attributes'],
]

/**
 * The assertion of the document (decoded from base64), or null on a lenient ladder when nothing of it could be trusted.
 * With one that failed a later rung (bindings, times) the answer shows what is known; whoever grants anything asks
 * `ladder.failure`. Strict ladders throw `Refused`. The rungs: `token`, `response_signature`, `status`, `assertion`,
 * `decryption`, `signature`, `version`, `issuer`, `destination`, `request`, `subject`, `confirmation`, `audience`,
 * `conditions`, `time`, `authentication`, `attributes`.
 */
export function judgeResponse(bytes: Uint8Array, expected: ExpectedResponse, ladder: Ladder): VerifiedAssertion | null {
  const verified = verifiedBytes(bytes, expected, ladder)
  if (verified === null) {
    for (const rung of RUNGS) ladder.skip(rung, 'an earlier rung failed')
    return null
  }
  const parts = assertionParts(verified.assertion)
  const subject = parts === null ? null : subjectParts(parts.subject)
  const isBuilt = parts !== null && subject !== null
  ladder.check(
    'version',
    isBuilt,
    'saml.assertion_malformed',
    'an assertion as its schema has it',
    isBuilt ? undefined : 'another form',
  )
  if (!isBuilt) {
    for (const rung of RUNGS.slice(1)) ladder.skip(rung, 'an earlier rung failed')
    return null
  }
  const { response } = verified
  judgeVersion(response, parts, ladder)
  const issuer = judgeIssuer(verified, parts, expected, ladder)
  judgeDestination(response, expected, ladder)
  judgeRequest(response, expected, ladder)
  const nameId = judgeNameId(subject.identifier, expected, ladder)
  const confirmed = judgeConfirmation(subject.confirmations, expected, ladder)
  const conditionsUntil = judgeConditions(parts.conditions, expected, ladder)
  const issuedAt = judgeIssueInstants(response, parts, expected.now, ladder)
  const ends = judgeLifetime(issuedAt, confirmed, conditionsUntil, ladder)
  const authentication = judgeAuthentication(parts.authnStatements, expected, ladder)
  const attributes = judgeAttributes(parts, expected, ladder)
  if (issuer === null || issuedAt === null || ends === null || authentication === null) return null
  return {
    assertionId: parts.id,
    replayableUntil: new Date(ends.latest.getTime() + SKEW_MS),
    responseId: response === null ? null : attributeOf(response, 'ID'),
    issuer,
    nameId,
    attributes,
    issuedAt,
    notOnOrAfter: ends.until,
    ...authentication,
  }
}

function judgeVersion(response: Tag | null, { version }: AssertionParts, ladder: Ladder): void {
  const versions = response === null ? [version] : [attributeOf(response, 'Version'), version]
  const isSaml2 = versions.every((one) => one === '2.0')
  ladder.check('version', isSaml2, 'saml.version_unsupported', '2.0', () => versions.join(', '))
}

/** Source: Profiles §4.1.4.2: a response that is signed, or has an encrypted assertion, names its issuer. */
function judgeIssuer(
  { response, isResponseSigned, isEncrypted }: VerifiedBytes,
  { issuer }: AssertionParts,
  { idpEntityId }: ExpectedResponse,
  ladder: Ladder,
): string | null {
  const around = response === null ? undefined : messageIssuer(response)
  const isNamed = issuer !== null && around !== null && (around !== undefined || !(isResponseSigned || isEncrypted))
  if (!ladder.check('issuer', isNamed || response === null, 'saml.issuer_missing', 'an entity id', 'none'))
    return issuer
  const isTheirs = idpEntityId === null || issuer === idpEntityId
  ladder.check('issuer', isTheirs, 'issuer.mismatch', idpEntityId ?? 'any', issuer ?? 'none')
  const isSame = around === undefined || around === issuer
  ladder.check('issuer', isSame, 'saml.issuers_differ', issuer ?? 'none', around ?? 'none')
  return issuer
}

/** Source: Bindings §3.5.5.2. Demanded of unsigned responses, too: every product writes it, and then it costs nothing. */
function judgeDestination(response: Tag | null, { destinations }: ExpectedResponse, ladder: Ladder): void {
  if (response === null) {
    ladder.skip('destination', 'there is no response around the assertion')
    return
  }
  const actual = attributeOf(response, 'Destination')
  if (!ladder.check('destination', actual !== null, 'saml.destination_missing', () => destinations.join(', '), 'none'))
    return
  const isHere = actual !== null && destinations.includes(actual)
  ladder.check('destination', isHere, 'saml.destination_mismatch', () => destinations.join(', '), actual ?? 'none')
}

function judgeRequest(response: Tag | null, { inResponseTo }: ExpectedResponse, ladder: Ladder): void {
  if (response === null) {
    ladder.skip('request', 'there is no response around the assertion')
    return
  }
  const problem = requestProblem(attributeOf(response, 'InResponseTo'), inResponseTo)
  if (problem === null) ladder.check('request', true, 'saml.request_mismatch')
  else ladder.check('request', false, problem.code, problem.wanted, problem.actual)
}

function judgeIssueInstants(
  response: Tag | null,
  { issueInstant }: AssertionParts,
  now: Date,
  ladder: Ladder,
): Date | null {
  if (response !== null) checkPast(ladder, 'time', timeOf(attributeOf(response, 'IssueInstant')), now)
  const issuedAt = timeOf(issueInstant)
  checkPast(ladder, 'time', issuedAt, now)
  return issuedAt
}

/** Source: CONTRACT.md section 5: nothing that is taken in exchange for something may be good for longer. */
const LIFETIME_MS = 48 * 3_600_000

function judgeLifetime(
  issuedAt: Date | null,
  confirmed: Confirmed | null,
  conditionsUntil: Date | undefined,
  ladder: Ladder,
): Confirmed | null {
  if (issuedAt === null || confirmed === null) return null
  const bounded = (end: Date) => (conditionsUntil !== undefined && conditionsUntil < end ? conditionsUntil : end)
  const latest = bounded(confirmed.latest)
  const isShort = latest.getTime() - issuedAt.getTime() <= LIFETIME_MS
  ladder.check('time', isShort, 'saml.lifetime_too_long', 'at most 48 hours', () => latest.toISOString())
  return { until: bounded(confirmed.until), latest }
}

function judgeAttributes(parts: AssertionParts, expected: ExpectedResponse, ladder: Ladder) {
  const attributes = orRefusal(() => attributesOf(parts.attributeStatements, expected))
  if (!(attributes instanceof Unacceptable)) {
    ladder.check('attributes', true, 'saml.decryption_failed')
    return attributes
  }
  ladder.check('attributes', false, attributes.code, attributes.expected, attributes.actual)
  return []
}

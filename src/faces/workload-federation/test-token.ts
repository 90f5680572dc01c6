/** The report on a tested token, in the steps of this API. */
import type { Rung } from '../../decisions/decision.ts'
import type { Json, JsonObject } from '../../json.ts'
import { type TestEvidence, type TestTokenReport, WireFaults } from '../face.ts'
import { withoutUnset } from '../google-rpc/unset.ts'
import { STEP_NAMES } from './wire.ts'

/** Which rungs of the ladder make up a step of this API; the step has passed when all of them have. */
const RUNGS: Readonly<Record<keyof typeof STEP_NAMES, readonly string[]>> = {
  jwtDecode: ['token'],
  issuerMatch: ['issuer'],
  signatureValidation: ['key', 'signature'],
  audienceValidation: ['audience'],
  tokenFreshness: ['time'],
  subjectValidation: ['subject'],
  celEvaluation: ['condition'],
  cidrCheck: ['address'],
  enabledCheck: ['trust', 'principal', 'provider'],
}

export function fromTestToken(report: TestTokenReport): object {
  const steps = Object.entries(RUNGS).map(([step, names]) => {
    // The keys of RUNGS are those of STEP_NAMES.
    return [step, stepOf(STEP_NAMES[step as keyof typeof STEP_NAMES], names, report.rungs)]
  })
  return withoutUnset({
    overallResult: report.passed,
    decodedClaimsJson: report.claims === null ? null : JSON.stringify(report.claims),
    ...Object.fromEntries(steps),
    decisionId: report.decisionId,
    conditionParts: report.conditionParts,
  })
}

function stepOf(stepName: string, names: readonly string[], ladder: readonly Rung[]): object {
  const rungs = ladder.filter((rung) => names.includes(rung.name))
  const failed = rungs.find((rung) => rung.outcome === 'failed')
  const open = rungs.find((rung) => rung.outcome === 'skipped')
  const passed = names.every((name) => rungs.some((rung) => rung.name === name && rung.outcome === 'passed'))
  const skipped = failed === undefined && !passed
  const told = failed ?? open ?? rungs.at(-1)
  return withoutUnset({
    stepName,
    passed: failed === undefined && passed,
    skipped,
    expected: told?.expected,
    actual: skipped ? undefined : told?.actual,
    detail: failed?.code ?? (skipped ? (open?.actual ?? 'not reached') : undefined),
  })
}

/** Far above any real token's claims, far below what is work to parse. Units: UTF-16 code units. */
const CLAIMS_LENGTH = 65_536

/** What the request gives to judge: exactly one of the two. */
export function toEvidence(body: {
  readonly subjectToken?: string | null
  readonly claimsJson?: string | null
}): TestEvidence {
  const { subjectToken, claimsJson } = body
  if (typeof claimsJson !== 'string') {
    if (typeof subjectToken === 'string') return { subjectToken }
    throw wrong('subjectToken', 'must be given')
  }
  if (typeof subjectToken === 'string') throw wrong('claimsJson', 'cannot be given beside subjectToken')
  const claims = claimsJson.length > CLAIMS_LENGTH ? undefined : parsed(claimsJson)
  if (isObject(claims)) return { claims }
  throw wrong('claimsJson', `must be a JSON object of at most ${CLAIMS_LENGTH} characters`)
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(path: string, message: string): Error {
  return new WireFaults([{ path, code: 'field.invalid', message }])
}

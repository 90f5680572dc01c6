/** The report on a tested token, in the steps of this API. */
import type { Rung } from '../../decisions/decision.ts'
import type { TestTokenReport } from '../face.ts'
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

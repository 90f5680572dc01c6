/** The report on a tested token, in the steps of this API. */
import type { Rung } from '../../decisions/decision.ts'
import type { TestTokenReport } from '../face.ts'
import { withoutUnset } from './translate.ts'
import { STEP_NAMES } from './wire.ts'

/** Which rungs of the ladder make up a step of this API. */
const RUNGS: Readonly<Record<keyof typeof STEP_NAMES, readonly string[]>> = {
  jwtDecode: ['token'],
  issuerMatch: ['issuer'],
  signatureValidation: ['key', 'signature'],
  audienceValidation: ['audience'],
  tokenFreshness: ['time'],
  subjectValidation: ['subject'],
  celEvaluation: ['condition'],
  cidrCheck: ['address'],
}

export function fromTestToken(report: TestTokenReport): object {
  const steps = Object.entries(RUNGS).map(([step, names]) => {
    const rungs = report.rungs.filter((rung) => names.includes(rung.name))
    return [step, stepOf(STEP_NAMES[step as keyof typeof STEP_NAMES], rungs)] // keys of RUNGS are those of STEP_NAMES
  })
  return withoutUnset({
    overallResult: report.passed,
    decodedClaimsJson: report.claims === null ? null : JSON.stringify(report.claims),
    ...Object.fromEntries(steps),
    decisionId: report.decisionId,
  })
}

function stepOf(stepName: string, rungs: readonly Rung[]): object {
  const failed = rungs.find((rung) => rung.outcome === 'failed')
  const passed = rungs.filter((rung) => rung.outcome === 'passed')
  const told = failed ?? passed.at(-1) ?? rungs[0]
  return withoutUnset({
    stepName,
    passed: failed === undefined && passed.length > 0,
    skipped: failed === undefined && passed.length === 0,
    expected: told?.expected,
    actual: told?.actual,
    detail: failed?.code ?? (passed.length === 0 ? (told?.actual ?? 'not reached') : undefined),
  })
}

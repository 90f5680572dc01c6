import type { Json, JsonObject } from '../json.ts'
import { evaluate, read } from './condition.ts'
import { TRUST_CONDITION_BYTES } from './condition-port.ts'
import { type ExplainedPart, explainCondition } from './explain.ts'
import { isJsonList } from './values.ts'

/** Sample claims in bytes: far above any real token, far below what is work to parse. */
const CLAIMS_BYTES_LIMIT = 65_536

export interface TestResult {
  readonly matched: boolean
  /** A sentence, or null where the condition said yes or no. */
  readonly error: string | null
  /** What the expression is made of, each part with what it came to; empty where it was not evaluated. */
  readonly parts: readonly ExplainedPart[]
}

/**
 * Tries an expression on the claims of a sample token, as TestCEL does; never throws, and says in `error` what is
 * wrong with the expression, with the claims, or with their meeting. Source: workload-federation API, TestCEL
 */
export function testCondition(expression: string, claimsJson: string): TestResult {
  const { faults, step } = read(expression, 'expression', ['claims'], TRUST_CONDITION_BYTES)
  if (faults.length > 0) {
    return refused(`The expression is not valid: ${faults.map((fault) => fault.message).join('; ')}.`)
  }
  if (Buffer.byteLength(claimsJson) > CLAIMS_BYTES_LIMIT) {
    return refused(`The claims are longer than ${CLAIMS_BYTES_LIMIT} bytes.`)
  }
  const claims = parseObject(claimsJson)
  if (claims === undefined) return refused('The claims are not a JSON object.')
  const verdict = evaluate(step, ['claims'], { claims })
  const { parts } = explainCondition(expression, { claims })
  if (verdict.outcome === 'error')
    return refused(`The expression cannot be evaluated on these claims: ${verdict.detail}.`, parts)
  return { matched: verdict.outcome === 'true', error: null, parts }
}

function refused(error: string, parts: readonly ExplainedPart[] = []): TestResult {
  return { matched: false, error, parts }
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const json: Json = JSON.parse(text)
    return typeof json === 'object' && json !== null && !isJsonList(json) ? json : undefined
  } catch {
    return undefined
  }
}

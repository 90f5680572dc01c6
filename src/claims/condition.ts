import { LRUCache } from 'lru-cache'
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import { createBuilder, place } from './builder.ts'
import type { Condition, Conditions, Verdict } from './condition-port.ts'
import { type ASTNode, checkTypes, parseExpression } from './environment.ts'
import { type ConditionCode, claimFault } from './faults.ts'
import { departures } from './grammar.ts'
import { build } from './program.ts'
import { COST_LIMIT, costExceeded, FAILED, fail, type Outcome, type Run, type Step, tooDeep } from './run.ts'
import { isJsonList, type JsonMap } from './values.ts'

/** The longest expression that is parsed at all, in bytes; every face's own limit lies below. */
export const EXPRESSION_BYTES_LIMIT = 16_384

/** Variables that hold a token's claims, where `aud` reads as a list. */
const CLAIM_VARIABLES = new Set(['claims', 'assertion'])

const TRUE: Verdict = { outcome: 'true' }
const FALSE: Verdict = { outcome: 'false' }

/** Conditions with a cache of compiled ones: the key is text and variables, the oldest unused entry goes first. */
export function createConditions(options: { readonly cacheSize?: number } = {}): Conditions {
  const cache = new LRUCache<string, Condition>({ max: options.cacheSize ?? 1_000 })
  return {
    check: (expression, path, variables, maxBytes) => read(expression, path, variables, maxBytes).faults,
    compile(expression, variables) {
      const key = `${variables.join(',')}\n${expression}`
      const known = cache.get(key)
      if (known !== undefined) return known
      const { faults, step } = read(expression, 'condition', variables, EXPRESSION_BYTES_LIMIT)
      if (faults.length > 0) throw claimFault('condition.invalid', { fields: faults })
      const condition = conditionOf(expression, variables, step)
      cache.set(key, condition)
      return condition
    },
  }
}

const nothing: Step = () => FAILED

/** What an expression may yield, by the checker's type: a fault's code and message, or null where it may. */
export type TypeRule = (type: string) => { readonly code: ConditionCode; readonly message: string } | null

const boolOnly: TypeRule = (type) => (type === 'bool' ? null : { code: 'condition.not_bool', message: notBool(type) })

const asWritten = (_ast: ASTNode): void => undefined

/**
 * Parses, builds and type-checks; never throws. The step is of use only where there is no fault. `beforeTypes` may
 * change the tree that the type checker sees, after the step was built.
 */
export function read(
  expression: string,
  path: string,
  variables: readonly string[],
  maxBytes: number,
  mayYield: TypeRule = boolOnly,
  beforeTypes: (ast: ASTNode) => void = asWritten,
): { readonly faults: FieldFault[]; readonly step: Step } {
  const faults: FieldFault[] = []
  const add = (code: ConditionCode, message: string) => void faults.push({ path, code, message })
  const bytes = Buffer.byteLength(expression)
  const allowed = Math.min(maxBytes, EXPRESSION_BYTES_LIMIT)
  if (bytes > allowed) add('condition.too_long', `the expression has ${bytes} bytes; ${allowed} are allowed`)
  if (bytes > EXPRESSION_BYTES_LIMIT) return { faults, step: nothing }
  if (expression.trim() === '') {
    add('condition.syntax', 'the expression is empty')
    return { faults, step: nothing }
  }
  try {
    const parsed = parseExpression(expression, variables)
    const builder = createBuilder(expression, path, variables, faults)
    const before = faults.length
    for (const { offset, message } of departures(expression)) {
      add('condition.syntax', `${place(expression, offset)}: ${message}`)
    }
    const step = build(builder, parsed.ast, { loops: [], depth: 0 })
    if (faults.length > before) return { faults, step }
    beforeTypes(parsed.ast)
    const { valid, type, error } = checkTypes(parsed, builder)
    if (!valid) add('condition.type', libraryMessage(expression, error))
    const wrong = valid ? mayYield(type ?? 'dyn') : null
    if (wrong !== null) add(wrong.code, wrong.message)
    return { faults, step }
  } catch (error) {
    if (error instanceof RangeError) add('condition.too_costly', 'the expression is nested too deeply')
    else add(codeOf(error), libraryMessage(expression, error))
    return { faults, step: nothing }
  }
}

function notBool(type: string): string {
  return type === 'dyn'
    ? 'the expression yields a claim of any type; compare it, as in `claims.admin == true`'
    : `the expression yields ${type}, not true or false`
}

function codeOf(error: unknown): ConditionCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'limit_exceeded' ? 'condition.too_costly' : 'condition.syntax'
}

/** The library's sentence without its drawing of the source, with the place in front. */
function libraryMessage(expression: string, error: unknown): string {
  if (!(error instanceof Error)) return 'the expression cannot be read'
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message
  const range = 'range' in error ? error.range : undefined
  const start = typeof range === 'object' && range !== null && 'start' in range ? range.start : undefined
  const sentence = summary.split('\n', 1)[0]?.slice(0, 300) ?? ''
  return typeof start === 'number' ? `${place(expression, start)}: ${sentence}` : sentence
}

function conditionOf(expression: string, variables: readonly string[], step: Step): Condition {
  return { expression, evaluate: (values) => evaluate(step, variables, values) }
}

/** One bounded evaluation. Anything but a plain true is no permission. */
export function evaluate(step: Step, variables: readonly string[], values: JsonObject): Verdict {
  const run = openRun(variables, values)
  const outcome = attempt(step, run)
  if (outcome === true) return TRUE
  if (outcome === false) return FALSE
  return { outcome: 'error', detail: outcome === FAILED ? run.detail : 'the result is neither true nor false' }
}

/** A run with a full budget. Values that are no objects are left out, and reading them fails. */
export function openRun(variables: readonly string[], values: JsonObject): Run {
  return { roots: variables.map((name) => rootOf(name, values)), slots: [], left: COST_LIMIT, detail: '' }
}

/** The step's outcome; a spent budget, or a break-down nobody foresaw, is a failure like any other. */
export function attempt(step: Step, run: Run): Outcome {
  try {
    return step(run)
  } catch (error) {
    const ours = [costExceeded, tooDeep].find((known) => known === error)
    return fail(run, ours?.message ?? 'the evaluation broke off')
  }
}

function rootOf(name: string, values: JsonObject): JsonMap | null {
  const members = Object.hasOwn(values, name) ? values[name] : undefined
  if (typeof members !== 'object' || members === null || isJsonList(members)) return null
  return { kind: 'json', members, audList: CLAIM_VARIABLES.has(name) }
}

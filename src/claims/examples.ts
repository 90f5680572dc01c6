/** Examples beside a condition and a mapping: claims in, verdict and mapped values out. A write whose examples fail is refused. */
import type { FieldFault } from '../fault.ts'
import type { Json, JsonObject } from '../json.ts'
import { ATTRIBUTE_CONDITION_VARIABLES, conditionVariables } from './attribute-condition.ts'
import { evaluate, read } from './condition.ts'
import { compileMapping } from './mapping.ts'
import type { Mapped, Mapping, MappingExpressions } from './mapping-port.ts'
import type { Step } from './run.ts'

export interface ExampleJudge {
  /** Null permits whatever can be mapped. */
  readonly condition: string | null
  /** Empty: claims are not mapped. */
  readonly mapping: MappingExpressions
  /** Of the condition; absent: those of conditions on people. */
  readonly variables?: readonly string[]
}

/** More than these belong into a test suite of their own. */
const EXAMPLES = 20
const EXAMPLE_BYTES = 8_192
const EXPRESSION_BYTES = 16_384
const MEMBERS = ['name', 'claims', 'expect', 'mapped']

/** Every example that is none, or that does not come out as it says. */
export function exampleFaults(examples: readonly JsonObject[], path: string, judge: ExampleJudge): FieldFault[] {
  if (examples.length > EXAMPLES) {
    return [{ path, code: 'example.invalid', message: `must have at most ${EXAMPLES} entries` }]
  }
  const compiled = compiledJudge(judge)
  return examples.flatMap((example, index) => {
    const place = `${path}[${index}]`
    const wrong = wrongShapes(example)
    if (wrong.length > 0)
      return wrong.map(({ at, message }) => ({ path: `${place}${at}`, code: 'example.invalid', message }))
    const message = wrongOutcome(example, compiled)
    return message === null ? [] : [{ path: place, code: 'example.failed', message }]
  })
}

/** What all the examples of one write are judged by, compiled once. */
interface Compiled {
  readonly mapping: Mapping | null
  readonly variables: readonly string[]
  /** Null permits; undefined is a condition that is not valid, which permits nobody. */
  readonly condition: Step | null | undefined
}

function compiledJudge({ condition, mapping, variables = ATTRIBUTE_CONDITION_VARIABLES }: ExampleJudge): Compiled {
  const reading = condition === null ? null : read(condition, 'condition', variables, EXPRESSION_BYTES)
  return {
    mapping: Object.keys(mapping).length > 0 ? compileMapping(mapping) : null,
    variables,
    condition: reading === null ? null : reading.faults.length === 0 ? reading.step : undefined,
  }
}

interface WrongShape {
  /** What comes behind the example's own place. */
  readonly at: string
  readonly message: string
}

function wrongShapes(example: JsonObject): WrongShape[] {
  if (bytesOf(example) > EXAMPLE_BYTES) return [{ at: '', message: `must have at most ${EXAMPLE_BYTES} bytes` }]
  const { name, claims, expect, mapped } = example
  const unknown = Object.keys(example).find((member) => !MEMBERS.includes(member))
  const wrong: WrongShape[] = []
  if (unknown !== undefined) {
    wrong.push({ at: `.${unknown.slice(0, 80)}`, message: `is not one of ${MEMBERS.join(', ')}` })
  }
  if (name !== undefined && typeof name !== 'string') wrong.push({ at: '.name', message: 'must be text' })
  if (!isObject(claims)) wrong.push({ at: '.claims', message: 'must be an object' })
  if (expect !== undefined && typeof expect !== 'boolean')
    wrong.push({ at: '.expect', message: 'must be true or false' })
  if (mapped !== undefined && !isObject(mapped)) wrong.push({ at: '.mapped', message: 'must be an object' })
  return wrong
}

/** As JSON in UTF-8; infinite for what is nested deeper than JSON can be written. */
function bytesOf(example: JsonObject): number {
  try {
    return Buffer.byteLength(JSON.stringify(example))
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** The values of an example are its writer's own, so they may be told what came out. */
function wrongOutcome({ claims, expect = true, mapped }: JsonObject, compiled: Compiled): string | null {
  // wrongShapes has looked at it
  const assertion = claims as JsonObject
  const out: Mapped = compiled.mapping?.apply(assertion) ?? { values: {} }
  if ('error' in out) {
    return expect === false ? null : `was to be let in, but ${out.error.key} has no value: ${out.error.detail}`
  }
  const verdict = verdictOf(assertion, out.values, compiled)
  if (verdict.permits !== expect) {
    const why = verdict.detail === '' ? '' : `: ${verdict.detail}`
    return `was to be ${expect === true ? 'let in' : 'refused'}, but is ${verdict.permits ? 'let in' : 'refused'}${why}`
  }
  if (!isObject(mapped)) return null
  for (const [key, wanted] of Object.entries(mapped)) {
    const value = Object.hasOwn(out.values, key) ? (out.values[key] ?? null) : null
    if (!isSame(value, wanted)) return `maps ${key.slice(0, 120)} to ${shown(value)}`
  }
  return null
}

/** Mapped values are texts and lists of texts; null is a key that is left out. */
function isSame(value: Json, wanted: Json): boolean {
  return JSON.stringify(value) === JSON.stringify(wanted)
}

function verdictOf(assertion: JsonObject, values: Readonly<Record<string, Json>>, compiled: Compiled) {
  const { condition, variables } = compiled
  if (condition === null) return { permits: true, detail: '' }
  if (condition === undefined) return { permits: false, detail: 'the condition is not valid' }
  const verdict = evaluate(condition, variables, conditionVariables(assertion, values))
  return { permits: verdict.outcome === 'true', detail: verdict.outcome === 'error' ? verdict.detail : '' }
}

function shown(value: Json): string {
  return value === null ? 'nothing' : JSON.stringify(value).slice(0, 200)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

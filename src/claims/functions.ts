/** The functions of conditions: CEL's standard ones for strings and conversions, and `url`. */
import { charge, FAILED, fail, type Outcome, type Run, type Step } from './run.ts'
import { parseUrl } from './url.ts'
import { isList, isMap, keysOf, typeName, type Value } from './values.ts'

type Apply = (args: readonly [Value, Value], run: Run) => Outcome

interface FunctionOf {
  /** Written `x.name(…)`, `name(x, …)`, or either. */
  readonly form: 'method' | 'function' | 'either'
  /** Arguments, the receiver included. */
  readonly arity: 1 | 2
  readonly apply: Apply
}

const INT_MIN = -(2n ** 63n)
const INT_MAX = 2n ** 63n - 1n

/** `matches` is not among them: its pattern is compiled with the condition. */
const FUNCTIONS: ReadonlyMap<string, FunctionOf> = new Map<string, FunctionOf>([
  ['contains', { form: 'method', arity: 2, apply: onStrings('contains', contains) }],
  ['startsWith', { form: 'method', arity: 2, apply: onStrings('startsWith', (a, b) => a.startsWith(b)) }],
  ['endsWith', { form: 'method', arity: 2, apply: onStrings('endsWith', (a, b) => a.endsWith(b)) }],
  ['size', { form: 'either', arity: 1, apply: size }],
  ['url', { form: 'function', arity: 1, apply: url }],
  ['string', { form: 'function', arity: 1, apply: conversion(toText) }],
  ['int', { form: 'function', arity: 1, apply: conversion(toInt) }],
  ['double', { form: 'function', arity: 1, apply: conversion(toDouble) }],
  ['dyn', { form: 'function', arity: 1, apply: ([value]) => value }],
  ['bool', { form: 'function', arity: 1, apply: conversion(toBool) }],
])

/** What a message can offer to someone who wrote an unknown name. */
export const FUNCTION_NAMES =
  'contains, startsWith, endsWith, matches, size, url, string, int, double, bool, dyn, has, all, exists, exists_one, map, filter'

/** The function by name, form and number of arguments (receiver included); undefined where there is none. */
export function functionOf(name: string, form: 'method' | 'function', arity: number): Apply | undefined {
  const found = FUNCTIONS.get(name)
  if (found === undefined || found.arity !== arity) return undefined
  return found.form === form || found.form === 'either' ? found.apply : undefined
}

/** The step that evaluates the arguments and applies the function. */
export function call(apply: Apply, first: Step, second: Step | undefined): Step {
  return (run) => {
    const a = first(run)
    if (a === FAILED) return a
    const b = second === undefined ? null : second(run)
    return b === FAILED ? b : apply([a, b], run)
  }
}

function onStrings(name: string, test: (a: string, b: string, run: Run) => boolean): Apply {
  return ([a, b], run) => {
    if (typeof a !== 'string' || typeof b !== 'string') {
      return fail(run, `\`${name}\` needs two strings, got ${typeName(a)} and ${typeName(b)}`)
    }
    charge(run, 1 + (b.length >> 4))
    return test(a, b, run)
  }
}

/** V8 searches long needles by their last 250 characters, so that a periodic text may cost length times length. */
function contains(text: string, part: string, run: Run): boolean {
  charge(run, part.length <= 250 ? text.length >> 2 : (text.length * part.length) / 4)
  return text.includes(part)
}

function size([value]: readonly [Value, Value], run: Run): Outcome {
  if (typeof value === 'string') {
    charge(run, value.length)
    let points = 0
    for (const _ of value) points++
    return BigInt(points)
  }
  if (isList(value)) return BigInt(value.length)
  return isMap(value) ? BigInt(keysOf(value, run).length) : wrong('size', value, run)
}

function url([value]: readonly [Value, Value], run: Run): Outcome {
  if (typeof value !== 'string') return wrong('url', value, run)
  charge(run, 10 + value.length)
  return parseUrl(value) ?? fail(run, '`url` was given something that is not a plain absolute URL')
}

/** Conversions read at most some twenty characters, but make new values. */
function conversion(convert: (value: Value, run: Run) => Outcome): Apply {
  return ([value], run) => {
    charge(run, 5)
    return convert(value, run)
  }
}

function toText(value: Value, run: Run): Outcome {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return `${value}`
  if (typeof value !== 'number') return wrong('string', value, run)
  return Number.isFinite(value) ? `${value}` : fail(run, '`string` was given a number that is not finite')
}

function toInt(value: Value, run: Run): Outcome {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return fromDouble(value, run)
  if (typeof value !== 'string') return wrong('int', value, run)
  return /^[+-]?\d{1,40}$/.test(value) ? inRange(BigInt(value.replace('+', '')), run) : notNumber(run)
}

/** A double beside the limits may be a rounded one from beyond them. Source: CEL language definition, int(double) */
function fromDouble(value: number, run: Run): Outcome {
  if (!Number.isFinite(value)) return notNumber(run)
  return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : fail(run, 'integer overflow')
}

function inRange(value: bigint, run: Run): Outcome {
  return value > INT_MAX || value < INT_MIN ? fail(run, 'integer overflow') : value
}

function toDouble(value: Value, run: Run): Outcome {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'string') return wrong('double', value, run)
  const number = value.length <= 40 && /^[+-]?[\d.]+(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : notNumber(run)
}

function toBool(value: Value, run: Run): Outcome {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return wrong('bool', value, run)
  if (/^(?:1|t|true|TRUE|True)$/.test(value)) return true
  if (/^(?:0|f|false|FALSE|False)$/.test(value)) return false
  return fail(run, '`bool` was given a string that is neither true nor false')
}

function notNumber(run: Run): Outcome {
  return fail(run, 'a conversion was given a string or number that has no such value')
}

function wrong(name: string, value: Value, run: Run): Outcome {
  return fail(run, `\`${name}\` does not go with ${typeName(value)}`)
}

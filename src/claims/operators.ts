/** The operators of CEL over two or three steps. Failures are values, so the first operand that failed is the answer. */
import { charge, FAILED, fail, type Outcome, type Run, type Step } from './run.ts'
import { equal, isList, isMap, member, typeName, type Value } from './values.ts'

const INT_MIN = -(2n ** 63n)
const INT_MAX = 2n ** 63n - 1n

/** Characters a concatenation may have: more than any claim is long, too few for doubling to matter. */
const STRING_LIMIT = 65_536

export type BinaryName = '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | 'in'
type Apply = (a: Value, b: Value, run: Run) => Outcome

/** The step that evaluates both operands and applies the operator. */
export function binary(name: BinaryName, left: Step, right: Step): Step {
  const apply = OPERATORS[name]
  return (run) => {
    const a = left(run)
    if (a === FAILED) return a
    const b = right(run)
    return b === FAILED ? b : apply(a, b, run)
  }
}

const OPERATORS: Readonly<Record<BinaryName, Apply>> = {
  '==': (a, b, run) => equal(a, b, run),
  '!=': (a, b, run) => {
    const same = equal(a, b, run)
    return same === FAILED ? same : !same
  },
  '<': ordered(
    '<',
    (a, b) => a < b,
    (order) => order < 0,
  ),
  '<=': ordered(
    '<=',
    (a, b) => a <= b,
    (order) => order <= 0,
  ),
  '>': ordered(
    '>',
    (a, b) => a > b,
    (order) => order > 0,
  ),
  '>=': ordered(
    '>=',
    (a, b) => a >= b,
    (order) => order >= 0,
  ),
  '+': add,
  '-': (a, b, run) => arithmetic('-', a, b, run),
  '*': (a, b, run) => arithmetic('*', a, b, run),
  '/': (a, b, run) => arithmetic('/', a, b, run),
  '%': (a, b, run) => arithmetic('%', a, b, run),
  in: contained,
}

type Comparable = bigint | number | boolean

/** Numbers compare with numbers, else only like with like; null, lists and maps have no order. */
function ordered(
  name: BinaryName,
  decide: (a: Comparable, b: Comparable) => boolean,
  inOrder: (order: number) => boolean,
): Apply {
  return (a, b, run) => {
    if (typeof a === 'string' && typeof b === 'string') {
      charge(run, Math.min(a.length, b.length) >> 3)
      return inOrder(orderOfTexts(a, b))
    }
    if (typeof a === 'boolean' && typeof b === 'boolean') return decide(a, b)
    if (typeof a === 'bigint' && typeof b === 'bigint') return decide(a, b)
    // An int beside a double is read as a double, rounded where it is beyond 2^53. Source: cel-spec conformance, comparisons
    return isNumber(a) && isNumber(b) ? decide(Number(a), Number(b)) : mismatch(name, a, b, run)
  }
}

/** By code points, as CEL orders strings. JavaScript orders UTF-16 units, where surrogates come before U+E000 to U+FFFF. */
function orderOfTexts(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let index = 0; index < shared; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return codePointRank(left) - codePointRank(right)
  }
  return a.length - b.length
}

/** Puts surrogates, which stand for U+10000 and above, behind every other unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number'
}

function mismatch(name: string, a: Value, b: Value, run: Run): typeof FAILED {
  return fail(run, `\`${name}\` does not go with ${typeName(a)} and ${typeName(b)}`)
}

function add(a: Value, b: Value, run: Run): Outcome {
  if (typeof a === 'string' && typeof b === 'string') {
    const length = a.length + b.length
    if (length > STRING_LIMIT) return fail(run, `a string grew beyond ${STRING_LIMIT} characters`)
    charge(run, 1 + (length >> 3))
    return a + b
  }
  if (isList(a) && isList(b)) {
    charge(run, a.length + b.length)
    return [...a, ...b]
  }
  return arithmetic('+', a, b, run)
}

function arithmetic(name: '+' | '-' | '*' | '/' | '%', a: Value, b: Value, run: Run): Outcome {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if (b === 0n && (name === '/' || name === '%')) return fail(run, 'division by zero')
    const result = onInts(name, a, b)
    return result > INT_MAX || result < INT_MIN ? fail(run, 'integer overflow') : result
  }
  if (typeof a !== 'number' || typeof b !== 'number' || name === '%') return mismatch(name, a, b, run)
  return name === '+' ? a + b : name === '-' ? a - b : name === '*' ? a * b : a / b
}

function onInts(name: '+' | '-' | '*' | '/' | '%', a: bigint, b: bigint): bigint {
  switch (name) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
  }
}

function contained(a: Value, b: Value, run: Run): Outcome {
  // Lists, maps and null are never keys, so that asking for one is a mistake, not a no.
  if (isMap(b)) return typeof a === 'object' ? mismatch('in', a, b, run) : member(b, a, run) !== undefined
  if (!isList(b)) return mismatch('in', a, b, run)
  charge(run, b.length)
  for (const element of b) {
    const same = equal(a, element, run)
    if (same !== false) return same
  }
  return false
}

/** `-x`. */
export function negative(operand: Step): Step {
  return (run) => {
    const value = operand(run)
    if (value === FAILED) return value
    if (typeof value === 'number') return -value
    if (typeof value !== 'bigint') return fail(run, `\`-\` does not go with ${typeName(value)}`)
    return value === INT_MIN ? fail(run, 'integer overflow') : -value
  }
}

/** `!x`. */
export function not(operand: Step): Step {
  return (run) => {
    const value = operand(run)
    if (value === FAILED || typeof value === 'boolean') return value === FAILED ? value : !value
    return fail(run, `\`!\` does not go with ${typeName(value)}`)
  }
}

/**
 * `&&` (decisive false) and `||` (decisive true): an operand that decides does so even if the other failed.
 * Source: CEL language definition, Logical Operators
 */
export function logical(left: Step, right: Step, decisive: boolean): Step {
  const name = decisive ? '||' : '&&'
  return (run) => {
    const a = boolOf(left(run), name, run)
    if (a === decisive) return a
    const detail = run.detail
    const b = boolOf(right(run), name, run)
    if (b === decisive || a !== FAILED) return b
    return fail(run, detail)
  }
}

/** `condition ? yes : no`. */
export function ternary(condition: Step, yes: Step, no: Step): Step {
  return (run) => {
    const decided = boolOf(condition(run), '?', run)
    return decided === FAILED ? decided : decided ? yes(run) : no(run)
  }
}

/** The outcome if it is a bool, else a failure that names where a bool was needed. */
export function boolOf(outcome: Outcome, name: string, run: Run): boolean | typeof FAILED {
  if (outcome === FAILED || typeof outcome === 'boolean') return outcome
  return fail(run, `\`${name}\` needs true or false, got ${typeName(outcome)}`)
}

/** Calls: the macros, `matches` with its compiled pattern, and the functions of the catalogue. */
import { type Builder, refuse } from './builder.ts'
import type { ASTNode } from './environment.ts'
import { call, FUNCTION_NAMES, functionOf } from './functions.ts'
import { collect, existsOne, type Loop, quantifier } from './macros.ts'
import { compilePattern } from './pattern.ts'
import { patternWeight } from './pattern-weight.ts'
import { build, type Scope } from './program.ts'
import { FAILED, fail, type Step } from './run.ts'
import { isMap, member, typeName } from './values.ts'

export interface Call {
  readonly name: string
  readonly receiver: ASTNode | undefined
  readonly args: readonly ASTNode[]
}

/** Loops inside each other: three of them over a group list of some thousands never end in time. */
const LOOP_DEPTH = 2

/** Of all regular expressions of an expression: what compiles in some 25 ms where it is slowest. */
const PATTERN_WEIGHT = 3_000

/** Weighing is quadratic at its worst. Units: characters. */
const PATTERN_LENGTH = 1_024

/** Macros that loop over a list or the keys of a map. */
export const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

export function buildCall(builder: Builder, node: ASTNode, called: Call, scope: Scope): Step {
  const { name, receiver, args } = called
  if (receiver !== undefined && LOOPS.has(name)) return buildLoop(builder, node, name, receiver, args, scope)
  if (receiver === undefined && name === 'has' && args.length === 1) return buildHas(builder, node, args[0], scope)
  const [first, second, ...more] = receiver === undefined ? args : [receiver, ...args]
  const steps = [first, second, ...more].flatMap((each) => (each === undefined ? [] : [build(builder, each, scope)]))
  const [firstStep, secondStep] = steps
  if (name === 'matches' && firstStep !== undefined && second !== undefined && steps.length === 2) {
    return buildMatches(builder, second, firstStep)
  }
  const apply = functionOf(name, receiver === undefined ? 'function' : 'method', steps.length)
  if (apply !== undefined && firstStep !== undefined) return call(apply, firstStep, secondStep)
  return refuse(
    builder,
    node,
    'condition.unknown_name',
    `there is no ${receiver === undefined ? 'function' : 'method'} \`${name}\` with ${args.length} arguments; there are ${FUNCTION_NAMES}`,
  )
}

/** Patterns are literals, so that their size is known before they are stored. */
function buildMatches(builder: Builder, pattern: ASTNode, text: Step): Step {
  if (pattern.op !== 'value' || typeof pattern.args !== 'string') {
    return refuse(builder, pattern, 'condition.pattern', 'the regular expression must be written as a string literal')
  }
  if (pattern.args.length <= PATTERN_LENGTH) builder.patternWeight += patternWeight(pattern.args)
  if (pattern.args.length > PATTERN_LENGTH || builder.patternWeight > PATTERN_WEIGHT) {
    const message = 'the regular expressions are too large, mind counted repetitions and Unicode classes under (?i)'
    return refuse(builder, pattern, 'condition.pattern', message)
  }
  const matches = compilePattern(pattern.args)
  if (typeof matches === 'string') return refuse(builder, pattern, 'condition.pattern', matches)
  return (run) => {
    const value = text(run)
    if (value === FAILED) return value
    return typeof value === 'string'
      ? matches(value, run)
      : fail(run, `\`matches\` does not go with ${typeName(value)}`)
  }
}

/** `has(claims.x)`: whether the member is there; a failure where the map itself is not. */
function buildHas(builder: Builder, node: ASTNode, argument: ASTNode | undefined, scope: Scope): Step {
  if (argument?.op !== '.') {
    return refuse(builder, node, 'condition.type', 'has() takes a member, as in `has(claims.sub)`')
  }
  builder.questions.push(argument)
  const [operand, key] = argument.args
  const step = build(builder, operand, scope)
  return (run) => {
    const from = step(run)
    if (from === FAILED) return from
    return isMap(from) ? member(from, key, run) !== undefined : fail(run, `has() does not go with ${typeName(from)}`)
  }
}

function buildLoop(
  builder: Builder,
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
): Step {
  const range = build(builder, receiver, scope)
  const [variable, first, second] = args
  if (variable?.op !== 'id' || first === undefined || args.length > (name === 'map' ? 3 : 2)) {
    return refuse(builder, node, 'condition.syntax', `\`${name}\` takes a variable and what to do with it`)
  }
  if (scope.loops.length >= LOOP_DEPTH) {
    const message = `at most ${LOOP_DEPTH} of all, exists, exists_one, map and filter may be inside each other`
    return refuse(builder, node, 'condition.too_costly', message)
  }
  const inner = { loops: [...scope.loops, variable.args], depth: scope.depth }
  const before = builder.nodes
  const steps = [first, second].flatMap((each) => (each === undefined ? [] : [build(builder, each, inner)]))
  const loop = { range, slot: scope.loops.length, weight: 2 + builder.nodes - before }
  return loopOf(name, loop, steps)
}

function loopOf(name: string, loop: Loop, [first, second]: readonly Step[]): Step {
  const body = first ?? ((run) => fail(run, 'a loop has no body'))
  switch (name) {
    case 'all':
      return quantifier(loop, body, false)
    case 'exists':
      return quantifier(loop, body, true)
    case 'exists_one':
      return existsOne(loop, body)
    case 'filter':
      return collect(loop, body, undefined)
    default:
      return second === undefined ? collect(loop, undefined, body) : collect(loop, body, second)
  }
}

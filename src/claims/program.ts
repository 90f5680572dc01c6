/** From syntax tree to closures. Everything an expression may contain is listed here; the rest is a fault at write. */
import { type Builder, refuse, textOf } from './builder.ts'
import { buildCall } from './calls.ts'
import type { ASTNode } from './environment.ts'
import { binary, logical, negative, not, ternary } from './operators.ts'
import { FAILED, fail, type Run, type Step } from './run.ts'
import { isList, isMap, isUrl, type MapKey, mapKey, member, typeName, type Value } from './values.ts'

/** Levels of the tree, chains of operators included: well under what the call stack holds. */
const TREE_DEPTH = 250

const INT_LIMIT = 2n ** 63n

/** The names of the loop variables we are in, by slot, and how deep the node lies. */
export interface Scope {
  readonly loops: readonly string[]
  readonly depth: number
}

/** The step of a node; what may not be stored becomes faults.  */
export function build(builder: Builder, node: ASTNode, outer: Scope): Step {
  builder.nodes++
  const scope = { loops: outer.loops, depth: outer.depth + 1 }
  if (scope.depth > TREE_DEPTH) {
    return refuse(builder, node, 'condition.too_costly', 'the expression is nested too deeply')
  }
  const sub = (part: ASTNode): Step => build(builder, part, scope)
  switch (node.op) {
    case 'value':
      return literal(builder, node, node.args)
    case 'id':
      return variable(builder, node, node.args, scope)
    case '.':
      return access(builder, node, sub(node.args[0]), node.args[1])
    case '[]':
      return access(builder, node, sub(node.args[0]), sub(node.args[1]))
    case 'call':
      return buildCall(builder, node, { name: node.args[0], receiver: undefined, args: node.args[1] }, scope)
    case 'rcall':
      return buildCall(builder, node, { name: node.args[0], receiver: node.args[1], args: node.args[2] }, scope)
    case 'list':
      return list(
        node.args.map(sub),
        node.args.every((element) => element.op === 'value'),
      )
    case 'map':
      return map(node.args.map(([key, value]) => [sub(key), sub(value)]))
    case '?:':
      return ternary(sub(node.args[0]), sub(node.args[1]), sub(node.args[2]))
    case '&&':
    case '||':
      return logical(sub(node.args[0]), sub(node.args[1]), node.op === '||')
    case '!_':
      return not(sub(node.args))
    case '-_':
      return isSmallestInt(builder.expression, node, node.args) ? () => -INT_LIMIT : negative(sub(node.args))
    case '.?':
    case '[?]':
      return refuse(builder, node, 'condition.syntax', 'optional access is not part of conditions; use has()')
    case '/':
      return division(builder, node.args[1], sub(node.args[0]), sub(node.args[1]))
    default:
      return binary(node.op, sub(node.args[0]), sub(node.args[1]))
  }
}

/** Of doubles CEL divides by zero, and what comes out is greater than everything: nobody means that by a condition. */
function division(builder: Builder, divisor: ASTNode, left: Step, right: Step): Step {
  if (divisor.op !== 'value' || divisor.args !== 0) return binary('/', left, right)
  return refuse(builder, divisor, 'condition.type', 'nothing can be divided by 0.0')
}

function literal(builder: Builder, node: ASTNode, value: unknown): Step {
  if (typeof value === 'bigint' && value >= INT_LIMIT) {
    return refuse(builder, node, 'condition.syntax', 'the number does not fit into 64 bits')
  }
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return () => value
  }
  if (value === null) return () => null
  return refuse(builder, node, 'condition.type', 'bytes and unsigned numbers are not part of conditions')
}

/** `-9223372036854775808` is one literal, though its number alone does not fit. Source: CEL language definition, Values */
function isSmallestInt(expression: string, minus: ASTNode, operand: ASTNode): boolean {
  if (operand.op !== 'value' || operand.args !== INT_LIMIT) return false
  return expression.slice(minus.pos + 1, operand.start).trim() === ''
}

function variable(builder: Builder, node: ASTNode, name: string, scope: Scope): Step {
  const slot = scope.loops.lastIndexOf(name)
  if (slot >= 0) return (run) => run.slots[slot] ?? null
  const index = builder.variables.indexOf(name)
  if (index < 0) {
    const known = builder.variables.map((each) => `\`${each}\``).join(', ')
    return refuse(builder, node, 'condition.unknown_name', `there is no variable \`${name}\`, only ${known}`)
  }
  builder.references.push(node)
  return (run) => run.roots[index] ?? fail(run, `\`${name}\` was not given`)
}

function access(builder: Builder, node: ASTNode, operand: Step, key: Step | string): Step {
  const missing = `\`${textOf(builder.expression, node)}\` is missing`
  return (run) => {
    const from = operand(run)
    if (from === FAILED) return from
    const at = typeof key === 'string' ? key : key(run)
    if (at === FAILED) return at
    const found = memberOf(from, at, run)
    return found === undefined ? fail(run, missing) : found
  }
}

/** Of a map the own member, of a list the element, of a URL the part; of anything else nothing. */
function memberOf(from: Value, at: Value, run: Run): Value | undefined {
  if (isMap(from)) return member(from, at, run)
  if (isList(from)) return typeof at === 'bigint' || typeof at === 'number' ? from[Number(at)] : undefined
  return isUrl(from) && (at === 'path' || at === 'host' || at === 'scheme') ? from[at] : undefined
}

function list(steps: readonly Step[], fixed: boolean): Step {
  const evaluate: Step = (run) => {
    const values: Value[] = []
    for (const step of steps) {
      const value = step(run)
      if (value === FAILED) return value
      values.push(value)
    }
    return values
  }
  if (!fixed) return evaluate
  // literals need no run; the list is made once and never changed
  const made = evaluate({ roots: [], slots: [], left: 0, detail: '' })
  return () => made
}

function map(entries: readonly (readonly [Step, Step])[]): Step {
  return (run) => {
    const written = new Map<MapKey, Value>()
    for (const [keyStep, valueStep] of entries) {
      const keyValue = keyStep(run)
      if (keyValue === FAILED) return keyValue
      const key = typeof keyValue === 'number' ? undefined : mapKey(keyValue)
      if (key === undefined) return fail(run, `${typeName(keyValue)} cannot be the key of a map`)
      if (written.has(key)) return fail(run, 'a map has the same key twice')
      const value = valueStep(run)
      if (value === FAILED) return value
      written.set(key, value)
    }
    return written
  }
}

/** Which part of a condition said no: for people who read a decision. */
import type { Json, JsonObject } from '../json.ts'
import { createBuilder, textOf } from './builder.ts'
import { LOOPS } from './calls.ts'
import { attempt, EXPRESSION_BYTES_LIMIT, openRun, read } from './condition.ts'
import { type ASTNode, parseExpression } from './environment.ts'
import { build } from './program.ts'
import { FAILED } from './run.ts'
import { isList, isMap, type Value } from './values.ts'

export interface Explained {
  /** A part of the expression, as it was written. */
  readonly text: string
  /** What it came to: `true`, `false`, the claim as JSON, or why it failed. */
  readonly value: string
}

/** Parts that are shown: nobody reads more of them. */
const PART_LIMIT = 40
const VALUE_LENGTH = 200

/**
 * The parts that `&&`, `||` and `!` join, each with what it came to and followed by the claims it reads.
 * Shows values of claims: only for those who may see the token. Empty where the expression is not valid.
 */
export function explainCondition(expression: string, variables: JsonObject): Explained[] {
  const names = Object.keys(variables)
  if (read(expression, 'condition', names, EXPRESSION_BYTES_LIMIT).faults.length > 0) return []
  const parts = new Map<string, ASTNode>()
  for (const part of joined(parseExpression(expression, names).ast)) {
    for (const node of [part, ...claimsIn(part)]) parts.set(textOf(expression, node), node)
  }
  const run = openRun(names, variables)
  const builder = createBuilder(expression, 'condition', names)
  return [...parts].slice(0, PART_LIMIT).map(([text, node]) => {
    const outcome = attempt(build(builder, node, { loops: [], depth: 0 }), run)
    return { text, value: outcome === FAILED ? run.detail : shown(outcome) }
  })
}

function joined(node: ASTNode): ASTNode[] {
  if (node.op === '&&' || node.op === '||') return node.args.flatMap(joined)
  return node.op === '!_' ? joined(node.args) : [node]
}

/** Members of variables, the longest paths, outside the bodies of loops. */
function claimsIn(node: ASTNode): ASTNode[] {
  switch (node.op) {
    case '.':
      return reachesVariable(node) ? [node] : claimsIn(node.args[0])
    case '[]':
      return reachesVariable(node) ? [node] : node.args.flatMap(claimsIn)
    case 'call':
      return node.args[0] === 'has' ? [] : node.args[1].flatMap(claimsIn)
    case 'rcall':
      return [node.args[1], ...(LOOPS.has(node.args[0]) ? [] : node.args[2])].flatMap(claimsIn)
    case 'list':
      return node.args.flatMap(claimsIn)
    case 'map':
      return node.args.flat().flatMap(claimsIn)
    case '?:':
    case '&&':
    case '||':
      return [...node.args].flatMap(claimsIn)
    case '!_':
    case '-_':
      return claimsIn(node.args)
    case 'value':
    case 'id':
    case '.?':
    case '[?]':
      return []
    default:
      return node.args.flatMap(claimsIn)
  }
}

function reachesVariable(node: ASTNode): boolean {
  if (node.op === '.' || node.op === '[]') return reachesVariable(node.args[0])
  return node.op === 'id'
}

function shown(value: Value): string {
  if (typeof value === 'bigint') return `${value}`
  const text = isMap(value) && 'members' in value ? JSON.stringify(value.members) : JSON.stringify(toJson(value))
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text
}

function toJson(value: Value): Json {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.slice(0, PART_LIMIT).map(toJson)
  return isMap(value) ? '{…}' : { scheme: value.scheme, host: value.host, path: value.path }
}

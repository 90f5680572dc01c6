/** Which part of a condition said no, and how near it came: for people who read a decision. */
import { LRUCache } from 'lru-cache'
import type { Json, JsonObject } from '../json.ts'
import { createBuilder, textOf } from './builder.ts'
import { LOOPS } from './calls.ts'
import { attempt, EXPRESSION_BYTES_LIMIT, openRun, read } from './condition.ts'
import { type ASTNode, parseExpression } from './environment.ts'
import { build } from './program.ts'
import { FAILED, type Outcome, type Run, type Step } from './run.ts'
import { isList, isMap, type Value } from './values.ts'
import { isSecretName, WITHHELD, withoutSecrets } from './withheld.ts'

export interface ExplainedClaim {
  /** As the condition names it: `claims.ref`. */
  readonly text: string
  /** As JSON, or why it failed; never a token or a secret. */
  readonly value: string
}

export interface ExplainedPart {
  /** A part of the expression, as it was written. */
  readonly text: string
  /** What it came to: `true`, `false`, or why it failed. */
  readonly value: string
  /** The claims it reads. */
  readonly reads: readonly ExplainedClaim[]
  /** The first part that would have to come out otherwise. */
  readonly differs?: true
}

export interface Explained {
  readonly verdict: 'true' | 'false' | 'error'
  /** What `&&` and `||` join, in the order it was written. */
  readonly parts: readonly ExplainedPart[]
  /** How many parts would have to come out otherwise; 0 where the condition is true. */
  readonly distance: number
}

/** Parts that are shown: nobody reads more of them. */
const PART_LIMIT = 20
const CLAIM_LIMIT = 5
const VALUE_LENGTH = 200

interface Part {
  readonly text: string
  readonly step: Step
  readonly reads: readonly { readonly text: string; readonly isSecret: boolean; readonly step: Step }[]
  /** It reads something that is not shown. */
  readonly isSecret: boolean
}
type Question = Part | { readonly join: 'all' | 'any'; readonly of: readonly Question[] }

/** No condition permits, and has no parts. */
const NOTHING: Explained = { verdict: 'true', parts: [], distance: 0 }

const questions = new LRUCache<string, { readonly question: Question | null }>({ max: 500 })

/**
 * Each condition on the same values, within one budget for all: a refusal with many conditions costs no more than one.
 * Shows values of claims, for operators only. An expression that is not valid is one part that says so.
 */
export function explainConditions(expressions: readonly (string | null)[], variables: JsonObject): Explained[] {
  const names = Object.keys(variables)
  const run = openRun(names, variables)
  return expressions.map((expression) => {
    if (expression === null) return NOTHING
    const question = questionOf(expression, names)
    if (question === null) {
      const part = { text: expression.slice(0, VALUE_LENGTH), value: 'the expression is not valid', reads: [] }
      return { verdict: 'error', parts: [{ ...part, differs: true }], distance: 1 }
    }
    return explained(question, run)
  })
}

/** One condition, likewise. */
export function explainCondition(expression: string, variables: JsonObject): Explained {
  return explainConditions([expression], variables)[0] ?? NOTHING
}

function questionOf(expression: string, names: readonly string[]): Question | null {
  const key = `${names.join(',')}\n${expression}`
  const known = questions.get(key)
  if (known !== undefined) return known.question
  const isValid = read(expression, 'condition', names, EXPRESSION_BYTES_LIMIT).faults.length === 0
  const question = isValid ? asked(expression, names, parseExpression(expression, names).ast) : null
  questions.set(key, { question })
  return question
}

/** The tree of `&&` and `||`; whatever else stands there is a part. */
function asked(expression: string, names: readonly string[], node: ASTNode): Question {
  if (node.op === '&&' || node.op === '||') {
    return {
      join: node.op === '&&' ? 'all' : 'any',
      of: joined(node, node.op).map((one) => asked(expression, names, one)),
    }
  }
  const builder = createBuilder(expression, 'condition', names)
  const stepOf = (one: ASTNode) => build(builder, one, { loops: [], depth: 0 })
  const nodes = new Map(claimsIn(node).map((one) => [textOf(expression, one), one]))
  const reads = [...nodes].map(([text, one]) => ({
    text,
    isSecret: namesOf(one).some(isSecretName),
    step: stepOf(one),
  }))
  return {
    text: textOf(expression, node),
    step: stepOf(node),
    reads: reads.slice(0, CLAIM_LIMIT),
    isSecret: reads.some((one) => one.isSecret),
  }
}

/** `a && b && c` is three of one kind, however it nests. */
function joined(node: ASTNode, op: '&&' | '||'): ASTNode[] {
  return node.op === op ? node.args.flatMap((one) => joined(one, op)) : [node]
}

interface Judged {
  readonly verdict: Explained['verdict']
  readonly distance: number
  readonly first: Part | null
  readonly parts: readonly (readonly [Part, ExplainedPart])[]
}

function explained(question: Question, run: Run): Explained {
  const { verdict, distance, first, parts } = judged(question, run)
  const shown = parts.map(([part, one]): ExplainedPart => (part === first ? { ...one, differs: true } : one))
  // The one that differs is what people look for, however far down it stands.
  const told = shown.slice(0, PART_LIMIT)
  const differing = shown.slice(PART_LIMIT).filter((part) => part.differs)
  return { verdict, distance, parts: [...told.slice(0, PART_LIMIT - differing.length), ...differing] }
}

function judged(question: Question, run: Run): Judged {
  if (!('join' in question)) return judgedPart(question, run)
  const of = question.of.map((one) => judged(one, run))
  const parts = of.flatMap((one) => one.parts)
  if (question.join === 'all') {
    const verdict = of.some((one) => one.verdict === 'false') ? 'false' : of.find(isNotTrue)?.verdict
    const distance = of.reduce((sum, one) => sum + one.distance, 0)
    return { verdict: verdict ?? 'true', distance, first: of.find(isNotTrue)?.first ?? null, parts }
  }
  const nearest = of.reduce((best, one) => (one.distance < best.distance ? one : best))
  const verdict = nearest.distance === 0 ? 'true' : of.some((one) => one.verdict === 'error') ? 'error' : 'false'
  return { verdict, distance: nearest.distance, first: nearest.first, parts }
}

function isNotTrue({ verdict }: Judged): boolean {
  return verdict !== 'true'
}

function judgedPart(part: Part, run: Run): Judged {
  const outcome = attempt(part.step, run)
  // A claim by itself may stand where true or false should.
  const value =
    part.isSecret && typeof outcome !== 'boolean' && outcome !== FAILED ? WITHHELD : outcomeText(outcome, run)
  const reads = part.reads.map(({ text, isSecret, step }) => ({
    text,
    value: isSecret ? WITHHELD : outcomeText(attempt(step, run), run),
  }))
  const verdict = outcome === true ? 'true' : outcome === false ? 'false' : 'error'
  const distance = verdict === 'true' ? 0 : 1
  return { verdict, distance, first: distance === 0 ? null : part, parts: [[part, { text: part.text, value, reads }]] }
}

function outcomeText(outcome: Outcome, run: Run): string {
  return outcome === FAILED ? run.detail : shown(outcome)
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

/** The members of a path by name, as far as the names stand there. */
function namesOf(node: ASTNode): string[] {
  if (node.op === '.') return [...namesOf(node.args[0]), node.args[1]]
  if (node.op !== '[]') return []
  const [owner, key] = node.args
  return [...namesOf(owner), ...(key.op === 'value' && typeof key.args === 'string' ? [key.args] : [])]
}

function shown(value: Value): string {
  if (typeof value === 'bigint') return `${value}`
  const json = isMap(value) && 'members' in value ? value.members : toJson(value)
  const text = JSON.stringify(withoutSecrets(json))
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text
}

function toJson(value: Value): Json {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.slice(0, PART_LIMIT).map(toJson)
  if (isMap(value)) return 'members' in value ? value.members : '{…}'
  return { scheme: value.scheme, host: value.host, path: value.path }
}

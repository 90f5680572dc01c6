/** A condition as a formula over predicates that automata can follow; what they cannot is unknown, and asked of the evaluator. */
import type { JsonObject } from '../../json.ts'
import { createBuilder } from '../builder.ts'
import { attempt, openRun } from '../condition.ts'
import type { ASTNode } from '../environment.ts'
import { build } from '../program.ts'
import { COST_LIMIT, FAILED } from '../run.ts'
import { BEGIN, choice, END, literal, type PatternTree, parsePattern, sequence, whole } from './pattern-tree.ts'
import { pathOf, sameBeginning, type Text, textOf } from './texts-of.ts'
import type { TokenForm } from './token-form.ts'
import type { Work } from './work.ts'

/** What a part of a condition comes to; an error permits nothing and is not turned by `!`. */
export type Truth = 'true' | 'false' | 'error' | 'unknown'

export type Formula =
  | { readonly op: 'truth'; readonly truth: Truth }
  | { readonly op: 'predicate'; readonly index: number }
  | { readonly op: 'not'; readonly of: Formula }
  | { readonly op: 'and' | 'or'; readonly left: Formula; readonly right: Formula }
  | { readonly op: 'if'; readonly condition: Formula; readonly yes: Formula; readonly no: Formula }

/** The tree is found in the text. */
export interface Predicate {
  readonly text: Text
  readonly tree: PatternTree
}

export interface Reading {
  readonly formula: Formula
  readonly predicates: readonly Predicate[]
  /** True where a part of the condition is unknown. */
  readonly isGuess: boolean
}

/** Reads the condition as it judges tokens of the form. Faults: Exhausted */
export function readFormula(ast: ASTNode, expression: string, form: TokenForm, work: Work): Reading {
  const reader = new FormulaReader(expression, form, work)
  const formula = reader.formula(ast)
  return { formula, predicates: reader.predicates, isGuess: hasUnknown(formula) }
}

function hasUnknown(formula: Formula): boolean {
  switch (formula.op) {
    case 'truth':
      return formula.truth === 'unknown'
    case 'predicate':
      return false
    case 'not':
      return hasUnknown(formula.of)
    case 'if':
      return [formula.condition, formula.yes, formula.no].some(hasUnknown)
    case 'and':
    case 'or':
      return hasUnknown(formula.left) || hasUnknown(formula.right)
  }
}

/** What the formula comes to, given its predicates. Source: CEL language definition, Logical Operators. */
export function truthOf(formula: Formula, predicates: (index: number) => Truth): Truth {
  switch (formula.op) {
    case 'truth':
      return formula.truth
    case 'predicate':
      return predicates(formula.index)
    case 'not':
      return negated(truthOf(formula.of, predicates))
    case 'if': {
      const condition = truthOf(formula.condition, predicates)
      if (condition === 'error') return 'error'
      const [yes, no] = [truthOf(formula.yes, predicates), truthOf(formula.no, predicates)]
      if (condition === 'unknown') return yes === no ? yes : 'unknown'
      return condition === 'true' ? yes : no
    }
    case 'and':
    case 'or': {
      const decisive = formula.op === 'and' ? 'false' : 'true'
      const left = truthOf(formula.left, predicates)
      if (left === decisive) return left
      const right = truthOf(formula.right, predicates)
      if (right === decisive) return right
      if (left === 'unknown' || right === 'unknown') return 'unknown'
      return left === 'error' || right === 'error' ? 'error' : right
    }
  }
}

function negated(truth: Truth): Truth {
  return truth === 'true' ? 'false' : truth === 'false' ? 'true' : truth
}

const UNKNOWN: Formula = { op: 'truth', truth: 'unknown' }
const FALSE: Formula = { op: 'truth', truth: 'false' }
const TRUE: Formula = { op: 'truth', truth: 'true' }
/** Turns of a loop that are read one by one. */
const TURNS = 20
const not = (of: Formula): Formula => ({ op: 'not', of })

class FormulaReader {
  readonly predicates: Predicate[] = []
  readonly #expression: string
  readonly #form: TokenForm
  readonly #sample: JsonObject
  readonly #work: Work
  /** Loop variables around the node that is read. */
  #bound: ReadonlyMap<string, string> = new Map()

  constructor(expression: string, form: TokenForm, work: Work) {
    this.#expression = expression
    this.#work = work
    this.#form = form
    this.#sample = form.tokenOf(new Map())
  }

  formula(node: ASTNode): Formula {
    if (isFixed(node, this.#form)) return { op: 'truth', truth: this.#judged(node) }
    switch (node.op) {
      case '&&':
      case '||': {
        const [left, right] = node.args
        return { op: node.op === '&&' ? 'and' : 'or', left: this.formula(left), right: this.formula(right) }
      }
      case '!_':
        return not(this.formula(node.args))
      case '?:': {
        const [condition, yes, no] = node.args
        return { op: 'if', condition: this.formula(condition), yes: this.formula(yes), no: this.formula(no) }
      }
      case '==':
        return this.#equality(node.args[0], node.args[1])
      case '!=':
        return not(this.#equality(node.args[0], node.args[1]))
      case 'in':
        return this.#membership(node.args[0], node.args[1])
      case 'call':
        return node.args[0] === 'matches' ? this.#call('matches', node.args[1][0], node.args[1][1]) : UNKNOWN
      case 'rcall': {
        const [name, receiver, args] = node.args
        const [variable, body] = args
        if ((name === 'exists' || name === 'all') && variable?.op === 'id' && body !== undefined)
          return this.#loop(name === 'exists' ? 'or' : 'and', receiver, variable.args, body)
        return this.#call(name, receiver, args[0])
      }
      default:
        return UNKNOWN
    }
  }

  /** What does not depend on the parts of a token is asked of the evaluator itself. */
  #judged(node: ASTNode): Truth {
    const builder = createBuilder(this.#expression, 'condition', ['claims'])
    const run = { ...openRun(['claims'], { claims: this.#sample }), slots: [...this.#bound.values()] }
    const outcome = attempt(build(builder, node, { loops: [...this.#bound.keys()], depth: 0 }), run)
    this.#work.evaluated(COST_LIMIT - run.left)
    if (outcome === FAILED) return 'error'
    return typeof outcome === 'boolean' ? `${outcome}` : 'error'
  }

  #equality(a: ASTNode, b: ASTNode): Formula {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (other.op === 'value' && typeof other.args === 'boolean' && isTruth(one)) {
        return other.args ? this.formula(one) : not(this.formula(one))
      }
    }
    const [left, right] = [this.#textOf(a), this.#textOf(b)]
    if (left === null || right === null) {
      const text = left ?? right
      const other = left === null ? a : b
      // A text is equal to no number and no truth.
      return text !== null && other.op === 'value' && typeof other.args !== 'string' ? FALSE : UNKNOWN
    }
    const [rest, otherRest] = sameBeginning(left, right)
    const [text, fixed] = isLiteral(otherRest) ? [rest, otherRest] : [otherRest, rest]
    return isLiteral(fixed) ? this.#predicate(text, whole(literal(fixed.join('')))) : UNKNOWN
  }

  #membership(element: ASTNode, list: ASTNode): Formula {
    const text = this.#textOf(element)
    const elements = list.op === 'list' ? list.args : list.op === 'map' ? list.args.map(([key]) => key) : null
    if (text === null || elements === null) return UNKNOWN
    const texts = elements.map((one) => (one.op === 'value' ? one.args : this.#literalOf(one)))
    // An element that is no literal may be anything.
    if (texts.includes(undefined)) return UNKNOWN
    const strings = texts.filter((one) => typeof one === 'string')
    return this.#predicate(text, whole(choice(...strings.map(literal))))
  }

  /** `["a", "b"].exists(one, …)`: its body for each of the texts. */
  #loop(op: 'and' | 'or', list: ASTNode, variable: string, body: ASTNode): Formula {
    const texts = list.op === 'list' ? list.args.map((one) => this.#literalOf(one)) : [undefined]
    if (texts.length > TURNS || texts.includes(undefined)) return UNKNOWN
    const outer = this.#bound
    const formulas = texts.map((text = ''): Formula => {
      this.#bound = new Map([...outer, [variable, text]])
      return this.formula(body)
    })
    this.#bound = outer
    return formulas.reduce((left, right): Formula => ({ op, left, right }), op === 'and' ? TRUE : FALSE)
  }

  #textOf(node: ASTNode): Text | null {
    return textOf(node, this.#form, this.#bound)
  }

  /** What the node yields for every token of the form, where that is a text. */
  #literalOf(node: ASTNode): string | undefined {
    const text = this.#textOf(node)
    return text !== null && isLiteral(text) ? text.join('') : undefined
  }

  #call(name: string, receiver: ASTNode | undefined, argument: ASTNode | undefined): Formula {
    const text = receiver === undefined ? null : this.#textOf(receiver)
    const given = argument === undefined ? null : this.#textOf(argument)
    if (text === null || given === null) return UNKNOWN
    if (name === 'startsWith') {
      const [rest, part] = sameBeginning(text, given)
      return isLiteral(part) ? this.#predicate(rest, sequence(BEGIN, literal(part.join('')))) : UNKNOWN
    }
    if (!isLiteral(given)) return UNKNOWN
    const fixed = given.join('')
    if (name === 'endsWith') return this.#predicate(text, sequence(literal(fixed), END))
    if (name === 'contains') return this.#predicate(text, literal(fixed))
    const tree = name === 'matches' ? parsePattern(fixed) : null
    return tree === null ? UNKNOWN : this.#predicate(text, tree)
  }

  #predicate(text: Text, tree: PatternTree): Formula {
    // Nothing follows texts whose parts come in another order than the token is written in.
    const parts = text.filter((piece) => typeof piece === 'number')
    const isInOrder = parts.every((part, index) => index === 0 || part > (parts[index - 1] ?? -1))
    if (!isInOrder) return UNKNOWN
    return { op: 'predicate', index: this.predicates.push({ text, tree }) - 1 }
  }
}

function isLiteral(text: Text): text is readonly string[] {
  return text.every((piece) => typeof piece === 'string')
}

/** Nodes that yield true or false whatever they are about. */
function isTruth(node: ASTNode): boolean {
  if (node.op === 'rcall') return ['startsWith', 'endsWith', 'contains', 'matches'].includes(node.args[0])
  return ['&&', '||', '!_', '==', '!=', 'in', '<', '<=', '>', '>='].includes(node.op)
}

/** True when the node comes to the same for every token of the form. */
function isFixed(node: ASTNode, form: TokenForm): boolean {
  if (node.op === 'id') return node.args !== 'claims'
  const path = pathOf(node)
  if (path !== null) {
    const { kind } = form.claimAt(path)
    return kind === 'fixed' || kind === 'absent'
  }
  if (node.op === 'call' && node.args[0] === 'has') {
    const asked = node.args[1][0] === undefined ? null : pathOf(node.args[1][0])
    // Whether a claim is there does not depend on what is in it.
    return asked !== null && !form.maybe(asked)
  }
  return nodesIn(node.args).every((one) => isFixed(one, form))
}

/** Nodes among the arguments of a node. */
export function nodesIn(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn)
  const isNode = typeof args === 'object' && args !== null && 'op' in args && 'args' in args
  return isNode ? [args as ASTNode] : [] // by its two members
}

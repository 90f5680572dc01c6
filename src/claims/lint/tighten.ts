/** Narrower expressions to offer: loose patterns anchored, open prefixes closed. Each offer has been judged. */
import { TRUST_CONDITION_BYTES } from '../condition-port.ts'
import type { ASTNode } from '../environment.ts'
import { celString } from '../literal.ts'
import { nodesIn } from './formula.ts'
import { type Judged, judge } from './judged.ts'
import { formsOf } from './judgement.ts'
import { endsOf } from './pattern-ends.ts'
import { parsePattern } from './pattern-tree.ts'
import { textOf } from './texts-of.ts'
import type { TokenForm } from './token-form.ts'
import type { LintSource } from './token-model.ts'
import type { Work } from './work.ts'

/** What ends a name in subjects, paths and refs. */
export const DELIMITERS = ['/', ':', '@']

export interface Loose {
  readonly kind: 'pattern' | 'prefix'
  readonly node: ASTNode
  /** What is compared. */
  readonly receiver: ASTNode
  /** Texts to put in the place of the node, the least change first. */
  readonly offers: readonly string[]
  /** A name goes on where the pattern ends, and `.*` does not say that it may. */
  readonly isCut: boolean
}

/** Calls that compare less than a whole name, outside of loops. */
export function looseIn(ast: ASTNode, expression: string, form: TokenForm): Loose[] {
  const own = looseCall(ast, expression, form)
  return own === null ? nodesIn(ast.args).flatMap((node) => looseIn(node, expression, form)) : [own]
}

const CALLS = ['matches', 'startsWith', 'endsWith', 'contains']

function looseCall(node: ASTNode, expression: string, form: TokenForm): Loose | null {
  if (node.op !== 'rcall' && node.op !== 'call') return null
  const [name, first, second] =
    node.op === 'rcall'
      ? [node.args[0], node.args[1], node.args[2][0]]
      : [node.args[0], node.args[1][0], node.args[1][1]]
  if (!CALLS.includes(name) || first === undefined || second?.op !== 'value' || typeof second.args !== 'string')
    return null
  const receiver = expression.slice(first.start, first.end).trim()
  const [head] = textOf(first, form) ?? []
  const ask = { receiver, head: typeof head === 'string' ? head : '', text: second.args }
  if (name === 'matches') {
    const tree = parsePattern(second.args)
    const ends = tree === null ? [] : Object.values(endsOf(tree))
    const isCut = ends.includes('loose')
    if (tree !== null && !isCut && !ends.includes('open')) return null
    return { kind: 'pattern', node, receiver: first, offers: patternOffers(ask), isCut }
  }
  const isClosed = name === 'startsWith' && DELIMITERS.some((end) => ask.text.endsWith(end))
  if (isClosed) return null
  return {
    kind: 'prefix',
    node,
    receiver: first,
    offers: name === 'endsWith' ? [] : prefixOffers(name, ask),
    isCut: true,
  }
}

interface Ask {
  readonly receiver: string
  /** What the claim begins with in every token. */
  readonly head: string
  readonly text: string
}

function patternOffers({ receiver, head, text }: Ask): string[] {
  const bare = text.replace(/^(?:\^|\.\*|\.\+)+/, '').replace(/(?<!\\)(?:\$|\.\*|\.\+)+$/, '')
  const rest = `(?:[${DELIMITERS.join('')}].*)?`
  const patterns = [`^(?:${text})$`, `^(?:${bare})${rest}$`, `^${quoted(head)}(?:${bare})${rest}$`]
  return [...new Set(patterns)].map((pattern) => `${receiver}.matches(${celString(pattern)})`)
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function prefixOffers(name: string, { receiver, head, text }: Ask): string[] {
  // Of a word in the middle nobody can say which name it was to be.
  if (name === 'contains' && !DELIMITERS.some((end) => text.includes(end))) return []
  const begin = name === 'contains' && !text.startsWith(head) ? head + text : text
  const isClosed = DELIMITERS.some((end) => begin.endsWith(end))
  const prefixes = isClosed ? [begin] : DELIMITERS.map((end) => begin + end)
  return [
    ...prefixes.map((prefix) => `${receiver}.startsWith(${celString(prefix)})`),
    `${receiver} == ${celString(begin)}`,
  ]
}

/** The expression with the text in the place of the node. */
export function replaced(expression: string, { start, end }: ASTNode, text: string): string {
  return expression.slice(0, start) + text + expression.slice(end)
}

/** The expression with all of these closed, if that keeps strangers out and the owner in; else null. Faults: Exhausted */
export function tightened(judged: Judged, loose: readonly Loose[], source: LintSource, work: Work): string | null {
  const forms = formsOf(source.model)
  const lets = (one: string, open: readonly string[]) =>
    (judge(one, source, work)?.admits(forms, open) ?? null) !== null
  let expression = judged.expression
  // From the end, so that the places before stay where they are.
  for (const { node, offers } of [...loose].sort((a, b) => b.node.start - a.node.start)) {
    const kept = offers.map((offer) => replaced(expression, node, offer)).filter((one) => lets(one, []))
    const narrower = kept.find((one) => !lets(one, source.model.owner)) ?? kept[0]
    if (narrower === undefined) return null
    expression = narrower
  }
  return lets(expression, source.model.owner) || Buffer.byteLength(expression) > TRUST_CONDITION_BYTES
    ? null
    : expression
}

/** Names that strangers could take to meet what no automaton can follow: those in the condition, with more to them. */
import type { ASTNode } from '../environment.ts'
import { nodesIn } from './formula.ts'
import type { TokenForm } from './token-form.ts'

/** Values of parts by number, all alike; two of a kind, since one value that gets in may be the one that is meant. */
export type Guess = readonly [ReadonlyMap<number, string>, ReadonlyMap<number, string>]

/** More names than policies have. */
const NAMES = 8

/** For the parts of that name; none where the condition has no texts. */
export function guessesFrom(ast: ASTNode, form: TokenForm, open: readonly string[]): Guess[] {
  const parts = form.parts.flatMap(({ name, pattern }, index) =>
    open.includes(name) ? [{ index, whole: new RegExp(`^(?:${pattern})$`) }] : [],
  )
  const valuesOf = (text: string) =>
    new Map(parts.flatMap(({ index, whole }) => (whole.test(text) ? [[index, text] as const] : [])))
  return namesIn(ast).flatMap((name): Guess[] => [
    [valuesOf(`${name}-x`), valuesOf(`${name}-y`)],
    [valuesOf(`${name}7`), valuesOf(`${name}8`)],
    [valuesOf(`x-${name}`), valuesOf(`y-${name}`)],
    [valuesOf(`7${name}`), valuesOf(`8${name}`)],
  ])
}

/** What stands between the delimiters of the condition's texts. */
function namesIn(ast: ASTNode): string[] {
  const names = textsIn(ast).flatMap((text) => text.split(/[/:@]/))
  return [...new Set(names)].filter((name) => name !== '').slice(0, NAMES)
}

function textsIn(node: ASTNode): string[] {
  if (node.op === 'value') return typeof node.args === 'string' ? [node.args] : []
  return nodesIn(node.args).flatMap(textsIn)
}

import type { ASTNode } from './environment.ts'

const RELATIONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'in'])
const STRING_LITERALS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g

/**
 * Whether the parser read `a == b in c` as `a == (b in c)`, which CEL reads as `(a == b) in c`: the library binds
 * `==` and `!=` looser than the other relations, CEL as tight as they. Where they would differ we ask for parentheses.
 * Source: CEL language definition, Syntax (`Relation`)
 */
export function readsDifferently(node: ASTNode, expression: string): boolean {
  if (node.op !== '==' && node.op !== '!=') return false
  const right = node.args[1]
  return RELATIONS.has(right.op) && !isEnclosed(expression, right)
}

/** Brackets around a node are not in the tree: more open right before it than it closes itself. */
function isEnclosed(expression: string, node: ASTNode): boolean {
  const before = expression.slice(0, node.start).replace(/\s+/g, '')
  const opened = /\(*$/.exec(before)?.[0].length ?? 0
  let depth = 0
  let closed = 0
  for (const character of expression.slice(node.start, node.end).replace(STRING_LITERALS, '')) {
    if (character === '(') depth++
    if (character === ')') depth--
    closed = Math.max(closed, -depth)
  }
  return opened > closed
}

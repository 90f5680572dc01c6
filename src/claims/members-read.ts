/** Which members of a variable an expression names, found in the syntax tree: texts and other objects' members do not count. */
import { type ASTNode, parseExpression } from './environment.ts'

/** Names after a dot, or in brackets as a literal; nothing for what cannot be parsed, and what is put together at run time is not seen. */
export function membersRead(expression: string, variables: readonly string[], variable: string): ReadonlySet<string> {
  const found = new Set<string>()
  try {
    walk(parseExpression(expression, variables).ast, variable, found)
  } catch {
    // wrong syntax is for others to report
  }
  return found
}

function walk(node: ASTNode, variable: string, found: Set<string>): void {
  if (node.op === '.' || node.op === '[]') {
    const [owner, name] = node.args
    const text = typeof name === 'string' ? name : name.op === 'value' ? name.args : null
    if (owner.op === 'id' && owner.args === variable && typeof text === 'string') found.add(text)
  }
  for (const part of partsOf(node.args)) walk(part, variable, found)
}

/** Nodes among the arguments: a node, or lists of nodes, names and pairs of nodes. */
function partsOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(partsOf)
  return isNode(args) ? [args] : []
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

/** A condition taken apart at its alternatives: each of them lets tokens in by itself. */
import type { ASTNode } from '../environment.ts'

/** More of them are judged as a whole. */
const BRANCHES = 12

/** Expressions that together mean the same as the given one, each without `||` at its top; one where there are too many. */
export function branchesOf(ast: ASTNode, expression: string): string[] {
  const found = alternatives(ast)
  if (found === null || found.length < 2) return [expression]
  return found.map((clauses) => clauses.map((node) => clauseText(node, expression)).join(' && '))
}

function alternatives(node: ASTNode): ASTNode[][] | null {
  if (node.op !== '||' && node.op !== '&&') return [[node]]
  const [left, right] = [alternatives(node.args[0]), alternatives(node.args[1])]
  if (left === null || right === null) return null
  const all = node.op === '||' ? [...left, ...right] : left.flatMap((one) => right.map((other) => [...one, ...other]))
  return all.length > BRANCHES ? null : all
}

function clauseText(node: ASTNode, expression: string): string {
  const text = expression.slice(node.start, node.end).trim()
  return node.op === '?:' ? `(${text})` : text
}

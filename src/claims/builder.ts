/** What building a program gathers: faults with their places, and the number of nodes. */
import type { FieldFault } from '../fault.ts'
import type { ASTNode } from './environment.ts'
import type { ConditionCode } from './faults.ts'
import { balanced } from './grammar.ts'
import { fail, type Step } from './run.ts'

export interface Builder {
  readonly expression: string
  readonly variables: readonly string[]
  /** The field the faults are about. */
  readonly path: string
  readonly faults: FieldFault[]
  /** Where variables stand in the tree. */
  readonly references: ASTNode[]
  /** What has() asks for. */
  readonly questions: ASTNode[]
  nodes: number
  /** Of all regular expressions together, as pattern-weight.ts counts it. */
  patternWeight: number
}

/** A builder that has found nothing yet; faults are added to the given ones. */
export function createBuilder(
  expression: string,
  path: string,
  variables: readonly string[],
  faults: FieldFault[] = [],
): Builder {
  return { expression, variables, path, faults, references: [], questions: [], nodes: 0, patternWeight: 0 }
}

const refused: Step = (run) => fail(run, 'the expression was refused')

/** Adds a fault at the node. The step returned fails, so that building goes on and finds the other faults. */
export function refuse(builder: Builder, node: ASTNode, code: ConditionCode, message: string): Step {
  const { path, expression } = builder
  builder.faults.push({ path, code, message: `${place(expression, node.pos)}: ${message}` })
  return refused
}

/** Line and column of an offset, counted from 1 as editors do. */
export function place(expression: string, offset: number): string {
  const before = expression.slice(0, offset).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

/** The node's text on one line, shortened for messages. */
export function textOf(expression: string, node: ASTNode): string {
  // What is cut off below need not be read.
  const text = balanced(expression, node.start, Math.min(node.end, node.start + 200))
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

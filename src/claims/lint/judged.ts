/** One expression and one source: which tokens does it let in? Every answer was asked of the evaluator. */
import type { JsonObject } from '../../json.ts'
import { attempt, EXPRESSION_BYTES_LIMIT, openRun, read } from '../condition.ts'
import { type ASTNode, parseExpression } from '../environment.ts'
import { membersRead } from '../members-read.ts'
import { COST_LIMIT, type Step } from '../run.ts'
import { readFormula } from './formula.ts'
import { guessesFrom } from './guesses.ts'
import { findToken } from './search.ts'
import { formOf, type TokenForm } from './token-form.ts'
import type { LintSource } from './token-model.ts'
import type { Work } from './work.ts'

const VARIABLES = ['claims']

/** Audiences that are tried where the condition asks for one. */
const AUDIENCES = 4

export interface Judged {
  readonly expression: string
  readonly ast: ASTNode
  /** Names of the claims that it reads. */
  readonly reads: ReadonlySet<string>
  /** A form of the source's tokens, made anew: reading an expression may add to it. */
  form(patch?: JsonObject): TokenForm
  /**
   * Claims of a token of one of the forms that the expression lets in; null where there is none. Parts named as open may not
   * be held to a few values; what the expression leaves to choose is as the owner has it, or a stranger. Faults: Exhausted
   */
  admits(forms: readonly JsonObject[], open?: readonly string[], whose?: 'stranger' | 'own'): JsonObject | null
  /** Whether every token of the forms is let in; false also where that cannot be said. Faults: Exhausted */
  admitsAll(forms: readonly JsonObject[]): boolean
}

/** Null for what may not be stored as a condition. */
export function judge(expression: string, source: LintSource, work: Work): Judged | null {
  const { faults, step } = read(expression, 'condition', VARIABLES, EXPRESSION_BYTES_LIMIT)
  if (faults.length > 0) return null
  // The checker changes its tree, so that this one is for us.
  const { ast } = parseExpression(expression, VARIABLES)
  const reads = membersRead(expression, VARIABLES, 'claims')
  const audiences = reads.has('aud') ? source.audiences.slice(0, AUDIENCES) : source.audiences.slice(0, 1)
  const shapes = (forms: readonly JsonObject[]) =>
    distinct(forms, reads).flatMap((patch) => audiences.map((audience) => formOf(source, patch, audience)))
  return {
    expression,
    ast,
    reads,
    form: (patch = {}) => formOf(source, patch),
    admits(forms, open = [], whose = 'own') {
      for (const form of shapes(forms)) {
        const reading = readFormula(ast, expression, form, work)
        const guesses = reading.isGuess && whose === 'stranger' ? guessesFrom(ast, form, open) : []
        let found: JsonObject | null = null
        const isPermitted = (values: ReadonlyMap<number, string>) => {
          found = form.tokenOf(values, whose)
          return permits(step, found, work)
        }
        const confirm = (values: ReadonlyMap<number, string>) =>
          isPermitted(values) ||
          guesses.some((guess) => guess.every((guessed) => isPermitted(new Map([...guessed, ...values]))))
        if (findToken({ form, reading, open, wanted: 'true', confirm, work }) !== null) return found
      }
      return null
    },
    admitsAll: (forms) =>
      shapes(forms).every((form) => {
        const reading = readFormula(ast, expression, form, work)
        if (reading.isGuess) return false
        const confirm = (values: ReadonlyMap<number, string>) => !permits(step, form.tokenOf(values), work)
        return findToken({ form, reading, open: [], wanted: 'other', confirm, work }) === null
      }),
  }
}

function permits(step: Step, claims: JsonObject, work: Work): boolean {
  const run = openRun(VARIABLES, { claims })
  const outcome = attempt(step, run)
  work.evaluated(COST_LIMIT - run.left)
  return outcome === true
}

/** Without the forms that differ only in claims that are not read. */
function distinct(forms: readonly JsonObject[], reads: ReadonlySet<string>): readonly JsonObject[] {
  const seen = new Map<string, JsonObject>()
  for (const form of forms) {
    const read = Object.fromEntries(Object.entries(form).filter(([name]) => reads.has(name)))
    const key = JSON.stringify(read)
    if (!seen.has(key)) seen.set(key, form)
  }
  return [...seen.values()]
}

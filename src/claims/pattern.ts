import { RE2JS } from 're2js'
import { charge, type Run } from './run.ts'

/** A pattern that says whether it is found anywhere in a text, in time linear in both, and charges for it. */
export type Pattern = (text: string, run: Run) => boolean

/** Instructions of the compiled program: enough for a hundred repository names, too few to make one match slow. */
const PROGRAM_LIMIT = 1_000

/** Units per character and instruction: new automaton states cost up to 100 ns each; known ones cost next to nothing. */
const UNITS_PER_INSTRUCTION = 4

/** Compiles RE2 syntax. Returns a sentence instead where the pattern is wrong or too large. */
export function compilePattern(source: string): Pattern | string {
  const compiled = attempt(source)
  if (typeof compiled === 'string') return compiled
  const size = compiled.programSize()
  if (size > PROGRAM_LIMIT)
    return `the regular expression compiles to ${size} instructions; ${PROGRAM_LIMIT} are allowed`
  return (text, run) => {
    charge(run, (text.length + 1) * size * UNITS_PER_INSTRUCTION)
    return compiled.test(text)
  }
}

function attempt(source: string): RE2JS | string {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'unreadable'
    return `the regular expression is not RE2 syntax: ${reason}`
  }
}

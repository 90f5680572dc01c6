/**
 * The decision ladder: checks in a fixed order, each with a name and an outcome.
 *
 * Strict (the planes): the first failure throws `Refused`, later rungs are recorded as skipped.
 * Lenient (TestToken, test sign-in): failures are recorded and the climb goes on where it still can.
 */
import type { Rung } from './decision.ts'

/** Longest expected/actual text kept in a decision; enough for a subject, bounded for the disk. */
const SHOWN_CHARACTERS = 256

/** Thrown by a strict ladder; the plane turns it into its protocol's refusal. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly rung: string
  readonly code: string

  constructor(rung: string, code: string) {
    super(`${rung}: ${code}`)
    this.rung = rung
    this.code = code
  }
}

export interface Ladder {
  /**
   * Records a rung. A strict ladder throws `Refused` when `ok` is false; a lenient one returns false.
   * `expected` and `actual` are shown to operators only; never pass a token or a secret.
   */
  check(name: string, ok: boolean, code: string, expected?: string, actual?: string): boolean
  /** Records that a rung does not apply or could not be judged. */
  skip(name: string, reason?: string): void
  readonly rungs: readonly Rung[]
  /** First failure, or null while everything passed. */
  readonly failure: { readonly rung: string; readonly code: string } | null
}

export function createLadder(mode: 'strict' | 'lenient'): Ladder {
  const rungs: Rung[] = []
  let failure: { rung: string; code: string } | null = null
  const strict = mode === 'strict'
  return {
    rungs,
    get failure() {
      return failure
    },
    check(name, ok, code, expected, actual) {
      if (ok) {
        rungs.push(rungOf(name, 'passed', expected, actual))
        return true
      }
      rungs.push({ ...rungOf(name, 'failed', expected, actual), code })
      failure ??= { rung: name, code }
      if (strict) throw new Refused(name, code)
      return false
    },
    skip(name, reason) {
      rungs.push(rungOf(name, 'skipped', undefined, reason))
    },
  }
}

function rungOf(name: string, outcome: Rung['outcome'], expected?: string, actual?: string): Rung {
  if (expected === undefined) return actual === undefined ? { name, outcome } : { name, outcome, actual: shown(actual) }
  if (actual === undefined) return { name, outcome, expected: shown(expected) }
  return { name, outcome, expected: shown(expected), actual: shown(actual) }
}

function shown(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`
}

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

/** Given as a function, it is made only when it will be shown. */
export type Shown = string | (() => string)

export interface Ladder {
  /**
   * Records a rung. A strict ladder throws `Refused` when `ok` is false; a lenient one returns false.
   * `expected` and `actual` are shown to operators only; never pass a token or a secret. Of a rung that passed, a strict
   * ladder keeps no more than an `actual` given as plain text: most decisions are grants, and each is written to disk.
   * Several checks of one name are one rung: failed if one of them failed.
   */
  check(name: string, ok: boolean, code: string, expected?: Shown, actual?: Shown): boolean
  /** Records that a rung does not apply or could not be judged. */
  skip(name: string, reason?: string): void
  readonly rungs: readonly Rung[]
  /** First failure, or null while everything passed. */
  readonly failure: { readonly rung: string; readonly code: string } | null
}

export function createLadder(mode: 'strict' | 'lenient'): Ladder {
  return new Climb(mode === 'strict')
}

/**
 * A class, since one is made for every request: an object literal with a getter would get a hidden class of its own each time,
 * which V8 keeps among what is old, and which would make everything that the attempt holds old with it.
 */
class Climb implements Ladder {
  readonly rungs: Rung[] = []
  readonly #strict: boolean
  #failure: Ladder['failure'] = null

  constructor(strict: boolean) {
    this.#strict = strict
  }

  get failure(): Ladder['failure'] {
    return this.#failure
  }

  check(name: string, ok: boolean, code: string, expected?: Shown, actual?: Shown): boolean {
    if (ok) {
      this.#put(this.#strict ? passed(name, actual) : rungOf(name, 'passed', expected, actual))
      return true
    }
    this.#put({ ...rungOf(name, 'failed', expected, actual), code })
    this.#failure ??= { rung: name, code }
    if (this.#strict) throw new Refused(name, code)
    return false
  }

  skip(name: string, reason?: string): void {
    this.#put(this.#strict ? bareRung(name, 'skipped') : rungOf(name, 'skipped', undefined, reason))
  }

  #put(rung: Rung): void {
    const last = this.rungs.at(-1)
    if (last === undefined || last.name !== rung.name) this.rungs.push(rung)
    else if (last.outcome !== 'failed') this.rungs[this.rungs.length - 1] = rung
  }
}

function passed(name: string, actual: Shown | undefined): Rung {
  return typeof actual === 'string' ? { name, outcome: 'passed', actual: shown(actual) } : bareRung(name, 'passed')
}

/** Most rungs say no more than this; all decisions share them. Names are the program's own, so there are a few dozen. */
const bareRungs = { passed: new Map<string, Rung>(), skipped: new Map<string, Rung>() }

function bareRung(name: string, outcome: 'passed' | 'skipped'): Rung {
  const known = bareRungs[outcome].get(name)
  if (known !== undefined) return known
  const rung = Object.freeze({ name, outcome })
  bareRungs[outcome].set(name, rung)
  return rung
}

function rungOf(name: string, outcome: Rung['outcome'], expected?: Shown, actual?: Shown): Rung {
  return {
    name,
    outcome,
    ...(expected === undefined ? {} : { expected: shown(expected) }),
    ...(actual === undefined ? {} : { actual: shown(actual) }),
  }
}

function shown(given: Shown): string {
  const text = typeof given === 'string' ? given : given()
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`
}

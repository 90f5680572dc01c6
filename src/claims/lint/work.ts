/** What one judgement may cost. */

/** Thrown where the work is spent; whoever began the judgement says so in a finding. */
export class Exhausted extends Error {
  constructor() {
    super('the judgement costs more than it may')
  }
}

/** To put a token together and begin to judge it. */
const EVALUATION = 100

export class Work {
  /** Tokens that might have met a condition as far as it could be read, and that the evaluator said do not. */
  doubts = 0
  #left: number

  /** Units: steps of automata, some 50 ns each. */
  constructor(units: number) {
    this.#left = units
  }

  /** What an evaluation has cost. Units: those of `Run.left`, some 20 ns each, on top of what it takes to begin one. */
  evaluated(cost: number): void {
    this.spend(EVALUATION + Math.ceil(cost * 0.4))
  }

  spend(units: number): void {
    this.#left -= units
    if (this.#left < 0) throw new Exhausted()
  }
}

/** What one judgement may cost. */

/** Thrown where the work is spent; whoever began the judgement says so in a finding. */
export class Exhausted extends Error {
  constructor() {
    super('the judgement costs more than it may')
  }
}

export class Work {
  /** Tokens that might have met a condition as far as it could be read, and that the evaluator said do not. */
  doubts = 0
  #left: number

  /** Units: steps of automata, some 50 ns each. */
  constructor(units: number) {
    this.#left = units
  }

  spend(units: number): void {
    this.#left -= units
    if (this.#left < 0) throw new Exhausted()
  }
}

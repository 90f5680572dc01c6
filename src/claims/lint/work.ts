/** What one judgement may cost. */

/** Thrown where the work is spent; whoever began the judgement says so in a finding. */
export class Exhausted extends Error {
  constructor() {
    super('the judgement costs more than it may')
  }
}

export class Work {
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

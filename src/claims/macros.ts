/** The macros that loop: each turn is charged by the size of its body, so nested loops stay within the budget. */
import { boolOf } from './operators.ts'
import { charge, FAILED, fail, type Outcome, type Run, type Step } from './run.ts'
import { isList, isMap, keysOf, typeName, type Value } from './values.ts'

export interface Loop {
  readonly range: Step
  /** Where the loop variable lies in `Run.slots`. */
  readonly slot: number
  /** Nodes of the body: what one turn is charged. */
  readonly weight: number
}

/** What a loop runs over: the elements of a list, the keys of a map. */
function elements(loop: Loop, run: Run): readonly Value[] | typeof FAILED {
  const range = loop.range(run)
  if (range === FAILED) return range
  if (isList(range)) return range
  return isMap(range) ? keysOf(range, run) : fail(run, `a loop cannot run over ${typeName(range)}`)
}

/** One turn of the body with the loop variable set. */
function turn(loop: Loop, body: Step, element: Value, run: Run): Outcome {
  charge(run, loop.weight)
  run.slots[loop.slot] = element
  return body(run)
}

/** `all` (decisive false) and `exists` (decisive true): a deciding element outweighs failed ones. Source: CEL language definition, Macros */
export function quantifier(loop: Loop, predicate: Step, decisive: boolean): Step {
  const name = decisive ? 'exists' : 'all'
  return (run) => {
    const list = elements(loop, run)
    if (list === FAILED) return list
    let failure: string | undefined
    for (const element of list) {
      const held = boolOf(turn(loop, predicate, element, run), name, run)
      if (held === decisive) return held
      if (held === FAILED) failure ??= run.detail
    }
    return failure === undefined ? !decisive : fail(run, failure)
  }
}

export function existsOne(loop: Loop, predicate: Step): Step {
  return (run) => {
    const list = elements(loop, run)
    if (list === FAILED) return list
    let count = 0
    for (const element of list) {
      const held = boolOf(turn(loop, predicate, element, run), 'exists_one', run)
      if (held === FAILED) return held
      if (held) count++
    }
    return count === 1
  }
}

/** `filter`, and `map` with and without a filter: the transformed elements for which the predicate holds. */
export function collect(loop: Loop, predicate: Step | undefined, transform: Step | undefined): Step {
  return (run) => {
    const list = elements(loop, run)
    if (list === FAILED) return list
    const collected: Value[] = []
    for (const element of list) {
      const held = boolOf(predicate === undefined ? true : turn(loop, predicate, element, run), 'filter', run)
      if (held === FAILED) return held
      if (!held) continue
      const value = transform === undefined ? element : turn(loop, transform, element, run)
      if (value === FAILED) return value
      collected.push(value)
    }
    return collected
  }
}

import { faultsOf } from '../fault.ts'

/** `condition.invalid` is the fault; the others are codes of its fields. */
export const claimFaults = {
  'condition.invalid': {
    kind: 'invalid',
    message: 'The condition is not valid.',
    remedy: 'Correct the expression; every fault names its line and column.',
  },
  'condition.too_long': {
    kind: 'invalid',
    message: 'The condition is too long.',
    remedy: 'Shorten the expression, or split it over several trusts.',
  },
  'condition.syntax': {
    kind: 'invalid',
    message: 'The condition is not CEL.',
    remedy: 'Look at the named line and column: a bracket, a quote or an operator is wrong.',
  },
  'condition.unknown_name': {
    kind: 'invalid',
    message: 'The condition uses a variable or function that does not exist here.',
    remedy: 'Use the variables and functions that the message lists.',
  },
  'condition.type': {
    kind: 'invalid',
    message: 'The condition puts together types that do not go together.',
    remedy: 'Compare strings with strings and numbers with numbers; convert with int(), double() or string().',
  },
  'condition.not_bool': {
    kind: 'invalid',
    message: 'The condition does not yield true or false.',
    remedy: 'Compare the value with something, for example `claims.repository == "octo/app"`.',
  },
  'condition.pattern': {
    kind: 'invalid',
    message: 'A regular expression of the condition cannot be used.',
    remedy: 'Write it in RE2 syntax, as a literal, and without large counted repetitions.',
  },
  'condition.too_costly': {
    kind: 'invalid',
    message: 'The condition could cost too much to evaluate.',
    remedy: 'Use fewer elements, less nesting, and at most two comprehensions inside each other.',
  },
} as const

export type ConditionCode = keyof typeof claimFaults

export const claimFault = faultsOf(claimFaults)

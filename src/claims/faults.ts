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
  'mapping.key_unknown': {
    kind: 'invalid',
    message: 'A mapping has a key that nothing is made of.',
    remedy:
      'Use google.subject, google.groups, google.display_name, google.profile_photo, google.posix_username or attribute.{name}.',
  },
  'mapping.subject_missing': {
    kind: 'invalid',
    message: 'A mapping must say who the person is.',
    remedy: 'Map google.subject, for example to assertion.sub.',
  },
  'mapping.too_many': {
    kind: 'invalid',
    message: 'A mapping has too many attributes.',
    remedy: 'Map at most 50 attributes of your own.',
  },
  'mapper.type_unknown': {
    kind: 'invalid',
    message: 'There is no such mapper type.',
    remedy: 'Look at the mapper types of the provider.',
  },
  'mapper.type_refused': {
    kind: 'invalid',
    message: 'Mappers of this type are not taken.',
    remedy: 'Read the sentence beside the field: it says why, and what to use instead.',
  },
  'mapper.protocol': {
    kind: 'invalid',
    message: 'The mapper type does not go with the protocol of the provider.',
    remedy: 'Use the oidc types with OpenID Connect and the saml types with SAML.',
  },
  'mapper.config_invalid': {
    kind: 'invalid',
    message: 'The configuration of a mapper is not one that its type takes.',
    remedy: 'Look at the properties of the mapper type.',
  },
  'mapper.sync_mode': {
    kind: 'invalid',
    message: 'There is no such sync mode.',
    remedy: 'Use INHERIT, IMPORT, LEGACY or FORCE.',
  },
  'example.invalid': {
    kind: 'invalid',
    message: 'An example is not one.',
    remedy: 'Give claims (an object) and expect (true or false), and mapped values if they matter.',
  },
  'example.failed': {
    kind: 'invalid',
    message: 'An example does not come out as it says.',
    remedy: 'Correct the condition or the mapping, or the example.',
  },
} as const

export type ClaimCode = keyof typeof claimFaults
export type ConditionCode = ClaimCode

export const claimFault = faultsOf(claimFaults)

import { describe, expect, it } from 'vitest'
import { SignInFault } from './sign-in-fault.ts'

describe('why a sign-in came to nothing', () => {
  it.each([
    [
      'the server’s refusal at its return',
      {
        error: 'access_denied',
        error_description: 'Nobody came in.',
        cause: new URLSearchParams({ decision_id: 'd' }),
      },
      ['access_denied', 'Nobody came in.', 'd'],
    ],
    [
      'the token endpoint’s refusal',
      { error: 'invalid_grant', error_description: 'No.', cause: { decision_id: 'd' } },
      ['invalid_grant', 'No.', 'd'],
    ],
    ['a refusal without words', { error: 'x' }, ['x', 'The server refused the sign-in.', null]],
    [
      'nobody there, in Safari',
      new TypeError('Load failed'),
      ['unreachable', 'The server could not be reached.', null],
    ],
    [
      'a fault of our own',
      new TypeError('x is not a function'),
      ['invalid_answer', 'The answer does not hold: x is not a function.', null],
    ],
    ['nobody there', new TypeError('Failed to fetch'), ['unreachable', 'The server could not be reached.', null]],
    [
      'an answer that does not hold',
      Object.assign(new Error('unexpected "nonce"'), { code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' }),
      ['OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'The answer does not hold: unexpected "nonce".', null],
    ],
  ])('is told: %s', (_name, thrown, told) => {
    const { code, message, decision } = SignInFault.of(thrown)
    expect([code, message, decision]).toEqual(told)
  })
})

import { describe, expect, it } from 'vitest'
import { testCondition } from './test-condition.ts'

describe('testCondition', () => {
  it.each([
    ['claims.a == 1', '{"a":1}', { matched: true, error: null }],
    ['claims.a == 1', '{"a":2}', { matched: false, error: null }],
    ['claims.a == 1', '{}', 'The expression cannot be evaluated on these claims: `claims.a` is missing.'],
    ['claims.a', '{}', /^The expression is not valid: the expression yields a claim of any type/],
    ['a == 1 && b()', '{}', /^The expression is not valid: line 1, column 1: .*; line 1, column 11: .*\.$/],
    ['claims.a == 1', '[]', 'The claims are not a JSON object.'],
    ['claims.a == 1', 'null', 'The claims are not a JSON object.'],
    ['claims.a == 1', '{', 'The claims are not a JSON object.'],
    ['claims.a == 1', '', 'The claims are not a JSON object.'],
    ['claims.a == 1', `{"a":"${'x'.repeat(70_000)}"}`, 'The claims are longer than 65536 bytes.'],
    ['claims.a == 1', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, /nested too deeply\.$/],
    ['claims.a == claims.b', '{"a":{"__proto__":1},"b":{"__proto__":1}}', { matched: true, error: null }],
  ])('%# %s', (expression, claimsJson, expected) => {
    const result = testCondition(expression, claimsJson)
    if (typeof expected === 'string') expect(result).toMatchObject({ matched: false, error: expected })
    else if (expected instanceof RegExp)
      expect(result).toMatchObject({ matched: false, error: expect.stringMatching(expected) })
    else expect(result).toMatchObject(expected)
    // Parts are told of what was evaluated, and of nothing else.
    expect(result.parts.length > 0).toBe(result.error === null || result.error.includes('cannot be evaluated'))
  })
})

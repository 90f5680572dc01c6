import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, read } from './condition.ts'
import { parseExpression } from './environment.ts'
import { celMember, celString } from './literal.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('"', "'", '\\', '\n', '`', ')', ' || true', '\u2028', '\ud800', '𝒳'),
    maxLength: 12,
  }),
)

function parsed(expression: string) {
  return parseExpression(expression, ['claims']).ast
}

describe('a value as a literal', () => {
  it('is one string literal, whatever the value is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ast = parsed(celString(text))
        expect([ast.op, ast.args]).toEqual(['value', text.replace(/\p{Cs}/gu, '\ufffd')])
      }),
      { numRuns: 2_000 },
    )
  })

  it('compares equal to itself and to nothing else', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const whole = text.replace(/\p{Cs}/gu, '\ufffd')
        const { faults, step } = read(`claims.sub == ${celString(text)}`, 'condition', ['claims'], 16_384)
        expect(faults).toEqual([])
        const judge = (sub: string) => evaluate(step, ['claims'], { claims: { sub } }).outcome
        expect(judge(whole)).toBe('true')
        if (other !== whole) expect(judge(other)).toBe('false')
      }),
      { numRuns: 500 },
    )
  })
})

describe('a member as a path', () => {
  it.each([
    [['sub'], 'claims.sub'],
    [['kubernetes.io', 'serviceaccount', 'uid'], 'claims["kubernetes.io"].serviceaccount.uid'],
    [['https://sts.amazonaws.com/', 'aws_account'], 'claims["https://sts.amazonaws.com/"].aws_account'],
    [['in', 'null'], 'claims["in"]["null"]'],
    [['', '1a'], 'claims[""]["1a"]'],
    [['a"] == 1 || true || claims["b'], 'claims["a\\"] == 1 || true || claims[\\"b"]'],
  ])('%j', (path, text) => {
    expect(celMember('claims', path)).toBe(text)
  })

  it('reads exactly that member, whatever its names are', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 3 }), (names) => {
        const path = names.map((name) => name.replace(/\p{Cs}/gu, '\ufffd'))
        // __proto__ as a literal member would set the prototype of what is built here.
        fc.pre(!path.includes('__proto__'))
        const claims = path.reduceRight<object | string>((inner, name) => ({ [name]: inner }), 'here')
        const { faults, step } = read(`${celMember('claims', path)} == "here"`, 'condition', ['claims'], 16_384)
        expect(faults).toEqual([])
        expect(evaluate(step, ['claims'], JSON.parse(JSON.stringify({ claims }))).outcome).toBe('true')
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { createConditions } from './condition.ts'
import { departures } from './grammar.ts'

const conditions = createConditions()
const check = (expression: string) => conditions.check(expression, 'condition', ['claims'], 1024)

describe('texts that CEL reads differently than our parser, or not at all, may not be stored', () => {
  it.each([
    ['claims.a == "dev" in claims.groups', 18],
    ['(claims.a != (1) < 2)', 17],
    ['(claims.a == (claims.b + "(") < "c")', 30],
    // a bracket in a comment is none
    ['claims.a == // (\n claims.b in claims.c', 27],
    ['claims.a == claims.b + "x" in claims.c', 27],
    ['claims.a == claims.b[1 < 2 ? 0 : 1] > 1', 36],
    ['claims.a == 1 <= 2 && true', 14],
    ['claims.a == true ? claims.b == true ? true : false : true', 36],
    ['claims.a.startsWith("x",)', 24],
    ['claims.a.exists(x, x == 1 , )', 28],
    // to CEL the first string ends before `||`
    [String.raw`claims.a == r"\" || r"\" == "y"`, 12],
    [String.raw`claims.a == r'''x\''''`, 12],
    ['claims.a == r"\\\n"', 12],
    ['claims.a == """x\r\ny"""', 12],
    ['claims.a == "\ud800"', 0],
  ])('%j at %i', (expression, offset) => {
    expect(departures(expression).map((found) => found.offset)).toEqual([offset])
    expect(check(expression)).toContainEqual(expect.objectContaining({ code: 'condition.syntax' }))
  })

  it('each is told with its place', () => {
    expect(check('claims.a == true &&\n  claims.b == 1 in claims.c')).toEqual([
      {
        path: 'condition',
        code: 'condition.syntax',
        message: 'line 2, column 17: put parentheses around the comparison on the right, or around the one on the left',
      },
    ])
  })
})

describe('texts that both read alike may be stored', () => {
  it.each([
    'claims.admin == ("dev" in claims.groups) && (1 < 2) == true && 1 < 2 == true',
    '(claims.admin == ((1) < 2 )) != ("a)" == "b" )',
    'claims.a == "a in b < c"',
    'claims.a == "x" || claims.b in ["x", "y",]',
    '{"a": claims.x == 1, "b": 1 < 2}.b',
    'claims.a == 1 ? claims.b < 2 : claims.c > 3',
    'claims.a == 1 ? true : claims.b == 1 ? true : false',
    '(claims.a == 1 ? (claims.b == 1 ? 1 : 2) : 3) == 1',
    String.raw`claims.a == r"\d+" || claims.a == r'a\"b' || claims.a == R"\\"`,
    'claims.a == """x\ny"""',
    'claims.a == 1 // == 2 in 3 ,)',
    'claims.a == "😀"',
  ])('%j', (expression) => {
    expect(departures(expression)).toEqual([])
    expect(check(expression)).toEqual([])
  })
})

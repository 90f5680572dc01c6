import { describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import { createConditions } from './condition.ts'

const conditions = createConditions()
const check = (expression: string, maxBytes = 1024) => conditions.check(expression, 'condition', ['claims'], maxBytes)
const codes = (expression: string) => check(expression).map((fault) => fault.code)

function outcome(expression: string, claims: JsonObject): string {
  const verdict = conditions.compile(expression, ['claims']).evaluate({ claims })
  return verdict.outcome === 'error' ? verdict.detail : verdict.outcome
}

const github: JsonObject = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo/app:ref:refs/heads/main',
  aud: 'https://entente.example',
  repository: 'octo/app',
  ref: 'refs/heads/main',
  run_attempt: '1',
  iat: 1_700_000_000,
  score: 0.75,
  admin: true,
  nothing: null,
  groups: ['dev', 'ops'],
  levels: [1, 2.5, 'x', null],
  nested: JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`),
  'https://sts.amazonaws.com/': { aws_account: '123456789012', tags: { team: 'a' } },
}

describe('what conditions of the source pages mean', () => {
  it.each([
    ['claims.repository == "octo/app" && claims.ref == "refs/heads/main"', 'true'],
    ['claims.repository == "octo/evil" && claims.ref == "refs/heads/main"', 'false'],
    ['claims["https://sts.amazonaws.com/"]["aws_account"] == "123456789012"', 'true'],
    ['claims["https://sts.amazonaws.com/"].tags.team == "a"', 'true'],
    ['"dev" in claims.groups', 'true'],
    ['"admin" in claims.groups', 'false'],
    ['claims.ref in ["refs/heads/main", "refs/heads/release"]', 'true'],
    ['claims.aud.exists(a, a == "https://entente.example")', 'true'],
    ['"https://entente.example" in claims.aud', 'true'],
    ['claims.aud == ["https://entente.example"]', 'true'],
    ['claims.aud == "https://entente.example"', 'false'],
    ['[claims].exists(c, c.aud.size() == 1)', 'true'],
    ['has(claims.repository)', 'true'],
    ['has(claims.nothing)', 'true'],
    ['has(claims.absent)', 'false'],
    ['has(claims["https://sts.amazonaws.com/"].aws_account)', 'true'],
    ['has(claims["https://sts.amazonaws.com/"].tags.absent)', 'false'],
    ['claims.groups.all(g, !has(claims[g].x) || true)', 'true'],
    ['claims.admin == ("dev" in claims.groups) && (1 < 2) == true && 1 < 2 == true', 'true'],
    ['(claims.admin == ((1) < 2 )) != ("a)" == "b" )', 'true'],
    ['!has(claims.absent) || claims.absent == "x"', 'true'],
    ['"repository" in claims', 'true'],
    ['claims.size() > 5 && size(claims.groups) == 2 && "añ😀".size() == 3', 'true'],
    ['claims.admin == true ? claims.ref.startsWith("refs/heads/") : false', 'true'],
    ['claims.admin && true', 'true'],
    ['claims.sub.contains(":ref:") && claims.sub.endsWith("main")', 'true'],
    ['claims.sub.matches("^repo:octo/(app|lib):")', 'true'],
    ['matches(claims.sub, "octo")', 'true'],
    [String.raw`claims.sub.matches(r"^\w+$")`, 'false'],
    ['claims.iat > 5 && claims.iat == 1700000000 && claims.iat < 1.8e9', 'true'],
    ['claims.iat == 1700000000.0', 'true'],
    ['int(claims.run_attempt) == 1 && claims.score > 0.5 && double(1) == 1.0', 'true'],
    ['claims.run_attempt == 1', 'false'],
    ['string(claims.iat) == "1700000000" && bool("true")', 'true'],
    ['claims.groups.all(g, g.startsWith("d")) || claims.groups.exists_one(g, g == "ops")', 'true'],
    ['claims.groups.map(g, g + "!").filter(g, g != "dev!") == ["ops!"]', 'true'],
    ['claims.groups.map(g, g == "dev", g + "!") == ["dev!"]', 'true'],
    ['claims.groups[1] == "ops" && claims.levels[1] == 2.5 && claims.levels[3] == null', 'true'],
    ['{"octo/app": "refs/heads/main"}[claims.repository] == claims.ref', 'true'],
    ['claims.all(k, k != "")', 'true'],
    ['claims.nothing == null', 'true'],
    ['7 / 2 == 3 && 7 % 2 == 1 && -(1) == -1 && 1 + 1 == 2 && 2 * 3 - 1 == 5 && 1.0 / 4.0 == 0.25', 'true'],
    ['claims.groups.exists(claims, claims == "dev")', 'true'],
    ['-9223372036854775808 < - 9223372036854775807 && -0x8000000000000000 < 0', 'true'],
    ['dyn(claims.iat) == 1700000000 && dyn(1) == 1.0', 'true'],
    ['claims.score / double(0) > 1.0 && !(double(0) / double(0) == double(0) / double(0))', 'true'],
    ['"\\uffff" < "\\U00010000" && !("\\U00010000" < "\\uffff") && "a" < "b" && "a" < "ab" && !("b" < "ab")', 'true'],
  ])('%s is %s', (expression, expected) => {
    expect(check(expression)).toEqual([])
    expect(outcome(expression, github)).toBe(expected)
  })

  it.each([
    ['url(claims.sub).path.startsWith("/ns/prod/")', 'spiffe://td.example/ns/prod/sa/x', 'true'],
    ['url(claims.sub).path.startsWith("/ns/prod/")', 'spiffe://td.example/ns/dev/sa/x', 'false'],
    ['url(claims.sub).scheme == "spiffe" && url(claims.sub).host == "td.example"', 'SPIFFE://TD.example/x', 'true'],
    ['url(claims.sub).host == "github.com"', 'https://github.com:8443/x?y#z', 'false'],
    ['url(claims.sub).path == ""', 'https://github.com?/admin/', 'true'],
  ])('%s on %s is %s', (expression, sub, expected) => {
    expect(check(expression)).toEqual([])
    expect(outcome(expression, { sub })).toBe(expected)
  })

  it.each([
    'spiffe://td/ns/prod/../dev/x',
    'spiffe://td/ns/prod/%2E%2e/dev/x',
    'spiffe://td/ns/prod/x%2f..%2f..%2fdev',
    'spiffe://td/ns/prod/..',
    'https://github.com@evil.example/ns/prod/',
    'spiffe://td\\ns/ns/prod/',
    'spiffe://td/ns/prod/ x',
    'repo:octo/app',
    '/ns/prod/',
    '',
  ])('url() does not read %j', (sub) => {
    expect(outcome('!url(claims.sub).path.startsWith("/ns/admin/")', { sub })).toContain('plain absolute URL')
  })
})

describe('an evaluation that goes wrong never permits', () => {
  it.each([
    ['claims.absent == "x"', '`claims.absent` is missing'],
    ['claims.absent != "x"', '`claims.absent` is missing'],
    ['!(claims.absent == "x")', '`claims.absent` is missing'],
    ['claims.absent.deeper == "x"', '`claims.absent` is missing'],
    ['claims.sub.deeper == "x"', '`claims.sub.deeper` is missing'],
    ['claims.groups[9] == "x"', '`claims.groups[9]` is missing'],
    ['claims.groups[-1] == "x"', '`claims.groups[-1]` is missing'],
    ['claims.groups.length == 2', '`claims.groups.length` is missing'],
    ['claims.iat / 0 == 1', 'division by zero'],
    ['claims.iat % 0 == 1', 'division by zero'],
    ['{claims.score: 1}.size() == 1', 'double cannot be the key of a map'],
    ['int(9223372036854775807.0) > 0', 'integer overflow'],
    ['9223372036854775807 + claims.iat > 0', 'integer overflow'],
    ['claims.iat + 0.5 > 0.0', '`+` does not go with int and double'],
    ['claims.iat < "5"', '`<` does not go with int and string'],
    ['claims.groups < 5', '`<` does not go with list and int'],
    ['claims.iat.startsWith("1")', '`startsWith` needs two strings, got int and string'],
    ['claims.groups.matches("dev")', '`matches` does not go with list'],
    ['"x" in claims.sub', '`in` does not go with string and string'],
    ['claims.sub && true', '`&&` needs true or false, got string'],
    ['claims.sub ? true : true', '`?` needs true or false, got string'],
    ['!claims.sub', '`!` does not go with string'],
    ['claims.sub.all(c, true)', 'a loop cannot run over string'],
    ['claims.groups.all(g, claims.iat)', '`all` needs true or false, got int'],
    ['claims.nested == claims.groups', 'the claims are nested too deeply'],
    ['int(claims.sub) == 1', 'a conversion was given a string or number that has no such value'],
    ['size(claims.iat) == 1', '`size` does not go with int'],
    ['has(claims.sub.x)', 'has() does not go with string'],
    ['{"a": 1, "a": 2}.size() == 2', 'a map has the same key twice'],
  ])('%s: %s', (expression, detail) => {
    expect(outcome(expression, github)).toBe(detail)
  })

  it('a failed operand is absorbed only by one that decides', () => {
    expect(outcome('claims.absent == "x" || claims.admin == true', github)).toBe('true')
    expect(outcome('claims.absent == "x" || claims.admin == false', github)).toBe('`claims.absent` is missing')
    expect(outcome('claims.absent == "x" && claims.admin == false', github)).toBe('false')
    expect(outcome('claims.levels.exists(l, l > 2)', github)).toBe('true')
    expect(outcome('claims.levels.exists(l, l > 3)', github)).toBe('`>` does not go with string and int')
  })

  it('variables that were not given, or are no objects, fail', () => {
    const condition = conditions.compile('claims.sub != "x"', ['claims'])
    for (const variables of [{}, { claims: null }, { claims: [1] }, { claims: 'x' }]) {
      expect(condition.evaluate(variables)).toEqual({ outcome: 'error', detail: '`claims` was not given' })
    }
  })

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'])(
    '%s is a claim like any other',
    (name) => {
      expect(outcome(`has(claims.${name})`, {})).toBe('false')
      expect(outcome(`claims.${name} != null`, {})).toBe(`\`claims.${name}\` is missing`)
      expect(outcome(`"${name}" in claims`, { x: {} })).toBe('false')
      expect(outcome(`claims.x["${name}"] != null`, { x: {} })).toContain('is missing')
      const claims: JsonObject = JSON.parse(`{"${name}": "x", "n": {"${name}": {"admin": true}}}`)
      expect(outcome(`claims["${name}"] == "x" && claims.n.${name}.admin == true`, claims)).toBe('true')
      expect(outcome('has(claims.admin) || has(claims.n.admin)', claims)).toBe('false')
    },
  )
})

describe('what may not be stored', () => {
  it.each([
    ['', ['condition.syntax']],
    ['claims.x ==', ['condition.syntax']],
    ['claims.x = "a"', ['condition.syntax']],
    ['claims.x == "a', ['condition.syntax']],
    ['claims.x == b"a"', ['condition.type']],
    ['claims.x == 9223372036854775808', ['condition.syntax']],
    ['claims.x == -(9223372036854775808)', ['condition.syntax']],
    ['claims.x / 0.0 > 1.0', ['condition.type']],
    ['token.sub == "x"', ['condition.unknown_name']],
    ['google.protobuf == "x"', ['condition.unknown_name']],
    ['int == string', ['condition.unknown_name', 'condition.unknown_name']],
    ['now() > 5', ['condition.unknown_name']],
    ['timestamp("2024-01-01T00:00:00Z") > timestamp("2024-01-01T00:00:00Z")', Array(2).fill('condition.unknown_name')],
    ['cel.bind(x, 1, x == 1)', Array(3).fill('condition.unknown_name')],
    ['claims.x.replace("a", "b") == "x"', ['condition.unknown_name']],
    ['claims.x.startsWith("a", "b")', ['condition.unknown_name']],
    ['startsWith(claims.x, "a")', ['condition.unknown_name']],
    ['claims.x', ['condition.not_bool']],
    ['claims', ['condition.not_bool']],
    ['"true"', ['condition.not_bool']],
    ['claims.a ? claims.b : claims.c', ['condition.not_bool']],
    ['1 + "a" == 2', ['condition.type']],
    ['url(claims.sub).user == "x"', ['condition.type']],
    ['has(claims)', ['condition.type']],
    ['claims.x.matches(claims.y)', ['condition.pattern']],
    ['claims.x.matches("(")', ['condition.pattern']],
    [String.raw`claims.x.matches(r"(a)\1")`, ['condition.pattern']],
    ['claims.x.matches("(?=a)")', ['condition.pattern']],
    ['claims.x.matches("(abc){900}")', ['condition.pattern']],
    ['claims.x.matches("a{1000}") || claims.x.matches("b{999}b")', Array(1).fill('condition.pattern')],
    ['claims.a.all(a, claims.b.all(b, claims.c.all(c, a == b)))', ['condition.too_costly']],
    ['has(url(claims.sub).path)', ['condition.type']],
    ['claims.a.map(1, 2)', ['condition.syntax']],
  ])('%s', (expression, expected) => {
    expect(codes(expression).slice(0, expected.length)).toEqual(expected)
    expect(() => conditions.compile(expression, ['claims'])).toThrow(Fault)
  })

  it('says every fault at once, with its place', () => {
    expect(check('token.sub == "x" &&\n  claims.x.matches("(") || now()')).toEqual([
      {
        path: 'condition',
        code: 'condition.unknown_name',
        message: 'line 1, column 1: there is no variable `token`, only `claims`',
      },
      {
        path: 'condition',
        code: 'condition.pattern',
        message: 'line 2, column 20: the regular expression is not RE2 syntax: missing closing ): `(`',
      },
      expect.objectContaining({ message: expect.stringMatching(/^line 2, column 28: there is no function `now`/) }),
    ])
    expect(check('claims.x == )').map((fault) => fault.message)).toEqual([
      'line 1, column 13: Unexpected token: RPAREN',
    ])
    expect(check(`${' '.repeat(1100)}token.x == "a"`).map((fault) => fault.code)).toEqual([
      'condition.too_long',
      'condition.unknown_name',
    ])
  })

  it('counts bytes, not characters', () => {
    const expression = `claims.x == "${'é'.repeat(510)}"`
    expect(expression.length).toBeLessThan(1024)
    expect(codes(expression)).toEqual(['condition.too_long'])
    expect(check(expression, 4096)).toEqual([])
  })

  it('knows any variables it is given, and only those', () => {
    const names = ['assertion', 'google', 'attribute']
    const expression = 'google.subject == "x" && has(assertion.aud) && "y" in assertion.aud && attribute.aud == "z"'
    expect(conditions.check(expression, 'attributeCondition', names, 4096)).toEqual([])
    const condition = conditions.compile(expression, names)
    const values = { google: { subject: 'x' }, assertion: { aud: 'y' }, attribute: { aud: 'z' } }
    expect(condition.evaluate(values)).toEqual({ outcome: 'true' })
    expect(conditions.check('claims.x == "a"', 'attributeCondition', names, 4096)).toHaveLength(1)
  })
})

describe('the cache', () => {
  it('gives one condition per text and variables, and forgets the oldest', () => {
    const small = createConditions({ cacheSize: 1 })
    const first = small.compile('claims.a == 1', ['claims'])
    expect(small.compile('claims.a == 1', ['claims'])).toBe(first)
    expect(small.compile('claims.a == 1', ['other', 'claims'])).not.toBe(first)
    expect(small.compile('claims.a == 1', ['claims'])).not.toBe(first)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConditions } from './condition.ts'
import { explainCondition, explainConditions } from './explain.ts'

const conditions = createConditions()
const differing = (expression: string, claims: Record<string, never>) =>
  explainCondition(expression, { claims }).parts.find((part) => part.differs)?.text

describe('explainCondition', () => {
  it('shows each part with what it came to, and the claims it reads', () => {
    const expression =
      'claims.repository == "octo/app" && (claims.run > 5 || !has(claims.x)) && claims.groups.exists(g, g == "a")'
    const claims = { repository: 'octo/evil', run: 7, groups: ['b'] }
    expect(explainCondition(expression, { claims })).toEqual({
      verdict: 'false',
      distance: 2,
      parts: [
        {
          text: 'claims.repository == "octo/app"',
          value: 'false',
          reads: [{ text: 'claims.repository', value: '"octo/evil"' }],
          differs: true,
        },
        { text: 'claims.run > 5', value: 'true', reads: [{ text: 'claims.run', value: '7' }] },
        { text: '!has(claims.x)', value: 'true', reads: [] },
        {
          text: 'claims.groups.exists(g, g == "a")',
          value: 'false',
          reads: [{ text: 'claims.groups', value: '["b"]' }],
        },
      ],
    })
  })

  it('says why a part failed', () => {
    const claims = { a: 'x'.repeat(500), b: 'y' }
    expect(explainCondition('claims.a == url(claims.b).path', { claims })).toMatchObject({
      verdict: 'error',
      parts: [
        {
          value: expect.stringContaining('plain absolute URL'),
          reads: [
            { text: 'claims.a', value: `"${'x'.repeat(198)}…` },
            { text: 'claims.b', value: '"y"' },
          ],
        },
      ],
    })
  })

  it('calls an expression that is not valid by its name, and none a yes', () => {
    expect(explainConditions(['claims.a ==', null], { claims: {} })).toEqual([
      {
        verdict: 'error',
        distance: 1,
        parts: [{ text: 'claims.a ==', value: 'the expression is not valid', reads: [], differs: true }],
      },
      { verdict: 'true', distance: 0, parts: [] },
    ])
  })

  const claims = JSON.parse('{"org": "octo", "repo": "app", "ref": "dev", "env": "prod"}')
  it.each([
    // every part of a conjunction counts, the first is named
    ['claims.org == "octo" && claims.repo == "x" && claims.ref == "main"', 2, 'claims.repo == "x"'],
    // of alternatives, the nearest
    [
      '(claims.org == "a" && claims.repo == "b") || (claims.org == "octo" && claims.ref == "main")',
      1,
      'claims.ref == "main"',
    ],
    ['claims.org == "octo" && (claims.ref == "main" || claims.ref == "release")', 1, 'claims.ref == "main"'],
    ['!(claims.org == "octo" && claims.repo == "app")', 1, '!(claims.org == "octo" && claims.repo == "app")'],
    ['(claims.org + ")") == ("octo" + (":"))', 1, '(claims.org + ")") == ("octo" + (":"))'],
    ['claims.absent == "x" && claims.org == "octo"', 1, 'claims.absent == "x"'],
    ['claims.org == "octo"', 0, undefined],
  ])('%s is %i off', (expression, distance, text) => {
    expect(explainCondition(expression, { claims }).distance).toBe(distance)
    expect(differing(expression, claims)).toBe(text)
  })

  it('agrees with the condition itself, whatever the parts come to', () => {
    const part = fc.constantFrom('claims.yes', 'claims.no', 'claims.absent', 'claims.text', '!claims.yes')
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        part,
        fc
          .tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression'))
          .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
      ),
    }))
    const values = { claims: { yes: true, no: false, text: 'x' } }
    fc.assert(
      fc.property(expression, (text) => {
        const whole = `true && ${text}`
        const told = explainCondition(whole, values)
        expect(told.verdict).toBe(conditions.compile(whole, ['claims']).evaluate(values).outcome)
        expect(told.distance === 0).toBe(told.verdict === 'true')
        expect(told.parts.some((one) => one.differs)).toBe(told.verdict !== 'true')
      }),
    )
  })

  it('tells twenty parts at most, the one that differs among them', () => {
    const many = Array.from({ length: 30 }, (_, index) => `claims.n != ${index}`).join(' && ')
    const { parts } = explainCondition(many, { claims: { n: 29 } })
    expect(parts).toHaveLength(20)
    expect(parts.at(-1)).toMatchObject({ text: 'claims.n != 29', differs: true })
  })

  it('spends one budget on all conditions', () => {
    const groups = Array.from({ length: 5_000 }, (_, index) => `group-${index}`)
    const dear = 'claims.groups.all(a, claims.groups.all(b, a != "" && b != ""))'
    const told = explainConditions(Array(100).fill(dear), { claims: { groups } })
    expect(told.map(({ verdict }) => verdict)).toEqual(Array(100).fill('error'))
    expect(told[99]?.parts[0]?.value).toBe('the condition costs more than an evaluation may')
  })
})

describe('what explanations withhold', () => {
  const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl'
  const canary = 'canary-7d1e'
  it.each([
    ['claims.access_token == "x"', { access_token: canary }],
    ['claims["client_secret"] == "x"', { client_secret: canary }],
    ['claims.credentials.value == "x"', { credentials: { value: canary } }],
    ['claims.tokens.exists(t, t == "x")', { tokens: [canary] }],
    ['claims.client_secret && true', { client_secret: canary }],
    [
      '[claims.a, claims.b, claims.c, claims.d, claims.e, claims.password][5] && true',
      { a: 1, b: 1, c: 1, d: 1, e: 1, password: canary },
    ],
    ['claims.x == "x"', { x: `Bearer ${jwt}` }],
    ['claims.x == "x"', { x: [jwt] }],
    ['"x" in claims.x', { x: ['ghs_canary7d1ecanary7d1e'] }],
    ['claims.x.size() == 9', { x: { nonce: canary, password: canary, deep: { api_key: canary, t: jwt } } }],
    ['claims.x == "x"', { x: '-----BEGIN PRIVATE KEY-----canary' }],
  ])('%s', (expression, claims) => {
    const text = JSON.stringify(explainCondition(expression, { claims }))
    expect(text).toContain('(withheld)')
    expect(text).not.toMatch(/canary|eyJ/)
  })

  it.each([
    ['claims.token_use == "x"', { token_use: 'id' }, '\\"id\\"'],
    ['claims.sub == "x"', { sub: 'repo:octo/app:ref:refs/heads/main' }, 'repo:octo/app:ref:refs/heads/main'],
  ])('but not %s', (expression, claims, shown) => {
    expect(JSON.stringify(explainCondition(expression, { claims }))).toContain(shown)
  })
})

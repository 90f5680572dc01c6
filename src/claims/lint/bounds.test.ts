import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownSources } from '../../registry/known/index.ts'
import { lintSourceOf } from '../../registry/known/lint-source.ts'
import { judge } from './judged.ts'
import { lintCondition } from './lint.ts'
import { Exhausted, Work } from './work.ts'

function lint(condition: string, known = 'GITHUB_ACTIONS', issuer = 'https://token.actions.githubusercontent.com') {
  const source = lintSourceOf({ known, issuer, expectedIssuer: issuer, settings: {} }, 'entente.example.com')
  return lintCondition({ condition, source, isHeldToAddresses: false })
}

const A = 'claims.sub.contains("a")'

describe('a judgement', () => {
  it.each([
    ['', []],
    ['claims.', []],
    ['1 + 1', []],
    ['x == 1', []],
    ['claims', []],
  ])('of what is no condition (%s) says nothing: it has its own faults', (condition, rules) => {
    expect(lint(condition).map(({ rule }) => rule)).toEqual(rules)
  })

  it.each([
    ['many alternatives', Array.from({ length: 60 }, (_, n) => `claims.actor == "a${n}"`).join(' || ')],
    [
      'many conjunctions of alternatives',
      Array.from({ length: 20 }, (_, n) => `(claims.ref == "${n}" || ${A})`).join(' && '),
    ],
    ['deep nesting', `${'!('.repeat(40)}${A}${')'.repeat(40)}`],
    ['a pattern that explodes as an automaton', 'claims.sub.matches("a[ab]{60}b[ab]{60}$")'],
    ['many of them', ['a', 'b', 'c', 'd'].map((one) => `claims.sub.matches("${one}[a-d]{20}$")`).join(' && ')],
    [
      'a search for many words',
      ['ab', 'cd', 'ef', 'gh', 'ij', 'kl'].map((one) => `claims.sub.contains("${one}")`).join(' && '),
    ],
    ['a long literal', `claims.sub == "${'x'.repeat(900)}"`],
    ['texts that nobody can type', 'claims.sub == "\\u00e9\\u0000\\ud83d\\ude00"'],
    ['loops', 'claims.aud.exists(a, claims.aud.all(b, a.contains(b)))'],
    ['a whole map', '"sub" in claims && claims.all(name, name != "x")'],
    ['arithmetic', 'claims.exp - claims.iat < 600 && size(claims.sub) > 3'],
    ['prototype names', 'claims.__proto__ == "x" || claims.constructor.name == "y" || claims["*"] == "z"'],
    ['an index', 'claims.aud[0] == "entente.example.com" && claims["sub"] == "x"'],
    ['a conditional', 'has(claims.environment) ? claims.environment == "x" : claims.ref == "y"'],
  ])('ends for %s, at every source', (_what, condition) => {
    for (const { name, defaultIssuer, sampleClaims } of knownSources) {
      const issuer = defaultIssuer ?? String(sampleClaims.iss ?? 'spiffe://prod.example.com')
      expect(() => lint(condition, name, issuer)).not.toThrow()
    }
  })

  it('says so where trying the condition out costs too much, and ends', () => {
    const digits = `[${Array.from({ length: 160 }, (_, n) => n % 10).join()}]`
    const loop = `${digits}.all(a, ${digits}.all(b, !claims.sub.contains("zzq")))`
    const many = [
      `${loop} && claims.sub > "zocto/a:b@c/d/e/f/g/h"`,
      `${digits}.all(a, ${digits}.all(b, a + b < 100)) && claims.actor > "zocto/a:b@c/d/e/f/g/h"`,
    ]
    const issuer = 'https://token.actions.githubusercontent.com'
    const source = lintSourceOf({ known: 'GITHUB_ACTIONS', issuer, expectedIssuer: issuer, settings: {} }, 'us.example')
    for (const condition of many) {
      expect(lint(condition).map(({ rule }) => rule)).toContain('lint.not_judged')
      // Of the 300 000 that a judgement may cost.
      expect(() => judge(condition, source, new Work(50_000))?.admits([{}])).toThrow(Exhausted)
    }
  })

  it('is complete for ids and names as long as they really are', () => {
    const ids = 'claims.repository_owner_id == "3931469961" && claims.repository_id == "3349320462"'
    const names =
      'claims.repository_owner == "octo-organization" && claims.repository == "octo-organization/payments-api"'
    const run = 'claims.ref == "refs/heads/release-candidate" && claims.workflow == "deploy-to-production"'
    expect(lint(`${ids} && ${names} && ${run} && claims.event_name == "workflow_dispatch"`)).toEqual([])
    expect(lint(`${names} && ${run}`).map(({ rule }) => rule)).toEqual(['lint.names_not_ids'])
    expect(lint(`${run} && claims.actor == "octocat-the-second"`).map(({ rule }) => rule)).toEqual([
      'lint.stranger_chooses',
    ])
    const workspace =
      'claims.terraform_organization_id == "org-GeGYbNL9YzXCmM7G" && claims.terraform_workspace_id == "ws-KUgoHnJnd8sVwANU"'
    const named =
      'claims.sub == "organization:octo-org:project:infrastructure:workspace:payments-production:run_phase:apply"'
    expect(lint(`${workspace} && ${named}`, 'HCP_TERRAFORM', 'https://app.terraform.io')).toEqual([])
  })

  it('says so where it cost too much', () => {
    const condition = ['a', 'b', 'c', 'd'].map((one) => `claims.sub.matches("${one}[a-d]{20}$")`).join(' && ')
    expect(lint(condition).map(({ rule }) => rule)).toContain('lint.not_judged')
  })

  it('never throws, whatever is put together', () => {
    const claim = fc.constantFrom(
      'claims.sub',
      'claims.repository',
      'claims.ref',
      'claims.aud',
      'claims.x',
      'claims["a b"]',
      '"a"',
      '1',
      'true',
    )
    const atom = fc.oneof(
      fc.tuple(claim, fc.constantFrom('==', '!=', '<', 'in', '+'), claim).map((parts) => parts.join(' ')),
      fc
        .tuple(
          claim,
          fc.constantFrom('startsWith', 'endsWith', 'contains', 'matches'),
          fc.constantFrom('a', '^a|b$', 'repo:', '['),
        )
        .map(([one, call, text]) => `${one}.${call}("${text}")`),
      claim.map((one) => `has(${one})`),
    )
    const expression = fc.letrec<{ it: string }>((tie) => ({
      it: fc.oneof(
        { depthSize: 'small' },
        atom,
        fc.tuple(tie('it'), fc.constantFrom('&&', '||'), tie('it')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
        tie('it').map((one) => `!(${one})`),
        fc.tuple(tie('it'), tie('it'), tie('it')).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
      ),
    })).it
    fc.assert(
      fc.property(expression, (condition) => void lint(condition)),
      { numRuns: 300 },
    )
  })
})

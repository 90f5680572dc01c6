import { describe, expect, it } from 'vitest'
import { paintFor } from '../terminal.ts'
import { readDecision } from './decision.ts'
import { decisionText } from './decision-text.ts'

const now = new Date('2026-11-25T12:05:01Z')

function told(spec: object, width = 100): string {
  const metadata = { name: 'id-1', namespace: 'acme', creationTimestamp: '2026-11-25T12:00:00.123Z' }
  const decision = readDecision({ kind: 'Decision', metadata, spec })
  if (decision === null) throw new Error('it is a decision')
  return decisionText(decision, { paint: paintFor({}, {}), now, width })
}

const base = { plane: 'token-exchange', provider: 'github', trust: 'own-trust-10000', address: '192.0.2.1' }
const reads = (value: string) => [{ text: 'claims.ref', value }]

describe('a decision on a terminal', () => {
  it('that refused by a condition shows its parts, the nearest trusts and the remedy', () => {
    const spec = {
      ...base,
      outcome: 'refused',
      code: 'condition.false',
      rungs: [
        { name: 'subject', outcome: 'passed', actual: 'repo:octo/app' },
        { name: 'replay', outcome: 'skipped' },
        { name: 'condition', outcome: 'failed', code: 'condition.false', expected: 'a && b', actual: 'false' },
      ],
      conditionParts: [
        { text: 'claims.repo == "app"', value: 'true', reads: [] },
        { text: 'claims.ref == "main"', value: 'false', reads: reads('"dev"'), differs: true },
        { text: 'claims.env == "prod"', value: '`claims.env` is missing', reads: [] },
      ],
      nearestTrusts: [
        { trust: 'dev-trust-20000', trustName: 'dev', verdict: 'true', parts: [] },
        { trust: 'off-trust-30000', verdict: 'true', hindrance: 'trust.disabled', parts: [] },
        {
          trust: 'stage-trust-4000',
          verdict: 'false',
          parts: [{ text: 'claims.ref == "stage"', value: 'false', reads: reads('"dev"'), differs: true }],
        },
      ],
    }
    expect(told(spec)).toMatchInlineSnapshot(`
      "✗ refused  condition.false
        The condition is false for this token.

        decision    id-1
        made        2026-11-25 12:00:00 UTC, 5m ago
        where       token-exchange in acme
        provider    github
        trust       own-trust-10000
        from        192.0.2.1

        ✓ subject     repo:octo/app
        · replay      does not apply
        ✗ condition   condition.false
                      ✓ claims.repo == "app"
                      ✗ claims.ref == "main"
                          claims.ref is "dev"
                      ✗ claims.env == "prod"
                          \`claims.env\` is missing

        other trusts of the provider
        ✓ dev (dev-trust-20000)  would let this token act
        ✗ off-trust-30000        would let this token act, but for trust.disabled
        ✗ stage-trust-4000       wants claims.ref == "stage", and claims.ref is "dev"

        what to do  Correct the part that differs, or use the trust that was meant."
    `)
  })

  it('says once that a trust wants a claim that is missing', () => {
    const value = '`claims.env` is missing'
    const parts = [{ text: 'claims.env == "prod"', value, reads: [{ text: 'claims.env', value }], differs: true }]
    const text = told({ ...base, outcome: 'refused', nearestTrusts: [{ trust: 'env-1', verdict: 'error', parts }] })
    expect(text).toContain('wants claims.env == "prod", and `claims.env` is missing')
  })

  it('that granted shows for whom', () => {
    const issued = { jti: 'j', sub: 's-1', scope: 'deploy', expiresAt: '2026-11-25T12:30:00.000Z' }
    const text = told({
      ...base,
      outcome: 'granted',
      code: 'granted',
      rungs: [{ name: 'issue', outcome: 'passed' }],
      issued,
    })
    expect(text).toMatch(/^✓ granted\n/)
    expect(text).toContain('issued      to s-1 until 2026-11-25T12:30:00Z')
    expect(text).not.toContain('what to do')
  })

  it('of a test says what would happen, and tells together what was skipped for one reason', () => {
    const skipped = (name: string, actual?: string) => ({ name, outcome: 'skipped', actual })
    const rungs = [
      skipped('token', 'claims were given'),
      skipped('issuer', 'claims were given'),
      { name: 'condition', outcome: 'passed', actual: 'true' },
      skipped('address', 'any address'),
    ]
    const conditionParts = [{ text: 'claims.ref == "main"', value: 'true', reads: reads('"main"') }]
    const text = told({ ...base, plane: 'test', outcome: 'granted', code: 'granted', rungs, conditionParts })
    expect(text).toMatch(/^✓ would be granted\n/)
    expect(text.slice(text.indexOf('  · token'))).toMatchInlineSnapshot(`
      "  · token, issuer
                      claims were given
        ✓ condition
                      ✓ claims.ref == "main"
        · address     any address"
    `)
  })

  it('of a test sign-in shows who would come in, what mappers would do, and what was said', () => {
    const tested = {
      claims: { sub: 'u-1', groups: ['staff'] },
      mapped: { 'google.subject': 'u-1' },
      mappers: [
        { name: 'team', type: 't', did: 'granted', detail: 'group /team' },
        { name: 'old', type: 't', did: 'removed', detail: 'group /old' },
        { name: 'rest', type: 't', did: 'skipped', detail: '' },
      ],
      person: { how: 'linked', name: 'ada', email: 'ada@acme.example', groups: ['/team'], roleIds: [] },
    }
    const rungs = [{ name: 'person', outcome: 'passed', actual: 'would be linked to ada' }]
    const text = told({ ...base, plane: 'test', outcome: 'granted', code: 'granted', rungs, ...tested })
    expect(text.slice(text.indexOf('  ✓ person'))).toMatchInlineSnapshot(`
      "  ✓ person      would be linked to ada

        who would come in
        is here already, and would be linked
        name        ada
        email       ada@acme.example
        groups      /team

        mappers
        + team        granted: group /team
        - old         removed: group /old
        · rest        skipped

        what the provider said
        sub         "u-1"
        groups      ["staff"]

        what it is mapped to
        google.subject "u-1""
    `)
  })

  it('breaks long expectations between words, and keeps to itself what steers a terminal', () => {
    const rungs = [
      {
        name: 'audience',
        outcome: 'failed',
        code: 'audience.mismatch',
        expected: 'one two three',
        actual: '\u001b[2J',
      },
    ]
    const text = told({ ...base, outcome: 'refused', code: 'audience.mismatch', rungs }, 38)
    expect(text).toContain('expected  one two\n                          three\n')
    expect(text).toContain('but got   \\u{1b}[2J')
    expect(text).not.toContain('\u001b')
  })

  it('of another version is shown as far as it is understood', () => {
    expect(
      told({ outcome: 'refused', code: 'brand.new', rungs: [{ outcome: 7 }, null], nearestTrusts: [{}] }),
    ).toContain('refused  brand.new')
    expect(readDecision({ kind: 'Trust' })).toBeNull()
  })
})

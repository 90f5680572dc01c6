import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConditions } from '../../claims/condition.ts'
import { TRUST_CONDITION_BYTES } from '../../claims/condition-port.ts'
import { parseExpression } from '../../claims/environment.ts'
import type { JsonObject } from '../../json.ts'
import { type FormField, formExamples, narrowCondition, valuesFrom } from './form.ts'
import { knownSource, knownSources } from './index.ts'
import type { KnownSource } from './source.ts'

const conditions = createConditions()

function judge(condition: string, claims: JsonObject): string {
  return conditions.compile(condition, ['claims']).evaluate({ claims }).outcome
}

function source(name: string): KnownSource {
  const found = knownSource(name)
  if (found === null) throw new TypeError(name)
  return found
}

const required = ({ form }: KnownSource) =>
  Object.fromEntries(form.filter((field) => field.required).map(({ id, placeholder }) => [id, placeholder]))
const all = ({ form }: KnownSource) => Object.fromEntries(form.map(({ id, placeholder }) => [id, placeholder]))

describe.each(knownSources.map((one) => [one.name, one] as const))('the form of %s', (_name, known) => {
  it('makes a condition that may be stored, and that the sample tokens in all their shapes meet', () => {
    for (const values of [required(known), all(known)]) {
      const condition = narrowCondition(known, values)
      expect(conditions.check(condition, 'condition', ['claims'], TRUST_CONDITION_BYTES)).toEqual([])
      for (const form of [{}, ...(known.sampleForms ?? [])]) {
        expect(judge(condition, { ...known.sampleClaims, ...form })).toBe('true')
      }
    }
  })

  it('refuses a token in which any one pinned claim differs', () => {
    const condition = narrowCondition(known, all(known))
    for (const { claim } of known.form) {
      expect(judge(condition, changed(known.sampleClaims, claim)), claim.join('.')).not.toBe('true')
    }
  })

  it('pins by default what is never given to anybody else', () => {
    const pinned = known.form.filter((field) => field.required).map(({ claim }) => claim.join('.'))
    const lasting = known.immutableClaims.map((path) => path.join('.'))
    expect(pinned.some((path) => lasting.includes(path))).toBe(true)
  })

  it('makes examples that come out as they say', () => {
    for (const values of [required(known), all(known)]) {
      const condition = narrowCondition(known, values)
      const { admitted, refused } = formExamples(known, values)
      expect([judge(condition, admitted), judge(condition, refused)]).toEqual(['true', 'false'])
    }
  })

  it('says which required fields are missing, all at once', () => {
    const missing = known.form.filter((field) => field.required).map(({ id }) => ({ path: id, code: 'field.required' }))
    expect(faultsOf(known, {})).toEqual(missing)
  })

  it('reads its values from the claims of a token', () => {
    const values = valuesFrom(known, known.sampleClaims)
    for (const field of known.form.filter((one) => one.required)) expect(values[field.id]).toBe(field.placeholder)
    expect(judge(narrowCondition(known, values), known.sampleClaims)).toBe('true')
  })

  it('lets no value break out of its literal', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('"', "'", '\\', '\n', ')', '||', ' true ', '&&', 'claims', '.', '/', 'a', '1', '\ud800'),
      maxLength: 20,
    })
    fc.assert(
      fc.property(fc.constantFrom(...known.form), hostile, (field, value) => {
        const condition = attempt(known, { ...all(known), [field.id]: value })
        if (condition === null) return
        expect(clauses(condition)).toBeLessThanOrEqual(known.form.length)
        expect(clauses(condition)).toBeGreaterThanOrEqual(known.form.length - 1)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the form of GitHub', () => {
  it('asks for a protected ref unless an environment or a ref is filled in, not where it is left blank', () => {
    const ids = { ownerId: '65', repositoryId: '74' }
    const isProtected = (more: Record<string, string>) =>
      narrowCondition(source('GITHUB_ACTIONS'), { ...ids, ...more }).includes('ref_protected')
    expect(isProtected({})).toBe(true)
    expect(isProtected({ environment: '', ref: '' })).toBe(true)
    expect(isProtected({ environment: 'production' })).toBe(false)
    expect(isProtected({ ref: 'refs/heads/main' })).toBe(false)
    expect(isProtected({ refProtected: '' })).toBe(false)
  })
})

describe('a form that takes anything at all', () => {
  const anything: FormField = {
    id: 'x',
    label: '',
    help: '',
    required: true,
    pattern: '[^]*',
    placeholder: 'x',
    claim: ['x'],
  }
  const open: KnownSource = { ...source('CUSTOM'), form: [anything] }

  it('still makes one comparison with exactly the value', () => {
    const lines = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(lines, lines, (value, other) => {
        const condition = attempt(open, { x: value })
        // What is no plain line is refused before it gets anywhere.
        if (condition === null) return
        expect(parseExpression(condition, ['claims']).ast.op).toBe('==')
        expect(judge(condition, { x: value })).toBe('true')
        if (other !== value) expect(judge(condition, { x: other })).toBe('false')
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('values', () => {
  it.each([
    ['GITHUB_ACTIONS', { ownerId: '65', repositoryId: '74', event: 'push", "x' }, ['event form.value_invalid']],
    ['GITHUB_ACTIONS', { ownerId: '65', repositoryId: '74', repo: 'payments' }, ['owner field.required']],
    [
      'GITHUB_ACTIONS',
      { ownerId: 'octo', repositoryId: '0', x: '' },
      ['x form.field_unknown', 'ownerId form.value_invalid', 'repositoryId form.value_invalid'],
    ],
    ['GITHUB_ACTIONS', { ownerId: '65\n', repositoryId: '74' }, ['ownerId form.value_invalid']],
    ['SPIFFE', { path: '/ns/../payments' }, ['path form.value_invalid']],
    ['SPIFFE', { path: '//' }, ['path form.value_invalid']],
    ['CUSTOM', { subject: 'x'.repeat(513) }, ['subject form.value_invalid']],
    ['CUSTOM', { __proto__: 'x' }, ['subject field.required']],
  ])('of %s %j are refused', (name, values, faults) => {
    expect(faultsOf(source(name), values).map(({ path, code }) => `${path} ${code}`)).toEqual(faults)
  })

  it.each([
    [
      'GITHUB_ACTIONS',
      { ownerId: '65', repositoryId: '74' },
      'claims.repository_owner_id == "65" && claims.repository_id == "74" && claims.ref_protected == "true"',
    ],
    [
      'GITHUB_ACTIONS',
      { ownerId: '65', repositoryId: '74', owner: 'octo-org', repo: 'payments', environment: 'production' },
      'claims.repository_owner_id == "65" && claims.repository_id == "74" && claims.repository_owner == "octo-org" && claims.repository == "octo-org/payments" && claims.environment == "production"',
    ],
    [
      'GITHUB_ACTIONS',
      { ownerId: '65', repositoryId: '74', refProtected: '' },
      'claims.repository_owner_id == "65" && claims.repository_id == "74"',
    ],
    ['SPIFFE', { path: '/ns/payments/' }, 'url(claims.sub).path.startsWith("/ns/payments/")'],
    ['SPIFFE', { path: '/ns/payments' }, 'url(claims.sub).path == "/ns/payments"'],
    [
      'AWS_IAM_OUTBOUND',
      { account: '111122223333', principal: 'arn:aws:iam::111122223333:role/deploy' },
      'claims["https://sts.amazonaws.com/"].aws_account == "111122223333" && claims.sub == "arn:aws:iam::111122223333:role/deploy"',
    ],
  ])('of %s %j make', (name, values, condition) => {
    expect(narrowCondition(source(name), values)).toBe(condition)
  })
})

function faultsOf(known: KnownSource, values: Record<string, string>): { path: string; code: string }[] {
  try {
    narrowCondition(known, values)
    return []
  } catch (error) {
    return Object(error).fields.map(({ path, code }: { path: string; code: string }) => ({ path, code }))
  }
}

function attempt(known: KnownSource, values: Record<string, string>): string | null {
  return faultsOf(known, values).length > 0 ? null : narrowCondition(known, values)
}

/** Comparisons and calls that `&&` joins; anything else at the top is none of ours. */
function clauses(condition: string): number {
  const count = (node: ReturnType<typeof parseExpression>['ast']): number => {
    if (node.op === '&&') return node.args.map(count).reduce((sum, one) => sum + one, 0)
    expect(['==', 'rcall']).toContain(node.op)
    return 1
  }
  return count(parseExpression(condition, ['claims']).ast)
}

function changed(claims: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const inner = claims[name]
  if (rest.length === 0) return { ...claims, [name]: `${inner}x` }
  return { ...claims, [name]: changed(Object(inner), rest) }
}

import { beforeEach, describe, expect, it } from 'vitest'
import type { TrustChange, TrustDraft } from './drafts.ts'
import { createProvider } from './providers.ts'
import { createServicePrincipal } from './service-principals.ts'
import {
  actorIn,
  admin,
  createTestRegistry,
  principalDraft,
  providerDraft,
  type TestRegistry,
  trustDraft,
} from './testing/registry.ts'
import { judgeTrust } from './trust-lint.ts'
import { createTrust, getTrust, updateTrust } from './trusts.ts'

let at: TestRegistry
const actor = actorIn('acme')

beforeEach(async () => {
  at = await createTestRegistry()
  await createProvider(at, actor, providerDraft({ id: 'github' }))
  await createProvider(at, actor, providerDraft({ id: 'own', known: 'CUSTOM', issuer: 'https://issuer.example' }))
  await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer' }))
})

const OPEN = 'claims.sub.startsWith("repo:octo-org")'
const OTHER = 'claims.sub.startsWith("repo:octo")'
const RULE = 'lint.open_prefix'

const create = (fields: Partial<TrustDraft>) => createTrust(at, actor, admin, 'deployer', trustDraft(fields))
const update = (cutename: string, change: TrustChange) => updateTrust(at, actor, admin, 'deployer', cutename, change)
const refused = (rule: string) => ({ kind: 'invalid', code: rule, fields: [{ path: 'condition', code: rule }] })

describe('a write that opens a trust to strangers', () => {
  it('is refused with the rule, the fix, and the way to keep it; nothing is stored', async () => {
    const fault = await create({ condition: OPEN }).catch((error) => error)
    expect(fault).toMatchObject(refused(RULE))
    expect(fault.message).toContain('claims.sub.startsWith("repo:octo-org/")')
    expect(fault.message).toContain(`put ${RULE} into acknowledgedLint`)
    expect(at.events.filter(({ action }) => action === 'trust.create')).toEqual([])
  })

  it.each<[string, Partial<TrustDraft>]>([
    ['is true for everybody', { condition: 'true' }],
    ['only excludes', { condition: 'claims.repository_owner != "mallory"' }],
    ['is not anchored', { condition: 'claims.repository_owner.matches("octo-org")' }],
    ['has one open branch', { condition: 'claims.repository_id == "74" || claims.sub.contains("octo-labs")' }],
    ['is held to all the addresses there are', { condition: OPEN, allowSourceCidrs: ['0.0.0.0/0'] }],
  ])('is refused where the condition %s', async (_why, fields) => {
    await expect(create(fields)).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: 'condition' }] })
  })

  it.each<[string, Partial<TrustDraft>]>([
    ['names are compared instead of ids', { condition: 'claims.repository == "octo-org/payments"' }],
    ['nothing is compared: clients make trusts first and give them a condition later', { condition: null }],
    [
      'exactly one value is compared, if only of what strangers choose',
      { condition: 'claims.ref == "refs/heads/main"' },
    ],
    ['nobody will ever meet it', { condition: 'claims.sub == "x"' }],
    ['it is switched off', { condition: OPEN, enabled: false }],
    ['only some addresses may use it', { condition: OPEN, allowSourceCidrs: ['192.0.2.0/24'] }],
    ['the issuer belongs to one company', { condition: 'true', provider: 'own' }],
    ['it is acknowledged', { condition: OPEN, acknowledgedLint: [RULE] }],
  ])('is let through where %s', async (_why, fields) => {
    await create(fields)
  })

  it('is refused beside other faults, but after them', async () => {
    await expect(create({ condition: OPEN, tokenLifetimeSeconds: 1 })).rejects.toMatchObject({
      fields: [{ path: 'tokenLifetimeSeconds' }],
    })
  })
})

describe('an acknowledgement', () => {
  it('is recorded with who gave it, for which rules, and stays', async () => {
    const { cutename } = await create({ condition: OPEN, acknowledgedLint: [RULE, RULE] })
    expect(at.events.at(-1)).toMatchObject({
      action: 'trust.create',
      actor: { subject: 'operator-token' },
      after: { acknowledgedLint: [RULE], condition: OPEN },
    })
    await update(cutename, { displayName: 'x' })
    await update(cutename, { condition: OPEN, allowedScopes: ['a'] })
    expect((await getTrust(at, 'acme', 'deployer', cutename)).acknowledgedLint).toEqual([RULE])
  })

  it('covers the rules it names, and no others', async () => {
    await expect(create({ condition: 'true', acknowledgedLint: [RULE] })).rejects.toMatchObject(
      refused('lint.always_true'),
    )
  })

  it('is of one condition: a new one needs it anew', async () => {
    const { cutename } = await create({ condition: OPEN, acknowledgedLint: [RULE] })
    await expect(update(cutename, { condition: OTHER })).rejects.toMatchObject(refused(RULE))
    expect(await update(cutename, { condition: OTHER, acknowledgedLint: [RULE] })).toMatchObject({ condition: OTHER })
    expect(await update(cutename, { condition: 'claims.repository_id == "74"' })).toMatchObject({
      acknowledgedLint: [],
    })
  })

  it('may be taken back only with what it covers', async () => {
    const { cutename } = await create({ condition: OPEN, acknowledgedLint: [RULE] })
    await expect(update(cutename, { acknowledgedLint: [] })).rejects.toMatchObject(refused(RULE))
    await update(cutename, { acknowledgedLint: [], enabled: false })
    await expect(update(cutename, { enabled: true })).rejects.toMatchObject(refused(RULE))
  })

  it('names rules that exist', async () => {
    await expect(create({ acknowledgedLint: ['lint.nothing', '__proto__', RULE] })).rejects.toMatchObject({
      fields: [
        { path: 'acknowledgedLint[0]', code: 'lint.rule_unknown' },
        { path: 'acknowledgedLint[1]', code: 'lint.rule_unknown' },
      ],
    })
    await expect(create({ acknowledgedLint: Array(50).fill(RULE) })).rejects.toMatchObject({
      fields: [{ code: 'field.too_many' }],
    })
  })
})

describe('a trust that was open before lint judged it', () => {
  /** As an older version stored it. */
  async function older() {
    const made = await create({})
    const trust = { ...made, condition: OPEN, version: 2 }
    await at.write((tx) => tx.trusts.update(trust))
    return trust
  }

  it('may be renamed, narrowed and switched off', async () => {
    const { cutename } = await older()
    await update(cutename, { displayName: 'x' })
    await update(cutename, { allowSourceCidrs: ['192.0.2.0/24'] })
    await update(cutename, { enabled: false })
  })

  it('may not be made another open one, or be opened further', async () => {
    const { cutename } = await older()
    await expect(update(cutename, { condition: OTHER })).rejects.toMatchObject(refused(RULE))
    await update(cutename, { allowSourceCidrs: ['192.0.2.0/24'] })
    await expect(update(cutename, { allowSourceCidrs: [] })).rejects.toMatchObject(refused(RULE))
  })
})

describe('findings', () => {
  it('are those of the issuer, whatever the provider is called', async () => {
    const trust = await create({ condition: null })
    const provider = await at.stores.providers.get('acme', 'github')
    if (provider === null) throw new TypeError('made above')
    const severities = [
      provider,
      { ...provider, known: 'CUSTOM' },
      { ...provider, issuer: 'https://token.actions.githubusercontent.com/octo' },
    ].map((one) => judgeTrust(trust, one, 'entente.example').map(({ rule, severity }) => `${severity} ${rule}`))
    expect(severities).toEqual([
      ['error lint.no_condition'],
      ['error lint.no_condition'],
      ['warning lint.no_condition'],
    ])
  })

  it('say where tokens that were made for somebody else are taken', async () => {
    const trust = await create({ condition: 'claims.repository_id == "74" && claims.ref == "refs/heads/main"' })
    const provider = await at.stores.providers.get('acme', 'github')
    if (provider === null) throw new TypeError('made above')
    const wide = { ...provider, settings: { allowedAudiences: ['api.acme.example', 'https://github.com/octo-org'] } }
    expect(judgeTrust(trust, wide, 'entente.example')).toMatchObject([
      {
        rule: 'lint.audience_of_another_service',
        severity: 'warning',
        fix: `${trust.condition} && "entente.example" in claims.aud`,
        witness: { aud: 'https://github.com/octo-org' },
      },
    ])
    const narrow = { ...trust, condition: `${trust.condition} && "api.acme.example" in claims.aud` }
    expect(judgeTrust(narrow, wide, 'entente.example')).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import type { Provider } from './provider.ts'
import { createProvider, getProvider, listProviders, removeProvider, updateProvider } from './providers.ts'
import { createServicePrincipal } from './service-principals.ts'
import {
  actorIn,
  admin,
  createTestRegistry,
  operator,
  principalDraft,
  providerDraft,
  type TestRegistry,
  trustDraft,
} from './testing/registry.ts'
import { createTrust } from './trusts.ts'

const actor = actorIn('acme')
const CUSTOM = { known: 'CUSTOM', issuer: 'https://issuer.example.com' }

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

describe('creating a provider', () => {
  it('stores what was asked and found, with its audit row', async () => {
    const at = await createTestRegistry()
    const issuer = 'HTTPS://Token.Actions.GitHubUserContent.com/'
    const provider = await createProvider(at, actor, providerDraft({ issuer, displayName: 'GitHub Actions' }))
    expect(provider).toMatchObject({
      id: 'github-actions',
      organisation: 'acme',
      protocol: 'oidc',
      known: 'GITHUB_ACTIONS',
      issuer: 'https://token.actions.githubusercontent.com',
      expectedIssuer: issuer,
      version: 1,
    })
    expect(at.probes).toMatchObject([{ use: 'workload', known: 'GITHUB_ACTIONS', issuer, settings: {} }])
    expect(provider.settings).toHaveProperty('jwksUri')
    expect(await at.stores.providers.get('acme', 'github-actions')).toEqual(provider)
    expect(at.events).toMatchObject([
      {
        organisation: 'acme',
        actor,
        action: 'provider.create',
        target: { kind: 'provider', id: 'github-actions', uid: provider.uid },
        before: null,
        after: { issuer: provider.issuer, createdAt: '2026-11-24T12:00:00.000Z' },
      },
    ])
    expect(at.events[0]?.after).not.toHaveProperty('secrets')
  })

  it('asks nobody and stores nothing when the draft is bad', async () => {
    const at = await createTestRegistry()
    const fault = await faultOf(createProvider(at, actor, providerDraft({ id: 'BAD', known: null, issuer: null })))
    expect(fault).toMatchObject({ kind: 'invalid', code: 'request.invalid' })
    expect(fault.fields.map((field) => field.path)).toEqual(['id', 'known', 'issuer'])
    expect([at.probes, at.events]).toEqual([[], []])
  })

  it('stores nothing when the upstream says no', async () => {
    const no = new Fault('upstream', 'provider.discovery_failed', 'no')
    const at = await createTestRegistry({ probe: () => Promise.reject(no) })
    expect(await faultOf(createProvider(at, actor, providerDraft()))).toBe(no)
    expect(await listProviders(at, 'acme', { limit: 10 })).toEqual([])
    expect(at.events).toEqual([])
  })

  it('refuses an issuer twice in an organisation, before asking the upstream, and takes it in another one', async () => {
    const at = await createTestRegistry()
    await createProvider(at, actor, providerDraft())
    const again = providerDraft({ issuer: 'https://TOKEN.actions.githubusercontent.com/' })
    const fault = await faultOf(createProvider(at, actor, again))
    expect(fault).toMatchObject({ kind: 'conflict', code: 'provider.issuer_taken', fields: [{ path: 'issuer' }] })
    expect(fault.message).toBe('Another workload provider of the organisation has this issuer.')
    expect(at.probes).toHaveLength(1)
    await createProvider(at, actorIn('rival'), again)
  })

  it('lets one of parallel creates win', async () => {
    const at = await createTestRegistry()
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => createProvider(at, actor, providerDraft())))
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of all) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'provider.issuer_taken' })
    }
    expect(at.events).toHaveLength(1)
  })

  it('draws another id when the made one is taken, and refuses a given one', async () => {
    const at = await createTestRegistry()
    await createProvider(at, actor, providerDraft({ displayName: 'GitHub' }))
    const second = await createProvider(at, actor, providerDraft({ displayName: 'GitHub', ...CUSTOM }))
    expect(second.id).toMatch(/^github-[0-9a-z]{5}$/)
    const third = providerDraft({ id: 'github', ...CUSTOM, issuer: 'https://other.example.com' })
    expect(await faultOf(createProvider(at, actor, third))).toMatchObject({
      kind: 'conflict',
      code: 'provider.id_taken',
      fields: [{ path: 'id' }],
    })
    const both = providerDraft({ id: 'github' })
    expect((await faultOf(createProvider(at, actor, both))).fields).toHaveLength(2)
  })

  it('names a provider without display name after its source', async () => {
    const at = await createTestRegistry()
    const provider = await createProvider(at, actor, providerDraft({ displayName: '  ' }))
    expect(provider).toMatchObject({ id: 'github-actions', displayName: null })
  })

  it('knows no organisation that does not exist', async () => {
    const at = await createTestRegistry()
    const fault = await faultOf(createProvider(at, actorIn('nowhere'), providerDraft()))
    expect(fault).toMatchObject({ kind: 'missing', code: 'organisation.unknown' })
  })
})

describe('changing a provider', () => {
  async function start(options: Parameters<typeof createTestRegistry>[0] = {}): Promise<[TestRegistry, Provider]> {
    const at = await createTestRegistry(options)
    const draft = providerDraft({ ...CUSTOM, id: 'issuer', settings: { oidc: { allowedAudiences: ['a'] } } })
    return [at, await createProvider(at, actor, draft)]
  }

  it('merges: what is absent stays, what is null clears', async () => {
    const [at, before] = await start()
    at.clock.now = new Date('2026-11-25T00:00:00Z')
    const after = await updateProvider(at, actor, operator, 'workload', 'issuer', {
      displayName: null,
      description: 'd',
    })
    expect(after).toEqual({
      ...before,
      displayName: null,
      description: 'd',
      version: 2,
      updatedAt: new Date('2026-11-25T00:00:00Z'),
    })
    expect(await getProvider(at, 'acme', 'issuer')).toEqual(after)
    expect(at.events[1]).toMatchObject({
      action: 'provider.update',
      before: { version: 1 },
      after: { version: 2, description: 'd' },
    })
    expect(at.forgotten).toEqual([])
  })

  it('that changes nothing writes nothing', async () => {
    const [at, before] = await start()
    const same = { displayName: before.displayName, enabled: true, settings: { oidc: { allowedAudiences: ['a'] } } }
    expect(await updateProvider(at, actor, operator, 'workload', 'issuer', same)).toEqual(before)
    expect(at.events).toHaveLength(1)
    expect([at.probes.length, at.forgotten.length]).toEqual([1, 0])
  })

  it('asks the upstream again only where its answer may change', async () => {
    const [at] = await start()
    const change = async (oidc: Record<string, string | number | boolean | null>) =>
      (await updateProvider(at, actor, operator, 'workload', 'issuer', { settings: { oidc } })).settings
    const found = { jwksUri: 'https://issuer.example.com/keys' }
    expect(await change({ maxTokenAgeSeconds: 60 })).toEqual({
      allowedAudiences: ['a'],
      maxTokenAgeSeconds: 60,
      ...found,
    })
    expect(await change({ allowedAudiences: null, singleUse: true })).toEqual({
      maxTokenAgeSeconds: 60,
      singleUse: true,
      ...found,
    })
    expect(at.probes).toHaveLength(1)
    expect(await change({ caPem: 'pem' })).toMatchObject({ caPem: 'pem', ...found })
    expect(at.probes).toHaveLength(2)
    expect(at.probes[1]).toMatchObject({ settings: { caPem: 'pem', maxTokenAgeSeconds: 60, singleUse: true } })
    expect(at.probes[1]?.settings).not.toHaveProperty('jwksUri')
  })

  it('makes the protocol forget the upstream only with its settings: what is at hand must outlive an outage', async () => {
    const at = await createTestRegistry()
    const { uid } = await createProvider(at, actor, providerDraft({ id: 'github' }))
    const change = (part: Parameters<typeof updateProvider>[5]) =>
      updateProvider(at, actor, admin, 'workload', 'github', part)
    await change({ displayName: 'Another name', description: 'x', labels: { a: 'b' } })
    await change({ enabled: false })
    await change({ enabled: true })
    expect(at.forgotten).toEqual([])
    await change({ settings: { oidc: { caPem: 'x' } } })
    expect(at.forgotten).toEqual([uid])
  })

  it('asks for a new SPIFFE bundle before it is saved', async () => {
    const at = await createTestRegistry()
    const bundle = (path: string) => ({ spiffe: { bundleEndpointUrl: `https://prod.example.com/${path}` } })
    const draft = providerDraft({ known: 'SPIFFE', issuer: 'spiffe://prod.example.com/', settings: bundle('a') })
    const made = await createProvider(at, actor, draft)
    expect(made).toMatchObject({
      protocol: 'spiffe',
      issuer: 'spiffe://prod.example.com',
      settings: bundle('a').spiffe,
    })
    await updateProvider(at, actor, operator, 'workload', made.id, { settings: bundle('a') })
    expect(at.probes).toHaveLength(1)
    await updateProvider(at, actor, operator, 'workload', made.id, { settings: bundle('b') })
    expect(at.probes[1]).toMatchObject({ known: 'SPIFFE', settings: bundle('b').spiffe })
    expect(at.forgotten).toEqual([made.uid])
  })

  it('stores nothing when the upstream says no', async () => {
    const no = new Fault('upstream', 'provider.bundle_invalid', 'no')
    let answers = 1
    const [at, before] = await start({
      probe: ({ issuer, settings }) =>
        answers-- > 0 ? Promise.resolve({ expectedIssuer: issuer, settings }) : Promise.reject(no),
    })
    const change = { displayName: 'new', settings: { oidc: { caPem: 'pem' } } }
    expect(await faultOf(updateProvider(at, actor, operator, 'workload', 'issuer', change))).toBe(no)
    expect(await getProvider(at, 'acme', 'issuer')).toEqual(before)
  })

  it('tells all faults at once, the other protocol included', async () => {
    const [at] = await start()
    const change = { displayName: 'a\u0000', settings: { oidc: { nonsense: 1 }, spiffe: {} } }
    const fault = await faultOf(updateProvider(at, actor, operator, 'workload', 'issuer', change))
    expect(fault.fields.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'displayName field.not_text',
      'oidc.nonsense field.unknown',
      'spiffe provider.settings_contradict',
    ])
  })

  it('against another version than the stored one is refused', async () => {
    const [at] = await start()
    const change = (displayName: string, version: number) =>
      updateProvider(at, actor, operator, 'workload', 'issuer', { displayName, version })
    await change('one', 1)
    expect(await faultOf(change('two', 1))).toMatchObject({ kind: 'conflict', code: 'provider.changed' })
    expect(await change('two', 2)).toMatchObject({ displayName: 'two', version: 3 })
  })

  it('has exactly one winner among parallel ones that saw the same version', async () => {
    const [at] = await start()
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) =>
        updateProvider(at, actor, operator, 'workload', 'issuer', { displayName: `n${n}`, version: 1 }),
      ),
    )
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(await getProvider(at, 'acme', 'issuer')).toMatchObject({ version: 2 })
  })

  it('loses nothing among parallel ones without a version', async () => {
    const [at] = await start()
    const changes = [
      { displayName: 'new' },
      { description: 'new' },
      { enabled: false },
      { labels: { a: 'b' } },
      { settings: { oidc: { singleUse: true } } },
      { settings: { oidc: { maxTokenAgeSeconds: 60 } } },
      { settings: { oidc: { caPem: 'pem' } } },
    ]
    await Promise.all(changes.map((change) => updateProvider(at, actor, operator, 'workload', 'issuer', change)))
    expect(await getProvider(at, 'acme', 'issuer')).toMatchObject({
      displayName: 'new',
      description: 'new',
      enabled: false,
      labels: { a: 'b' },
      settings: { singleUse: true, maxTokenAgeSeconds: 60, caPem: 'pem' },
      version: 8,
    })
  })

  it('is tried again when another process was first, and given up only when a version was named', async () => {
    const [at] = await start()
    let losses = 3
    const losing: TestRegistry = {
      ...at,
      write: (work) =>
        at.write((tx) => {
          const update = async (provider: Provider) => (losses-- > 0 ? false : await tx.providers.update(provider))
          return work({ ...tx, providers: { ...tx.providers, update } })
        }),
    }
    const change = (version?: number) =>
      updateProvider(losing, actor, operator, 'workload', 'issuer', {
        displayName: `after ${losses}`,
        ...(version === undefined ? {} : { version }),
      })
    expect(await change()).toMatchObject({ version: 2 })
    losses = 1
    expect(await faultOf(change(2))).toMatchObject({ code: 'provider.changed' })
    losses = 1000
    expect(await faultOf(change())).toMatchObject({ code: 'provider.changed' })
  })

  it('takes the right to give every role that its trusts give, where it decides who gets in', async () => {
    const at = await createTestRegistry()
    const home = actorIn('default')
    await createProvider(at, home, providerDraft({ ...CUSTOM, id: 'issuer' }))
    await createServicePrincipal(at, home, operator, principalDraft({ id: 'root', roleIds: ['operator', 'viewer'] }))
    const trust = trustDraft({ provider: 'issuer', condition: null })
    const change = (fields: Parameters<typeof updateProvider>[5]) =>
      updateProvider(at, home, admin, 'workload', 'issuer', fields)
    await createTrust(at, home, operator, 'root', { ...trust, scopedRoleIds: ['viewer'] })
    await change({ settings: { oidc: { jwksJson: 'mine' } } })
    await createTrust(at, home, operator, 'root', trust)
    for (const oidc of [{ jwksJson: 'theirs' }, { allowedAudiences: ['x'] }, { jwksJson: null }]) {
      const fault = await faultOf(change({ settings: { oidc } }))
      expect(fault).toMatchObject({ kind: 'denied', code: 'role.above_own' })
    }
    await change({ displayName: 'harmless' })
    await change({ enabled: false })
    expect(await faultOf(change({ enabled: true }))).toMatchObject({ code: 'role.above_own' })
    await updateProvider(at, home, operator, 'workload', 'issuer', {
      enabled: true,
      settings: { oidc: { caPem: 'p' } },
    })
  })
})

describe('removing a provider', () => {
  it('is refused while trusts use it, with their list', async () => {
    const at = await createTestRegistry()
    await createProvider(at, actor, providerDraft({ id: 'github' }))
    await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer' }))
    const trust = await createTrust(at, actor, admin, 'deployer', trustDraft({ enabled: false }))
    const fault = await faultOf(removeProvider(at, actor, 'workload', 'github'))
    expect(fault).toMatchObject({ kind: 'conflict', code: 'provider.has_trusts' })
    expect(fault.message).toBe(`Trusts still use this provider: ${trust.cutename}.`)
    expect(fault.fields).toEqual([])
    expect(at.forgotten).toEqual([])
  })

  it('leaves an audit row, and the protocol forgets it', async () => {
    const at = await createTestRegistry()
    const provider = await createProvider(at, actor, providerDraft({ id: 'github' }))
    await removeProvider(at, actor, 'workload', 'github')
    expect(at.events[1]).toMatchObject({ action: 'provider.remove', before: { id: 'github' }, after: null })
    expect(at.forgotten).toEqual([provider.uid])
    expect(await faultOf(removeProvider(at, actor, 'workload', 'github'))).toMatchObject({ code: 'provider.unknown' })
  })
})

describe('a provider of another organisation, or of another use, answers like none', () => {
  it.each([
    ['acme', 'nothing', 'workload'],
    ['rival', 'github', 'workload'],
    ['acme', 'github', 'workforce'],
    ['acme', 'git\u0000hub', 'workload'],
    ['acme', 'GITHUB', 'workload'],
  ] as const)('%s, %o, %s', async (organisation, id, use) => {
    const at = await createTestRegistry()
    await createProvider(at, actor, providerDraft({ id: 'github' }))
    const other = actorIn(organisation)
    for (const attempt of [
      getProvider(at, organisation, id, use),
      updateProvider(at, other, operator, use, id, { displayName: 'x' }),
      removeProvider(at, other, use, id),
    ]) {
      const { kind, code, message, fields } = await faultOf(attempt)
      expect({ kind, code, message, fields }).toEqual({
        kind: 'missing',
        code: 'provider.unknown',
        message: 'There is no such provider.',
        fields: [],
      })
    }
    expect(await listProviders(at, 'rival', { limit: 10 })).toEqual([])
    expect(await listProviders(at, 'acme', { limit: 10 }, { use: 'step-up' })).toEqual([])
  })
})

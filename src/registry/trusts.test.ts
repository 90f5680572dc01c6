import { beforeEach, describe, expect, it } from 'vitest'
import { clientIdOf } from './cutename.ts'
import type { TrustChange, TrustDraft } from './drafts.ts'
import { createProvider } from './providers.ts'
import { createServicePrincipal, updateServicePrincipal } from './service-principals.ts'
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
import { createTrust, getTrust, listTrusts, removeTrust, searchTrusts, updateTrust } from './trusts.ts'

const actor = actorIn('acme')
let at: TestRegistry
beforeEach(async () => {
  at = await createTestRegistry()
  await createProvider(at, actor, providerDraft({ id: 'github' }))
  await createProvider(at, actorIn('rival'), providerDraft({ id: 'theirs' }))
  await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer', roleIds: ['admin', 'viewer'] }))
  await createServicePrincipal(at, actor, admin, principalDraft({ id: 'other' }))
  await createServicePrincipal(at, actorIn('rival'), admin, principalDraft({ id: 'deployer' }))
})

const create = (fields: Partial<TrustDraft> = {}) => createTrust(at, actor, admin, 'deployer', trustDraft(fields))

describe('creating a trust', () => {
  it('stores every field, named by a cutename, with an audit row', async () => {
    const fields: Partial<TrustDraft> = {
      displayName: 'Deploy',
      description: 'from main',
      scopedRoleIds: ['viewer', 'viewer'],
      allowSourceCidrs: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'],
      passthroughClaims: ['repository', 'repository'],
      allowedResources: ['https://api.example.com/v1', 'urn:example:x'],
      allowedScopes: ['deploy'],
      tokenLifetimeSeconds: 300,
      capLifetimeToSubject: true,
      labels: { team: 'payments' },
    }
    const trust = await create(fields)
    const principal = await at.stores.servicePrincipals.get('acme', 'deployer')
    const provider = await at.stores.providers.get('acme', 'github')
    expect(trust).toMatchObject({
      ...fields,
      scopedRoleIds: ['viewer'],
      passthroughClaims: ['repository'],
      id: trust.cutename,
      principal: principal?.uid,
      provider: provider?.uid,
      organisation: 'acme',
      version: 1,
    })
    expect(await getTrust(at, 'acme', 'deployer', trust.cutename)).toEqual(trust)
    expect(at.events.at(-1)).toMatchObject({ action: 'trust.create', target: { id: trust.id, uid: trust.uid } })
  })

  it('takes a name that a manifest chose, once', async () => {
    const trust = await create({ id: 'deploy-main' })
    expect(trust.id).toBe('deploy-main')
    expect(trust.cutename).not.toBe('deploy-main')
    await expect(create({ id: 'deploy-main' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'trust.id_taken',
      fields: [{ path: 'id' }],
    })
  })

  it('draws another cutename when one is taken, in any organisation', async () => {
    const taken = new Uint8Array(8)
    const draws = [taken, taken, new Uint8Array([1, 1, 0, 0, 0, 0, 0, 1])]
    at = { ...at, randomBytes: () => draws.shift() ?? taken }
    const first = await create()
    const second = await create({ id: 'second' })
    expect([first.cutename, second.cutename, draws]).toEqual(['able-ant-10000', expect.any(String), []])
    expect(second.cutename).not.toBe(first.cutename)
  })

  it('has every fault told at once', async () => {
    const bad = trustDraft({
      id: 'A',
      provider: 'nothing',
      displayName: 'x'.repeat(256),
      description: 'x'.repeat(2049),
      condition: 'claims.repository ==',
      scopedRoleIds: ['ok', 'Not ok'],
      allowSourceCidrs: ['192.0.2.0/24', 'x', '10.0.0.0/33', '::/0'],
      passthroughClaims: ['', 'a\u0000', 'x'.repeat(257)],
      allowedResources: ['/relative', 'https://a.example/#x', 'https://a b', 'nothing', 'x'.repeat(2049)],
      allowedScopes: ['a b', '"', ''],
      tokenLifetimeSeconds: 299,
      labels: { '': '' },
    })
    const fault = await createTrust(at, actor, admin, 'deployer', bad).catch((error) => error)
    expect(fault).toMatchObject({ kind: 'invalid', code: 'request.invalid' })
    expect(fault.fields.map((field: { path: string; code: string }) => `${field.path} ${field.code}`)).toEqual([
      'id id.invalid',
      'displayName field.too_long',
      'description field.too_long',
      'condition condition.syntax',
      'scopedRoleIds[1] role.invalid',
      'allowSourceCidrs[1] cidr.invalid',
      'allowSourceCidrs[2] cidr.invalid',
      'passthroughClaims[0] trust.claim_invalid',
      'passthroughClaims[1] trust.claim_invalid',
      'passthroughClaims[2] field.too_long',
      'allowedResources[0] trust.resource_invalid',
      'allowedResources[1] trust.resource_invalid',
      'allowedResources[2] trust.resource_invalid',
      'allowedResources[3] trust.resource_invalid',
      'allowedResources[4] field.too_long',
      'allowedScopes[0] trust.scope_invalid',
      'allowedScopes[1] trust.scope_invalid',
      'allowedScopes[2] trust.scope_invalid',
      'tokenLifetimeSeconds trust.lifetime_invalid',
      'labels. label.invalid',
      'provider trust.provider_unknown',
    ])
  })

  it.each([
    ['allowSourceCidrs', { allowSourceCidrs: Array.from({ length: 33 }, () => '192.0.2.1') }],
    ['passthroughClaims', { passthroughClaims: Array.from({ length: 33 }, (_, n) => `c${n}`) }],
    ['allowedResources', { allowedResources: Array.from({ length: 33 }, (_, n) => `urn:x:${n}`) }],
    ['allowedScopes', { allowedScopes: Array.from({ length: 65 }, (_, n) => `s${n}`) }],
    ['scopedRoleIds', { scopedRoleIds: Array.from({ length: 65 }, (_, n) => `r${n}`) }],
  ])('bounds %s', async (path, fields) => {
    await expect(create(fields)).rejects.toMatchObject({ fields: [{ path, code: 'field.too_many' }] })
  })

  it.each([300, 3600])('lets tokens live %i seconds', async (tokenLifetimeSeconds) => {
    expect(await create({ tokenLifetimeSeconds })).toMatchObject({ tokenLifetimeSeconds })
  })
  it.each([0, 299, 3601, 300.5, Number.NaN])('never lets tokens live %o seconds', async (tokenLifetimeSeconds) => {
    await expect(create({ tokenLifetimeSeconds })).rejects.toMatchObject({ code: 'trust.lifetime_invalid' })
  })

  it.each(['claims.a == "\u0000"', 'claims.a == "\ud800"', `claims.a == "${'x'.repeat(1024)}"`, '', 'other.a == 1'])(
    'refuses the condition %o',
    async (condition) => {
      await expect(create({ condition })).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: 'condition' }] })
    },
  )

  it('answers alike for a provider of another organisation, of another use, and none', async () => {
    const workload = await at.stores.providers.get('acme', 'github')
    if (workload === null) throw new Error('made above')
    const sso = { ...workload, uid: at.newUid(), id: 'sso', use: 'workforce' as const, issuer: 'https://sso.example' }
    await at.write((tx) => tx.providers.insert(sso))
    const faults = await Promise.all(
      ['nothing', 'theirs', 'sso', '', 'git\u0000hub'].map((provider) => create({ provider }).catch((error) => error)),
    )
    for (const { kind, code, message, fields } of faults) {
      expect({ kind, code, message, fields }).toEqual({
        kind: 'invalid',
        code: 'trust.provider_unknown',
        message: 'provider: is not the id of a workload provider of the organisation',
        fields: [expect.objectContaining({ path: 'provider' })],
      })
    }
  })
})

describe('a trust on a principal above the grantor', () => {
  const home = actorIn('default')
  beforeEach(async () => {
    await createProvider(at, home, providerDraft({ id: 'github' }))
    await createServicePrincipal(at, home, operator, principalDraft({ id: 'root', roleIds: ['operator', 'viewer'] }))
  })

  it('is not theirs to make, unless it gives only what is below', async () => {
    const make = (scopedRoleIds: string[]) =>
      createTrust(at, home, admin, 'root', trustDraft({ scopedRoleIds, condition: null }))
    await expect(make([])).rejects.toMatchObject({ kind: 'denied', code: 'role.above_own' })
    await expect(make(['operator', 'viewer'])).rejects.toMatchObject({ code: 'role.above_own' })
    await make(['viewer'])
    await createTrust(at, home, operator, 'root', trustDraft())
  })

  it.each<[TrustChange, string | null]>([
    [{ condition: null }, 'role.above_own'],
    [{ condition: 'claims.a == "b"' }, 'role.above_own'],
    [{ allowSourceCidrs: [] }, 'role.above_own'],
    [{ allowedResources: ['urn:x:y'] }, 'role.above_own'],
    [{ scopedRoleIds: ['operator'] }, 'role.above_own'],
    [{ tokenLifetimeSeconds: 3600 }, 'role.above_own'],
    [{ scopedRoleIds: ['viewer'] }, null],
    [{ displayName: 'x', description: 'y', labels: { a: 'b' } }, null],
    [{ enabled: false }, null],
  ])('may be changed by %o: %o', async (change, code) => {
    const made = await createTrust(at, home, operator, 'root', trustDraft({ allowSourceCidrs: ['192.0.2.1'] }))
    const changed = updateTrust(at, home, admin, 'root', made.cutename, change)
    if (code === null) expect(await changed).toMatchObject(change)
    else await expect(changed).rejects.toMatchObject({ code })
  })

  it('may not be switched on again', async () => {
    const made = await createTrust(at, home, operator, 'root', trustDraft({ enabled: false }))
    const changed = updateTrust(at, home, admin, 'root', made.cutename, { enabled: true })
    await expect(changed).rejects.toMatchObject({ code: 'role.above_own' })
  })

  it('follows the principal: roles are judged as they are at the write', async () => {
    const made = await createTrust(at, actor, admin, 'other', trustDraft())
    await updateServicePrincipal(at, actor, admin, 'other', { roleIds: ['admin'] })
    const viewer = { operator: false, roles: ['viewer'] }
    const changed = updateTrust(at, actor, viewer, 'other', made.cutename, { condition: null })
    await expect(changed).rejects.toMatchObject({ code: 'role.above_own' })
  })
})

describe('changing a trust', () => {
  it('merges: what is absent stays, what is null clears', async () => {
    const before = await create({ displayName: 'a', description: 'b', tokenLifetimeSeconds: 600 })
    const after = await updateTrust(at, actor, admin, 'deployer', before.cutename, {
      displayName: null,
      tokenLifetimeSeconds: null,
      enabled: false,
    })
    expect(after).toEqual({ ...before, displayName: null, tokenLifetimeSeconds: null, enabled: false, version: 2 })
    expect(at.events.at(-1)).toMatchObject({ action: 'trust.update', before: { version: 1 }, after: { version: 2 } })
  })

  it('judges only what is given, by the same rules', async () => {
    const { cutename } = await create()
    const bad = { condition: '1 +', allowSourceCidrs: ['x'], tokenLifetimeSeconds: 1 }
    await expect(updateTrust(at, actor, admin, 'deployer', cutename, bad)).rejects.toMatchObject({
      fields: [{ path: 'condition' }, { path: 'allowSourceCidrs[0]' }, { path: 'tokenLifetimeSeconds' }],
    })
  })

  it('against another version than the stored one is refused; without one it merges', async () => {
    const { cutename } = await create()
    const change = (fields: TrustChange) => updateTrust(at, actor, admin, 'deployer', cutename, fields)
    await Promise.all([change({ displayName: 'n' }), change({ description: 'd' }), change({ enabled: false })])
    expect(await getTrust(at, 'acme', 'deployer', cutename)).toMatchObject({
      displayName: 'n',
      description: 'd',
      enabled: false,
      version: 4,
    })
    await expect(change({ displayName: 'x', version: 3 })).rejects.toMatchObject({ code: 'trust.changed' })
  })
})

describe('finding trusts', () => {
  it('by short or full client id of the principal, and no other way', async () => {
    const trust = await create({ id: 'deploy-main' })
    const get = (clientId: string) => getTrust(at, 'acme', 'deployer', clientId)
    expect(await get(trust.cutename)).toEqual(trust)
    expect(await get(clientIdOf(trust.cutename, 'acme.entente.example', 'wfe'))).toEqual(trust)
    for (const wrong of [
      clientIdOf(trust.cutename, 'acme.entente.example', 'spc'),
      clientIdOf(trust.cutename, 'entente.example', 'wfe'),
      clientIdOf(trust.cutename, 'acme.entente.example:443', 'wfe'),
      'deploy-main',
      'clever-fox-42195',
      '',
    ]) {
      await expect(get(wrong)).rejects.toMatchObject({ kind: 'missing', code: 'trust.unknown' })
    }
  })

  it('of another principal or organisation answers like none', async () => {
    const trust = await create()
    for (const [organisation, principal] of [
      ['acme', 'other'],
      ['rival', 'deployer'],
    ] as const) {
      const away = actorIn(organisation)
      for (const attempt of [
        getTrust(at, organisation, principal, trust.cutename),
        updateTrust(at, away, operator, principal, trust.cutename, { enabled: false }),
        removeTrust(at, away, principal, trust.cutename),
      ]) {
        await expect(attempt).rejects.toMatchObject({ kind: 'missing', code: 'trust.unknown', fields: [] })
      }
      expect(await listTrusts(at, organisation, principal, { limit: 10 })).toEqual([])
    }
    expect(await searchTrusts(at, 'rival', { limit: 10 }, {})).toEqual([])
    expect(await searchTrusts(at, 'rival', { limit: 10 }, { provider: 'github' })).toEqual([])
  })

  it('by principal, provider and words, page by page', async () => {
    const a = await create({ displayName: 'Deploy MAIN' })
    const b = await create({ description: 'the main road' })
    const c = await createTrust(at, actor, admin, 'other', trustDraft({ displayName: '100%' }))
    const search = async (criteria: Parameters<typeof searchTrusts>[3], after?: string) =>
      (await searchTrusts(at, 'acme', { limit: 2, ...(after === undefined ? {} : { after }) }, criteria)).map(
        (trust) => trust.uid,
      )
    expect(await search({})).toEqual([a.uid, b.uid])
    expect(await search({}, b.uid)).toEqual([c.uid])
    expect(await search({ query: 'main' })).toEqual([a.uid, b.uid])
    expect(await search({ query: '100%' })).toEqual([c.uid])
    expect(await search({ principal: 'other' })).toEqual([c.uid])
    expect(await search({ provider: 'github', principal: 'deployer', query: 'road' })).toEqual([b.uid])
    for (const nothing of [{ principal: 'nothing' }, { provider: 'theirs' }, { query: '\u0000' }, { provider: 'X' }]) {
      expect(await search(nothing)).toEqual([])
    }
  })

  it('is over once they are removed', async () => {
    const trust = await create()
    await removeTrust(at, actor, 'deployer', trust.cutename)
    expect(at.events.at(-1)).toMatchObject({ action: 'trust.remove', before: { uid: trust.uid }, after: null })
    await expect(removeTrust(at, actor, 'deployer', trust.cutename)).rejects.toMatchObject({ code: 'trust.unknown' })
  })
})

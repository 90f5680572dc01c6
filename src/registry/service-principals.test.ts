import { describe, expect, it } from 'vitest'
import { createCredential } from './credentials.ts'
import { createProvider } from './providers.ts'
import {
  createServicePrincipal,
  getServicePrincipal,
  listServicePrincipals,
  removeServicePrincipal,
  updateServicePrincipal,
} from './service-principals.ts'
import {
  actorIn,
  admin,
  createTestRegistry,
  operator,
  principalDraft,
  providerDraft,
  trustDraft,
} from './testing/registry.ts'
import { createTrust } from './trusts.ts'

const actor = actorIn('acme')
const fault = (code: string) => expect.objectContaining({ code })

describe('a service principal', () => {
  it('is made with an id of its name, its roles once each, and an audit row', async () => {
    const at = await createTestRegistry()
    const draft = principalDraft({ displayName: 'Payments deployer', roleIds: ['viewer', 'team.x', 'viewer'] })
    const principal = await createServicePrincipal(at, actor, admin, draft)
    expect(principal).toMatchObject({ id: 'payments-deployer', roleIds: ['viewer', 'team.x'], version: 1 })
    expect(await getServicePrincipal(at, 'acme', 'payments-deployer')).toEqual(principal)
    expect(at.events).toMatchObject([{ action: 'principal.create', target: { uid: principal.uid } }])
    const second = await createServicePrincipal(at, actor, admin, draft)
    expect(second.id).toMatch(/^payments-deployer-[0-9a-z]{5}$/)
    const given = principalDraft({ id: 'payments-deployer' })
    await expect(createServicePrincipal(at, actor, admin, given)).rejects.toEqual(fault('principal.id_taken'))
    expect((await listServicePrincipals(at, 'acme', { limit: 10 })).map((one) => one.uid)).toEqual([
      principal.uid,
      second.uid,
    ])
  })

  it('has every fault told at once', async () => {
    const at = await createTestRegistry()
    const draft = principalDraft({ id: '-', displayName: 'a\nb', roleIds: ['A', 'b', ''], labels: { '': '' } })
    await expect(createServicePrincipal(at, actor, admin, draft)).rejects.toMatchObject({
      kind: 'invalid',
      fields: [
        { path: 'id' },
        { path: 'displayName' },
        { path: 'roleIds[0]' },
        { path: 'roleIds[2]' },
        { path: 'labels.' },
      ],
    })
  })

  it('is changed by merging, and only where something changes', async () => {
    const at = await createTestRegistry()
    const before = await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer' }))
    const after = await updateServicePrincipal(at, actor, admin, 'deployer', { enabled: false })
    expect(after).toEqual({ ...before, enabled: false, version: 2 })
    expect(await updateServicePrincipal(at, actor, admin, 'deployer', { enabled: false })).toEqual(after)
    expect(at.events).toHaveLength(2)
    const stale = updateServicePrincipal(at, actor, admin, 'deployer', { displayName: null, version: 1 })
    await expect(stale).rejects.toEqual(fault('principal.changed'))
  })

  it('gets no role above the grantor, neither at once nor later', async () => {
    const at = await createTestRegistry()
    const home = actorIn('default')
    const root = principalDraft({ id: 'root', roleIds: ['operator'] })
    await expect(createServicePrincipal(at, home, admin, root)).rejects.toMatchObject({
      kind: 'denied',
      code: 'role.above_own',
    })
    await expect(createServicePrincipal(at, actor, operator, root)).rejects.toEqual(
      fault('role.operator_needs_default'),
    )
    await createServicePrincipal(at, home, operator, { ...root, enabled: false })
    const change = (fields: Parameters<typeof updateServicePrincipal>[4]) =>
      updateServicePrincipal(at, home, admin, 'root', fields)
    // Roles that it has stay; the name is no power; switching it on is.
    await change({ displayName: 'Root', roleIds: ['operator', 'viewer'] })
    await expect(change({ enabled: true })).rejects.toEqual(fault('role.above_own'))
    await change({ roleIds: ['viewer'] })
    await expect(change({ roleIds: ['viewer', 'operator'] })).rejects.toEqual(fault('role.above_own'))
    await change({ enabled: true })
  })

  it('goes with its credentials and trusts, each with an audit row', async () => {
    const at = await createTestRegistry()
    await createProvider(at, actor, providerDraft({ id: 'github' }))
    await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer' }))
    await createServicePrincipal(at, actor, admin, principalDraft({ id: 'other' }))
    const trust = await createTrust(at, actor, admin, 'deployer', trustDraft())
    const kept = await createTrust(at, actor, admin, 'other', trustDraft())
    const life = { lifetimeSeconds: null, scopedRoleIds: [], allowSourceCidrs: [], requireDpop: false }
    const { credential } = await createCredential(at, actor, admin, 'deployer', { displayName: null, ...life })
    const made = at.events.length
    await removeServicePrincipal(at, actor, 'deployer')
    expect(at.events.slice(made).map(({ action, target }) => `${action} ${target.id}`)).toEqual([
      `trust.remove ${trust.cutename}`,
      `credential.remove ${credential.id}`,
      'principal.remove deployer',
    ])
    expect(await at.stores.trusts.getByCutename(trust.cutename)).toBeNull()
    expect(await at.stores.trusts.getByCutename(kept.cutename)).toEqual(kept)
    expect(await at.stores.credentials.get(credential.id)).toBeNull()
  })

  it.each(['nothing', 'deployer', 'dep\u0000loyer'])('of another organisation answers like none: %o', async (id) => {
    const at = await createTestRegistry()
    await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer' }))
    const rival = actorIn('rival')
    for (const attempt of [
      getServicePrincipal(at, 'rival', id),
      updateServicePrincipal(at, rival, operator, id, { enabled: false }),
      removeServicePrincipal(at, rival, id),
    ]) {
      await expect(attempt).rejects.toMatchObject({ kind: 'missing', code: 'principal.unknown', fields: [] })
    }
    expect(await listServicePrincipals(at, 'rival', { limit: 10 })).toEqual([])
  })
})

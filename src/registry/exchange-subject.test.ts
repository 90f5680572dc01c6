import { beforeEach, describe, expect, it } from 'vitest'
import { createCredential } from './credentials.ts'
import { clientIdOf } from './cutename.ts'
import { loadByClientId, loadByProvider, loadByProviderResource, loadCredential } from './exchange-subject.ts'
import { createProvider, updateProvider } from './providers.ts'
import type { Credential } from './service-principal.ts'
import { createServicePrincipal } from './service-principals.ts'
import { organisationRecord } from './testing/memory-stores.ts'
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
import type { Trust } from './trust.ts'
import { createTrust } from './trusts.ts'

const URL = 'https://entente.example'
let at: TestRegistry
let trust: Trust
let credential: Credential

beforeEach(async () => {
  at = await createTestRegistry()
  const hosted = organisationRecord({ uid: at.newUid(), id: 'hosted', host: 'id.hosted.example:8443' })
  await at.write((tx) => tx.organisations.insert(hosted))
  for (const organisation of ['acme', 'rival', 'hosted']) {
    const actor = actorIn(organisation)
    await createProvider(at, actor, providerDraft({ id: 'github' }))
    await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer' }))
  }
  const actor = actorIn('acme')
  trust = await createTrust(at, actor, admin, 'deployer', trustDraft())
  const life = { lifetimeSeconds: null, scopedRoleIds: [], allowSourceCidrs: [], requireDpop: false }
  credential = (await createCredential(at, actor, admin, 'deployer', { displayName: null, ...life })).credential
})

describe('a trust is found by client id', () => {
  it('short or full, with all that hangs on it', async () => {
    for (const id of [trust.cutename, clientIdOf(trust.cutename, 'acme.entente.example', 'wfe')]) {
      expect(await loadByClientId(at.stores, URL, id)).toMatchObject({
        trust: { uid: trust.uid },
        provider: { id: 'github', organisation: 'acme' },
        principal: { id: 'deployer', organisation: 'acme' },
        organisation: { id: 'acme' },
        audience: 'acme.entente.example',
      })
    }
  })

  it('also when it, its provider or its principal is disabled: the ladder says so by name', async () => {
    await updateProvider(at, actorIn('acme'), operator, 'workload', 'github', { enabled: false })
    expect(await loadByClientId(at.stores, URL, trust.cutename)).toMatchObject({ provider: { enabled: false } })
  })

  it('never under another audience, use or spelling', async () => {
    for (const id of [
      clientIdOf(trust.cutename, 'rival.entente.example', 'wfe'),
      clientIdOf(trust.cutename, 'entente.example', 'wfe'),
      clientIdOf(trust.cutename, 'ACME.entente.example', 'wfe'),
      clientIdOf(trust.cutename, 'acme.entente.example:443', 'wfe'),
      clientIdOf(trust.cutename, 'acme.entente.example', 'spc'),
      clientIdOf(trust.cutename, 'acme.entente.example', 'wfe').toUpperCase(),
      `${trust.cutename} `,
      credential.id,
      'clever-fox-42195',
      '',
      'x'.repeat(100_000),
    ]) {
      expect(await loadByClientId(at.stores, URL, id), id.slice(0, 80)).toBeNull()
    }
  })
})

describe('a credential is found by client id', () => {
  it('short or full, and never as a trust', async () => {
    for (const id of [credential.id, clientIdOf(credential.id, 'acme.entente.example', 'spc')]) {
      expect(await loadCredential(at.stores, URL, id)).toMatchObject({
        credential: { uid: credential.uid },
        principal: { id: 'deployer', organisation: 'acme' },
        audience: 'acme.entente.example',
      })
    }
    for (const id of [
      clientIdOf(credential.id, 'acme.entente.example', 'wfe'),
      clientIdOf(credential.id, 'rival.entente.example', 'spc'),
      trust.cutename,
      '',
    ]) {
      expect(await loadCredential(at.stores, URL, id)).toBeNull()
    }
  })
})

describe('a provider is found by resource name', () => {
  it('with all its trusts, and only its own', async () => {
    await createTrust(at, actorIn('rival'), admin, 'deployer', trustDraft())
    const more = await createTrust(at, actorIn('acme'), admin, 'deployer', trustDraft())
    for (const name of [
      '//acme.entente.example/organizations/acme/providers/github',
      '//iam.googleapis.com/locations/global/workforcePools/acme/providers/github',
    ]) {
      const found = await loadByProviderResource(at.stores, URL, name)
      expect(found).toMatchObject({ provider: { organisation: 'acme' }, audience: 'acme.entente.example' })
      expect(found?.trusts.map((one) => one.trust.uid)).toEqual([trust.uid, more.uid])
      expect(found?.trusts.every((one) => one.principal.organisation === 'acme')).toBe(true)
    }
  })

  it('under the own host of an organisation', async () => {
    const name = '//id.hosted.example:8443/organizations/hosted/providers/github'
    expect(await loadByProviderResource(at.stores, URL, name)).toMatchObject({ organisation: { id: 'hosted' } })
    const derived = '//hosted.entente.example/organizations/hosted/providers/github'
    expect(await loadByProviderResource(at.stores, URL, derived)).toBeNull()
  })

  it.each([
    '//rival.entente.example/organizations/acme/providers/github',
    '//entente.example/organizations/acme/providers/github',
    '//acme.entente.example/organizations/nowhere/providers/github',
    '//acme.entente.example/organizations/acme/providers/nothing',
    'https://acme.entente.example/organizations/acme/providers/github',
    '',
  ])('and not by %o', async (name) => {
    expect(await loadByProviderResource(at.stores, URL, name)).toBeNull()
  })

  it('reads every page of trusts', async () => {
    for (let n = 0; n < 501; n++) {
      await at.write((tx) =>
        tx.trusts.insert({ ...trust, uid: at.newUid(), id: `t${n}`, cutename: `a-b-${10_000 + n}` }),
      )
    }
    expect((await loadByProvider(at.stores, URL, 'acme', 'github'))?.trusts).toHaveLength(502)
    expect(await loadByProvider(at.stores, URL, 'acme', 'nothing')).toBeNull()
    expect(await loadByProvider(at.stores, URL, 'NOWHERE', 'github')).toBeNull()
  })
})

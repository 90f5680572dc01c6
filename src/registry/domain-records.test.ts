import { describe, expect, it } from 'vitest'
import { createDomain, getDomain, removeDomain, updateDomain, verifyDomain } from './domain-records.ts'
import { createProvider, getProvider, updateProvider } from './providers.ts'
import { actorIn, admin, createTestRegistry, operator, providerDraft, type TestRegistry } from './testing/registry.ts'

const actor = actorIn('acme')

async function newProvider(at: TestRegistry, domains: readonly string[], vouched: boolean, n = 1) {
  const draft = providerDraft({
    use: 'workforce',
    displayName: `Okta ${n}`,
    issuer: `https://okta-${n}.example`,
    known: null,
    settings: { oidc: { clientId: 'c' } },
    domains,
    vouched,
  })
  return await createProvider(at, actor, draft)
}

const routed = async (at: TestRegistry, domain: string) =>
  (await at.stores.providers.listRouting(domain)).map(({ id }) => id)

const says = (text: string) => async (name: string) => (name === '_entente.acme.example' ? ['spf', text] : [])

describe('a domain that an admin gives a provider', () => {
  it('is a pending record and routes nobody, until DNS says its challenge', async () => {
    const at = await createTestRegistry()
    const provider = await newProvider(at, ['Acme.Example'], false)
    expect(provider).toMatchObject({ domains: ['acme.example'], routingDomains: [] })
    const domain = await getDomain(at, 'acme', 'acme-example')
    expect(domain).toMatchObject({ domain: 'acme.example', vouched: false, verifiedAt: null })
    expect(domain.challenge).toMatch(/^entente-domain=[\w-]{27}$/)

    expect(await verifyDomain(at, actor, domain.id, says('something else'))).toMatchObject({ verifiedAt: null })
    expect(await routed(at, 'acme.example')).toEqual([])
    const proved = await verifyDomain(at, actor, domain.id, says(domain.challenge))
    expect(proved.verifiedAt).toEqual(at.clock.now)
    expect(await routed(at, 'acme.example')).toEqual([provider.id])
  })

  it('stops to route when the proof is gone, and stays as it is while DNS cannot be asked', async () => {
    const at = await createTestRegistry()
    await newProvider(at, ['acme.example'], false)
    const { challenge } = await getDomain(at, 'acme', 'acme-example')
    await verifyDomain(at, actor, 'acme-example', says(challenge))
    const outage = verifyDomain(at, actor, 'acme-example', async () => {
      throw new Error('no answer')
    })
    await expect(outage).rejects.toThrow('no answer')
    expect(await routed(at, 'acme.example')).toHaveLength(1)
    await verifyDomain(at, actor, 'acme-example', async () => [])
    expect(await routed(at, 'acme.example')).toEqual([])
  })

  it('routes at once where the organisation has proved it before', async () => {
    const at = await createTestRegistry()
    await newProvider(at, ['acme.example'], false)
    const { challenge } = await getDomain(at, 'acme', 'acme-example')
    await verifyDomain(at, actor, 'acme-example', says(challenge))
    const second = await newProvider(at, ['acme.example'], false, 2)
    expect(second.routingDomains).toEqual(['acme.example'])
    expect(await routed(at, 'acme.example')).toEqual(['okta-1', 'okta-2'])
  })

  it('is not proved by what another organisation has proved', async () => {
    const at = await createTestRegistry()
    await newProvider(at, ['acme.example'], false)
    const { challenge } = await getDomain(at, 'acme', 'acme-example')
    await verifyDomain(at, actor, 'acme-example', says(challenge))
    const draft = { id: null, domain: 'acme.example' }
    const foreign = await createDomain(at, actorIn('rival'), admin, draft)
    expect(foreign.challenge).not.toBe(challenge)
    expect(foreign.verifiedAt).toBeNull()
    expect(await verifyDomain(at, actorIn('rival'), foreign.id, says(challenge))).toMatchObject({ verifiedAt: null })
  })
})

describe('an operator', () => {
  it('answers for the domains they give a provider', async () => {
    const at = await createTestRegistry()
    const provider = await newProvider(at, ['acme.example'], true)
    expect(provider.routingDomains).toEqual(['acme.example'])
    expect(await getDomain(at, 'acme', 'acme-example')).toMatchObject({ vouched: true })
  })

  it('alone may vouch', async () => {
    const at = await createTestRegistry()
    const draft = { id: 'd', domain: 'acme.example', vouched: true }
    await expect(createDomain(at, actor, admin, draft)).rejects.toMatchObject({ code: 'domain.vouched_needs_operator' })
    await createDomain(at, actor, operator, draft)
    const ask = updateDomain(at, actor, admin, 'd', { vouched: false })
    await expect(ask).rejects.toMatchObject({ code: 'domain.vouched_needs_operator' })
  })
})

describe('a record of a domain', () => {
  it('gives its provider the domain, and takes it away from all when it is removed', async () => {
    const at = await createTestRegistry()
    const first = await newProvider(at, [], true)
    const second = await newProvider(at, ['acme.example'], true, 2)
    await updateDomain(at, actor, operator, 'acme-example', { provider: first.id })
    expect(await routed(at, 'acme.example')).toEqual([first.id, second.id])
    expect((await getProvider(at, 'acme', first.id)).domains).toEqual(['acme.example'])
    await removeDomain(at, actor, 'acme-example')
    expect(await routed(at, 'acme.example')).toEqual([])
    expect((await getProvider(at, 'acme', second.id)).domains).toEqual(['acme.example'])
  })

  it('is not made twice', async () => {
    const at = await createTestRegistry()
    await createDomain(at, actor, admin, { id: 'one', domain: 'acme.example' })
    const again = createDomain(at, actor, admin, { id: 'two', domain: 'ACME.example.' })
    await expect(again).rejects.toMatchObject({ code: 'domain.domain_taken' })
  })

  it('names a provider that people sign in with', async () => {
    const at = await createTestRegistry()
    await createProvider(at, actor, providerDraft({ id: 'gh' }))
    for (const provider of ['gh', 'nobody', 'No Id']) {
      const ask = createDomain(at, actor, admin, { id: null, domain: 'acme.example', provider })
      await expect(ask).rejects.toMatchObject({ fields: [{ path: 'provider' }] })
    }
  })

  it('leaves the other domains of a provider alone', async () => {
    const at = await createTestRegistry()
    const provider = await newProvider(at, ['a.example', 'b.example'], true)
    const change = { domains: ['b.example', 'c.example'], vouched: false }
    const changed = await updateProvider(at, actor, admin, 'workforce', provider.id, change)
    expect(changed.routingDomains).toEqual(['b.example'])
    expect(await getDomain(at, 'acme', 'c-example')).toMatchObject({ vouched: false, provider: provider.uid })
  })
})

import { describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { ProbeResult, Protocol } from './protocol.ts'
import type { Provider } from './provider.ts'
import { createProvider } from './providers.ts'
import { createRefresher, refreshOne } from './refresh-upstream.ts'
import { actorIn, createTestRegistry, providerDraft } from './testing/registry.ts'

const ENTITY = 'https://idp.example/metadata'
const OLD: JsonObject = { idpEntityId: ENTITY, signingCertificate: 'old' }
const NEW: JsonObject = { idpEntityId: ENTITY, signingCertificate: 'old,new' }

/** A SAML provider of acme whose metadata answer what `says` holds. */
async function opened(settings: JsonObject = { metadataUrl: ENTITY, discovered: OLD }) {
  const says: { answer: ProbeResult | Fault } = { answer: { expectedIssuer: ENTITY, settings: { discovered: NEW } } }
  const base = await createTestRegistry()
  const saml: Protocol = {
    name: 'saml',
    issuerSchemes: ['https'],
    secretFields: [],
    parseSettings: (_use, input) => ({ settings: input, faults: [] }),
    async probe() {
      if (says.answer instanceof Fault) throw says.answer
      return says.answer
    },
  }
  const registry = { ...base, protocols: { ...base.protocols, saml } }
  const draft = { id: 'okta', use: 'workforce' as const, known: null, issuer: 'https://okta.example' }
  const made = await createProvider(
    registry,
    actorIn('acme'),
    providerDraft({ ...draft, settings: { oidc: { clientId: 'c' } } }),
  )
  const provider: Provider = { ...made, protocol: 'saml', expectedIssuer: ENTITY, settings, version: made.version + 1 }
  await base.write((tx) => tx.providers.update(provider))
  const stored = async () => {
    const found = await base.stores.providers.getByUid(provider.uid)
    if (found === null) throw new TypeError('it is gone')
    return found
  }
  const events = () => base.events.filter(({ action }) => action === 'provider.refresh')
  return { registry, says, stored, events }
}

describe('metadata that are read again', () => {
  it('replace the ones before, and the audit has what changed', async () => {
    const { registry, stored, events } = await opened()
    expect((await refreshOne(registry, await stored())).outcome).toBe('changed')
    expect((await stored()).settings).toEqual({ metadataUrl: ENTITY, discovered: NEW })
    const [event] = events()
    expect(event?.actor.subject).toBe('system')
    expect([Object(event?.before).settings, Object(event?.after).settings]).toEqual([
      { metadataUrl: ENTITY, discovered: OLD },
      { metadataUrl: ENTITY, discovered: NEW },
    ])
    expect((await refreshOne(registry, await stored())).outcome).toBe('unchanged')
    expect(events()).toHaveLength(1)
  })

  it('of another entity are refused, bad ones replace nothing; both are noted once, until all is well again', async () => {
    const { registry, says, stored, events } = await opened()
    const good = says.answer
    says.answer = { expectedIssuer: 'https://evil.example', settings: { discovered: { signingCertificate: 'evil' } } }
    expect((await refreshOne(registry, await stored())).outcome).toBe('refused')
    says.answer = new Fault('upstream', 'saml.metadata_failed', 'no')
    for (let round = 0; round < 3; round++) expect((await refreshOne(registry, await stored())).outcome).toBe('failed')
    expect((await stored()).settings.discovered).toEqual({
      ...OLD,
      refreshFailed: { since: registry.now().toISOString(), reason: 'saml.metadata_failed' },
    })
    expect(events()).toHaveLength(2)
    says.answer = good
    expect((await refreshOne(registry, await stored())).outcome).toBe('changed')
    expect((await stored()).settings.discovered).toEqual(NEW)
  })

  it('do not overwrite what somebody changed meanwhile', async () => {
    const { registry, stored } = await opened()
    const seen = await stored()
    const settings = { metadataUrl: 'https://idp.example/other', discovered: OLD }
    await registry.write((tx) => tx.providers.update({ ...seen, settings, version: seen.version + 1 }))
    await refreshOne(registry, seen)
    expect((await stored()).settings).toEqual(settings)
  })

  it.each<[string, Partial<Provider>, number]>([
    ['with a URL', {}, 1],
    ['without one', { settings: { metadataXml: '<x/>', discovered: OLD } }, 0],
    ['switched off', { enabled: false }, 0],
  ])('are asked for of providers %s: %s', async (_which, change, times) => {
    const { registry, stored } = await opened()
    const seen = await stored()
    await registry.write((tx) => tx.providers.update({ ...seen, ...change, version: seen.version + 1 }))
    const asked: string[] = []
    const taken = new Set<string>()
    const takeOnce = async (scope: string, key: string) => !taken.has(scope + key) && taken.add(scope + key) !== null
    const refresher = createRefresher({ registry, takeOnce, onOutcome: ({ id }) => void asked.push(id) })
    for (let round = 0; round < 3; round++) await refresher.hourly()
    expect(asked).toHaveLength(times)
  })
  it('are asked for once a minute of a provider that signs by a key nobody knows here', async () => {
    const { registry } = await opened()
    const asked: string[] = []
    const taken = new Set<string>()
    const takeOnce = async (scope: string, key: string) => !taken.has(scope + key) && taken.add(scope + key) !== null
    const refresher = createRefresher({ registry, takeOnce, onOutcome: (_, outcome) => void asked.push(outcome) })
    for (let round = 0; round < 3; round++) await refresher.soon('acme', 'okta')
    await refresher.soon('acme', 'nobody')
    expect(asked).toEqual(['changed'])
  })
})

import { describe, expect, it } from 'vitest'
import { recordKeysChanged } from './issuer-keys.ts'
import { createProvider } from './providers.ts'
import { actorIn, createTestRegistry, providerDraft } from './testing/registry.ts'

const keysOf = (count: number) => ({
  kids: Array.from({ length: count }, (_, index) => `k${index}`),
  thumbprints: Array.from({ length: count }, (_, index) => `t${index}`),
})

describe('other keys of an issuer', () => {
  it('are an audit record of the provider, with the thumbprints of both sets', async () => {
    const registry = await createTestRegistry()
    const { uid, id } = await createProvider(registry, actorIn('acme'), providerDraft())
    const at = { providers: registry.stores.providers, write: registry.write }
    await recordKeysChanged(at, {
      providerUid: uid,
      uri: 'https://a.example/keys',
      before: keysOf(1),
      after: keysOf(30),
    })
    expect(registry.events.at(-1)).toMatchObject({
      organisation: 'acme',
      actor: { subject: 'system' },
      action: 'provider.keys_changed',
      target: { kind: 'provider', id, uid },
      before: { uri: 'https://a.example/keys', kids: ['k0'], thumbprints: ['t0'] },
      after: { kids: keysOf(20).kids, thumbprints: keysOf(20).thumbprints },
    })
  })

  it('of a provider that is gone are recorded nowhere', async () => {
    const registry = await createTestRegistry()
    const at = { providers: registry.stores.providers, write: registry.write }
    const before = registry.events.length
    await recordKeysChanged(at, { providerUid: registry.newUid(), uri: 'x', before: keysOf(1), after: keysOf(1) })
    expect(registry.events.length).toBe(before)
  })
})

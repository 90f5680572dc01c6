import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { createPerson, updatePerson } from './persons.ts'
import { createProvider, updateProvider } from './providers.ts'
import { actorIn, admin, createTestRegistry, providerDraft } from './testing/registry.ts'

const actor = actorIn('acme')
const ELSEWHERE = 'https://elsewhere.example'

async function withPerson(use: 'workforce' | 'step-up', oidc: JsonObject) {
  const at = await createTestRegistry()
  const draft = { id: 'okta', use, known: null, issuer: 'https://okta.example', settings: { oidc } }
  await createProvider(at, actor, providerDraft({ ...draft, secrets: { clientSecret: 'kept' } }))
  await createPerson(at, actor, admin, { id: 'ada', links: [{ provider: 'okta', subject: 'u-1' }] })
  const asked = at.probes.length
  const move = (more: object = {}) =>
    updateProvider(at, actor, admin, use, 'okta', { issuer: ELSEWHERE, secrets: { clientSecret: 'new' }, ...more })
  return { at, move, newProbes: () => at.probes.length - asked }
}

describe('the issuer of a provider that people are linked to', () => {
  it.each([
    ['workforce', { clientId: 'c' }],
    ['step-up', { clientId: 'c', oauth2: { acrValues: ['phr'] } }],
  ] as const)('cannot change at a %s provider, and nobody is asked about the new one', async (use, oidc) => {
    const { at, move, newProbes } = await withPerson(use, oidc)
    await expect(move()).rejects.toMatchObject({
      kind: 'conflict',
      code: 'provider.issuer_linked',
      fields: [{ path: 'issuer' }],
    })
    // Whether the secret goes along makes no difference.
    await expect(move({ secrets: undefined })).rejects.toMatchObject({ code: 'provider.issuer_linked' })
    expect(newProbes()).toBe(0)
    expect(await at.stores.providers.get('acme', 'okta')).toMatchObject({ issuer: 'https://okta.example', version: 1 })
  })

  it('may be spelt with another slash', async () => {
    const { move } = await withPerson('workforce', { clientId: 'c' })
    await expect(move({ issuer: 'https://okta.example/' })).resolves.toMatchObject({ issuer: 'https://okta.example' })
  })

  it('changes once nobody is linked any more', async () => {
    const { at, move } = await withPerson('workforce', { clientId: 'c' })
    await updatePerson(at, actor, admin, 'ada', { links: [] })
    await expect(move()).resolves.toMatchObject({ issuer: ELSEWHERE })
  })

  it('is judged again at the write: a link that came while the upstream was asked counts', async () => {
    const at = await createTestRegistry({
      probe: async ({ issuer, settings }) => {
        if (issuer === ELSEWHERE)
          await createPerson(at, actor, admin, { id: 'ada', links: [{ provider: 'okta', subject: 'u-1' }] })
        return { settings, expectedIssuer: issuer }
      },
    })
    const settings = { oidc: { clientId: 'c' } }
    const draft = { id: 'okta', use: 'workforce' as const, known: null, issuer: 'https://okta.example', settings }
    await createProvider(at, actor, providerDraft(draft))
    const moved = updateProvider(at, actor, admin, 'workforce', 'okta', { issuer: ELSEWHERE })
    await expect(moved).rejects.toMatchObject({ code: 'provider.issuer_linked' })
  })
})

describe('a SAML provider that people are linked to', () => {
  it('may be held to one entity, but then to no other', async () => {
    const at = await createTestRegistry({
      probe: async ({ settings }) => ({ settings, expectedIssuer: String(settings.idpEntityId ?? '') }),
    })
    const settings = { saml: { ssoUrl: 'https://idp.example/sso', signingCertificate: 'x' } }
    await createProvider(
      at,
      actor,
      providerDraft({ id: 'saml', use: 'workforce', known: null, issuer: null, settings }),
    )
    await createPerson(at, actor, admin, { id: 'ada', links: [{ provider: 'saml', subject: 'u-1' }] })
    const named = (idpEntityId: string | null) =>
      updateProvider(at, actor, admin, 'workforce', 'saml', { settings: { saml: { idpEntityId } } })
    await expect(named('https://idp.example')).resolves.toMatchObject({ issuer: 'https://idp.example' })
    await expect(named('https://rival.example')).rejects.toMatchObject({ code: 'provider.issuer_linked' })
    await expect(named(null)).rejects.toMatchObject({ code: 'provider.issuer_linked' })
  })
})

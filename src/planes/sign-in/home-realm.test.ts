import { beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../registry/app.ts'
import { createApp } from '../../registry/apps.ts'
import type { Protocols, SignIn } from '../../registry/protocol.ts'
import { createProvider, updateProvider } from '../../registry/providers.ts'
import {
  actorIn,
  admin,
  createTestRegistry,
  operator,
  providerDraft,
  type TestRegistry,
} from '../../registry/testing/registry.ts'
import { findHome, type HomeRealmQuestion } from './home-realm.ts'

/** Nobody is sent anywhere here: that the protocol can is all that is asked. */
const signIn: SignIn = {
  begin: () => Promise.reject(new TypeError('nobody begins')),
  finish: () => Promise.reject(new TypeError('nobody finishes')),
}
let registry: TestRegistry
let protocols: Protocols
let everybodys: App
let acmes: App
let narrow: App

beforeAll(async () => {
  registry = await createTestRegistry()
  const { oidc } = registry.protocols
  if (oidc === undefined) throw new TypeError('the registry has the protocol')
  protocols = { ...registry.protocols, oidc: { ...oidc, signIn } }
  const make = (organisation: string, id: string, domains: string[], vouched = true) =>
    createProvider(registry, actorIn(organisation), {
      ...providerDraft({
        id,
        use: 'workforce',
        known: null,
        issuer: `https://${id}.${organisation}.example`,
        settings: { oidc: { clientId: 'c' } },
      }),
      domains,
      vouched,
    })
  await make('acme', 'okta', ['acme.example', 'acme.test', 'shared.example', 'bücher.example'])
  await make('acme', 'open', [])
  await make('acme', 'off', ['off.example'])
  await make('acme', 'claimed', ['claimed.example'], false)
  await make('rival', 'entra', ['rival.example', 'shared.example'])
  await make('rival', 'second', ['rival.example'])
  const off = { enabled: false }
  await updateProvider(registry, actorIn('acme'), operator, { use: 'workforce' }, 'off', off)
  const app = async (organisation: string, id: string, more: object = {}) =>
    (
      await createApp(registry, actorIn(organisation), operator, {
        id,
        displayName: id,
        redirectUris: ['https://a.example/'],
        ...more,
      })
    ).app
  everybodys = await app('default', 'everybodys')
  acmes = await app('acme', 'acmes')
  narrow = await app('default', 'narrow', { allowedOrganizations: ['rival'], allowedProviders: ['rival/entra'] })
})

async function home(question: Partial<HomeRealmQuestion>): Promise<string> {
  const asked = { app: everybodys, organisation: null, hint: null, identifier: null, ...question }
  const found = await findHome({ stores: registry.stores, protocols, now: registry.now }, asked)
  if (found.kind === 'provider') return `${found.provider.organisation}/${found.provider.id}`
  if (found.kind === 'choose')
    return found.providers
      .map(({ organisation, id }) => `${organisation}/${id}`)
      .sort()
      .join(' or ')
  return `ask${found.problem === null ? '' : `: ${found.problem}`}`
}

describe('where somebody belongs, by what they typed', () => {
  it.each([
    ['ada@acme.example', 'acme/okta'],
    ['  Ada@ACME.Example. ', 'acme/okta'],
    ['another domain of the same provider: ada@acme.test', 'acme/okta'],
    ['acme.example', 'acme/okta'],
    ['ada@bücher.example', 'acme/okta'],
    ['ada@xn--bcher-kva.example', 'acme/okta'],
    ['"a@rival.example"@acme.example', 'acme/okta'],
    ['one domain of two organisations: ada@shared.example', 'acme/okta or rival/entra'],
    ['one domain of two providers: ada@rival.example', 'rival/entra or rival/second'],
    ['a subdomain is a domain of its own: ada@eu.acme.example', 'ask: unknown'],
    ['what only ends alike: ada@evilacme.example', 'ask: unknown'],
    ['what begins alike: ada@acme.example.evil.example', 'ask: unknown'],
    ['the domain above: ada@example', 'ask: malformed'],
    ['claimed and not proved: ada@claimed.example', 'ask: unknown'],
    ['of a provider that is off: ada@off.example', 'ask: unknown'],
    ['of nobody: ada@nobody.example', 'ask: unknown'],
    ['ada', 'ask: malformed'],
    ['*@*.example', 'ask: malformed'],
    ['', 'ask'],
  ])('%s → %s', async (title, expected) => {
    expect(await home({ identifier: title.split(': ').at(-1) ?? '' })).toBe(expected)
  })
})

describe('where somebody belongs, by what the app knows', () => {
  it.each<[string, Partial<HomeRealmQuestion>, string]>([
    [
      'its organisation, of whose providers there are several',
      { organisation: 'acme' },
      'acme/claimed or acme/okta or acme/open',
    ],
    ['an organisation and an address of it', { organisation: 'acme', identifier: 'ada@acme.example' }, 'acme/okta'],
    [
      'an organisation and an address of nobody: the provider that has no domains',
      { organisation: 'acme', identifier: 'ada@nobody.example' },
      'acme/open',
    ],
    ['an organisation and a name', { organisation: 'acme', identifier: 'ada' }, 'acme/open'],
    [
      'an organisation and an address of two: its own',
      { organisation: 'rival', identifier: 'ada@shared.example' },
      'rival/entra',
    ],
    [
      'an organisation whose providers all have domains, and an address of nobody',
      { organisation: 'rival', identifier: 'ada@nobody.example' },
      'ask: unknown',
    ],
    ['an organisation that there is not', { organisation: 'nobody' }, 'ask'],
    ['what is no name of one', { organisation: '../acme' }, 'ask: unknown'],
    ['a provider by its whole name', { hint: 'rival/second' }, 'rival/second'],
    ['a provider and another organisation', { hint: 'rival/second', organisation: 'acme' }, 'ask: unknown'],
    ['a provider of the organisation', { hint: 'second', organisation: 'rival' }, 'rival/second'],
    ['a provider that is off', { hint: 'acme/off' }, 'ask: unknown'],
    ['a provider that there is not', { hint: 'acme/nobody' }, 'ask: unknown'],
    ['a path instead of a provider', { hint: 'acme/okta/x' }, 'ask: unknown'],
    ['a provider, before any address', { hint: 'rival/second', identifier: 'ada@acme.example' }, 'rival/second'],
  ])('%s', async (_title, question, expected) => {
    expect(await home(question)).toBe(expected)
  })

  it.each<[string, Partial<HomeRealmQuestion>, string]>([
    ['its own people without a question', { identifier: null }, 'acme/claimed or acme/okta or acme/open'],
    ['an address of its organisation', { identifier: 'ada@acme.example' }, 'acme/okta'],
    [
      'an address of another organisation: only who has no domains is left',
      { identifier: 'ada@rival.example' },
      'acme/open',
    ],
    ['another organisation', { organisation: 'rival' }, 'ask: unknown'],
    ['another organisation’s provider', { hint: 'rival/entra' }, 'ask: unknown'],
  ])('for an app of one organisation: %s', async (_title, question, expected) => {
    expect(await home({ app: acmes, ...question })).toBe(expected)
  })

  it.each<[string, Partial<HomeRealmQuestion>, string]>([
    ['lists one of two providers of a domain', { identifier: 'ada@rival.example' }, 'rival/entra'],
    ['does not serve another organisation', { organisation: 'acme' }, 'ask: unknown'],
    [
      'says the same of a domain it does not serve as of one of nobody',
      { identifier: 'ada@acme.example' },
      'ask: unknown',
    ],
  ])('for an app that %s', async (_title, question, expected) => {
    expect(await home({ app: narrow, ...question })).toBe(expected)
  })
})

it('an administrator’s word alone routes nobody, and it is not taken for an operator’s', async () => {
  const change = { domains: ['stolen.example'] }
  await updateProvider(registry, actorIn('acme'), admin, { use: 'workforce' }, 'open', change)
  expect(await home({ identifier: 'ada@stolen.example' })).toBe('ask: unknown')
  await updateProvider(registry, actorIn('acme'), admin, { use: 'workforce' }, 'open', { domains: [] })
})

/** What becomes of a person whose token has been verified: mapping, condition, link, and what the issued token says. */
import { describe, expect, it } from 'vitest'
import { createConditions } from '../../claims/condition.ts'
import { Refused } from '../../decisions/ladder.ts'
import type { JsonObject } from '../../json.ts'
import { NOW, providerOf } from '../../protocols/testing/upstream.ts'
import type { App } from '../../registry/app.ts'
import type { Protocol } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { createAttempt } from '../attempt.ts'
import type { TokenToIssue } from '../issue.ts'
import { refusedGrant } from '../oauth-error.ts'
import type { ExchangeRequest } from './exchange.ts'
import { exchangePerson } from './exchange-person.ts'
import type { LinkedPerson } from './linked-persons.ts'

const CLAIMS = { sub: 'alice-1', email: 'alice@corp.example', groups: ['eng'], dept: 'payments', level: 3 }

const people = (change: Partial<Provider> = {}) =>
  providerOf({ clientId: 'console' }, { id: 'corp', use: 'workforce', known: 'UNSPECIFIED', ...change })

const APP: App = {
  uid: 'app-1',
  id: 'console',
  organisation: 'default',
  displayName: null,
  enabled: true,
  redirectUris: [],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  grantTypes: [],
  scopes: [],
  resources: [],
  tokenEndpointAuthMethod: 'none',
  secrets: {},
  jwks: null,
  jwksUri: null,
  requireDpop: false,
  firstParty: true,
  idTokenSignedResponseAlg: 'RS256',
  initiateLoginUri: null,
  allowedOrganizations: [],
  allowedProviders: [],
  labels: {},
  version: 1,
  createdAt: NOW,
  updatedAt: NOW,
}

interface Setting {
  readonly provider?: Provider
  readonly claims?: JsonObject
  readonly linkedAs?: string
  /** By the subject that they are linked under. */
  readonly persons?: Readonly<Record<string, LinkedPerson>>
  readonly request?: Partial<ExchangeRequest>
  readonly app?: App
}

async function climb({ provider = people(), claims = CLAIMS, linkedAs, persons = {}, request = {}, app }: Setting) {
  const issued: TokenToIssue[] = []
  const asked: string[] = []
  const verifyToken: Protocol['verifyToken'] = (ask) => {
    asked.push(...ask.audiences, String(ask.maxTokenAgeSeconds))
    const verified = { claims, subject: String(claims.sub), tokenId: null, expiresAt: NOW }
    return linkedAs === undefined ? verified : { ...verified, linkedAs }
  }
  const base = { id: 'decision-1', at: NOW, address: '203.0.113.1' }
  const attempt = createAttempt({ ...base, plane: 'token-exchange', mode: 'strict', refusal: refusedGrant })
  const oidc: Protocol = {
    name: 'oidc',
    issuerSchemes: ['https'],
    secretFields: [],
    parseSettings: (_use, settings) => ({ settings, faults: [] }),
    verifyToken,
  }
  const at = {
    protocols: { oidc },
    conditions: createConditions(),
    linkedPersons: {
      find: (_provider: Provider, subject: string) => persons[subject] ?? null,
      get: () => null,
    },
    neighbours: async () => [],
    oneTime: { consume: async () => true, purge: async () => 0 },
    readSelfSigned: () => 'none',
    algorithms: [],
    publicUrl: 'https://entente.example',
    issuer: {
      issue(_attempt: unknown, token: TokenToIssue) {
        issued.push(token)
        const { lifetimeSeconds, scope } = token
        return { accessToken: 'x', tokenType: 'Bearer' as const, lifetimeSeconds, scope }
      },
    },
  }
  const resourceName = '//entente.example/organizations/default/providers/corp'
  const addressed = { kind: 'people' as const, provider, audience: 'entente.example', resourceName, app: app ?? null }
  const usual = { subjectToken: 't', subjectTokenType: 'jwt', targets: [], scope: undefined, lifetimeSeconds: 1800 }
  try {
    await exchangePerson(at, attempt, addressed, { ...usual, proof: null, ...request })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  const names = attempt.ladder.rungs.map(({ name, outcome }) => `${name} ${outcome}`)
  return { issued: issued[0], code: attempt.ladder.failure?.code ?? 'granted', names, asked }
}

const alice = (change: Partial<LinkedPerson> = {}): LinkedPerson => ({
  uid: '0197-alice',
  organisation: 'default',
  enabled: true,
  roleIds: ['viewer'],
  ...change,
})

describe('a person whom nobody is linked to', () => {
  it('comes as a principal of the organisation, with groups and attributes, and without roles', async () => {
    const provider = people({
      attributeMapping: {
        'google.subject': 'assertion.email',
        'google.groups': 'assertion.groups',
        'google.display_name': 'assertion.sub',
        'attribute.department': 'assertion.dept',
        'attribute.level': 'assertion.level',
      },
      condition: '"eng" in google.groups && attribute.department == "payments" && assertion.level == 3',
    })
    const { issued, asked, names } = await climb({ provider })
    expect(issued).toEqual({
      audience: 'https://entente.example',
      subject: 'principal://entente.example/organizations/default/subject/alice@corp.example',
      clientId: '//entente.example/organizations/default/providers/corp',
      roles: [],
      scope: null,
      lifetimeSeconds: 1800,
      proof: null,
      extra: { provider: 'corp', groups: ['eng'], attributes: { department: 'payments', level: '3' } },
    })
    expect(asked).toEqual(['console', '86400'])
    expect(names).toEqual(['provider passed', 'mapping passed', 'condition passed', 'person skipped', 'scope passed'])
  })

  it('is who the token says where nothing is mapped', async () => {
    const { issued } = await climb({})
    expect(issued).toMatchObject({
      subject: 'principal://entente.example/organizations/default/subject/alice-1',
      extra: { groups: [], attributes: {} },
    })
  })

  it.each(['a/b', 'repo:x/y', 'a..b', '...', 'a b', 'é'])(
    'may have the subject %s, which is all that follows',
    async (sub) => {
      const { issued } = await climb({ claims: { sub } })
      expect(issued?.subject).toBe(`principal://entente.example/organizations/default/subject/${sub}`)
    },
  )

  it.each(['..', '.', '../../acme/subject/bob', 'a/../b', 'a/%2E%2e/b', 'a/.', '.%2e'])(
    'may not have the subject %s, which a URL parser would take for another',
    async (sub) => {
      expect((await climb({ claims: { sub } })).code).toBe('mapping.error')
    },
  )

  it('gets the scopes that the provider allows, and no other target than ours', async () => {
    const provider = people({ allowedScopes: ['read'] })
    expect((await climb({ provider, request: { scope: 'write read' } })).issued?.scope).toBe('read')
    expect((await climb({ request: { scope: 'write' } })).issued?.scope).toBe('')
    expect((await climb({ request: { targets: ['https://entente.example'] } })).code).toBe('granted')
    expect((await climb({ request: { targets: ['https://api.example'] } })).code).toBe('target.denied')
  })

  it('who comes by an app gets what the app may have of it, in the app’s name', async () => {
    const app: App = { ...APP, scopes: ['read', 'openid'], resources: ['https://api.example'] }
    const request = { scope: 'write read openid', targets: ['https://api.example'] }
    const { issued } = await climb({ provider: people({ allowedScopes: ['write', 'read'] }), app, request })
    expect(issued).toMatchObject({ clientId: 'console', scope: 'read', audience: 'https://api.example' })
    expect((await climb({ app, request: { targets: ['https://other.example'] } })).code).toBe('target.denied')
  })

  it.each<[string, Partial<Provider>, JsonObject, string]>([
    ['the condition is false', { condition: 'assertion.dept == "sales"' }, CLAIMS, 'condition.false'],
    ['the condition asks for what is not there', { condition: 'assertion.none == "x"' }, CLAIMS, 'condition.error'],
    [
      'the condition asks for an attribute that is not mapped',
      { condition: 'attribute.x == "x"' },
      CLAIMS,
      'condition.error',
    ],
    [
      'the subject cannot be mapped',
      { attributeMapping: { 'google.subject': 'assertion.none' } },
      CLAIMS,
      'mapping.error',
    ],
    [
      'the subject is empty',
      { attributeMapping: { 'google.subject': 'assertion.empty' } },
      { ...CLAIMS, empty: '' },
      'mapping.error',
    ],
    ['the subject has 128 bytes', {}, { sub: 'a'.repeat(128) }, 'mapping.error'],
    ['the provider is disabled', { enabled: false }, CLAIMS, 'provider.disabled'],
    ['the provider has expired', { expiresAt: NOW }, CLAIMS, 'provider.expired'],
    ['the protocol has no tokens', { protocol: 'saml' }, CLAIMS, 'provider.protocol_cannot_verify'],
  ])('is refused when %s', async (_name, change, claims, code) => {
    const { issued, code: found } = await climb({ provider: people(change), claims })
    expect([issued, found]).toEqual([undefined, code])
  })
})

describe('a linked person', () => {
  it('comes as themselves, with their own roles', async () => {
    const { issued, names } = await climb({ persons: { 'alice-1': alice() } })
    expect(issued).toMatchObject({ subject: '0197-alice', roles: ['viewer'] })
    expect(names).toContain('person passed')
  })

  it('is refused while disabled', async () => {
    const { issued, code } = await climb({ persons: { 'alice-1': alice({ enabled: false }) } })
    expect([issued, code]).toEqual([undefined, 'person.disabled'])
  })

  it('is found by the upstream’s own identifier, never by what was mapped', async () => {
    const provider = people({ attributeMapping: { 'google.subject': 'assertion.email' } })
    const persons = { 'alice@corp.example': alice() }
    expect((await climb({ provider, persons })).issued?.subject).toMatch(/^principal:/)
    const entra = { persons: { 'tenant/object': alice() }, linkedAs: 'tenant/object' }
    expect((await climb(entra)).issued?.subject).toBe('0197-alice')
    expect((await climb({ persons: { 'alice-1': alice() }, linkedAs: 'tenant/object' })).issued?.subject).toMatch(
      /^principal:/,
    )
  })
})

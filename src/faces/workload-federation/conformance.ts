/** How the suite speaks with this face. */
import type { Json } from '../../json.ts'
import { createCredential } from '../../registry/credentials.ts'
import { createProvider } from '../../registry/providers.ts'
import { createServicePrincipal } from '../../registry/service-principals.ts'
import { actorIn, operator, principalDraft, providerDraft, trustDraft } from '../../registry/testing/registry.ts'
import { createTrust } from '../../registry/trusts.ts'
import type { TestApp } from '../testing/app.ts'
import type { Collection, Names, Specimen } from '../testing/specimen.ts'
import { workloadFederation } from './index.ts'

function member(value: Json, ...path: string[]): Json {
  return path.reduce<Json>((value, name) => Object(value)[name] ?? null, value)
}

function text(value: Json, ...path: string[]): string {
  const found = member(value, ...path)
  return typeof found === 'string' ? found : ''
}

function list(value: Json, ...path: string[]): Json[] {
  const found = member(value, ...path)
  return Array.isArray(found) ? found : []
}

const common = {
  callers: { writer: 'admin@acme', reader: 'viewer@acme', stranger: 'admin@rival' },
  smallestPage: 10,
  pageQuery: (size: number, token: string) => `page_size=${size}${token === '' ? '' : `&page_token=${token}`}`,
  removable: true,
}

async function preparePrincipal(app: TestApp, organisation: string): Promise<Names> {
  const draft = principalDraft({ displayName: 'Owner', roleIds: ['viewer', 'deployer'] })
  const principal = await createServicePrincipal(app.registry, actorIn(organisation), operator, draft)
  return { principal: principal.id }
}

async function prepareTrusting(app: TestApp, organisation: string): Promise<Names> {
  const names = await preparePrincipal(app, organisation)
  const provider = providerDraft({ displayName: 'Any issuer', known: 'CUSTOM', issuer: 'https://any.example.com' })
  const { id } = await createProvider(app.registry, actorIn(organisation), provider)
  return { ...names, provider: id }
}

const providers: Collection = {
  ...common,
  noun: 'providers',
  prepare: async () => ({}),
  path: () => '/api/v1/workload_federation/providers',
  unknownId: 'nobody',
  async make(app, organisation, _names, n) {
    const names = { displayName: `Issuer ${n}`, issuer: `https://issuer-${n}.example.com`, known: 'CUSTOM' }
    const draft = providerDraft({ ...names, description: 'd', settings: { oidc: { allowedAudiences: ['a'] } } })
    return (await createProvider(app.registry, actorIn(organisation), draft)).id
  },
  itemsOf: (body) => ({
    ids: list(body, 'list').map((item) => text(item, 'id')),
    next: text(body, 'nextPageToken'),
  }),
  create: {
    status: 200,
    body: (_names, n) => ({
      displayName: `Made ${n}`,
      description: null,
      issuerUrl: `https://made-${n}.example.com`,
      wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM',
      oidc: { allowedAudiences: ['x'], maxTokenAgeSeconds: 600 },
    }),
    idOf: (body) => text(body, 'provider', 'id'),
    wrong: {
      body: {
        displayName: 5,
        description: [],
        issuerUrl: {},
        wellKnownProvider: 'GITHUB',
        oidc: { allowedAudiences: [1] },
      },
      fields: ['displayName', 'description', 'issuerUrl', 'wellKnownProvider', 'oidc.allowedAudiences[0]'],
    },
    unknown: {
      body: (valid) => ({ ...valid, oidc: { customJwksUrl: 'https://x.example' } }),
      field: 'oidc.customJwksUrl',
    },
    example: {
      request: () => ({
        description: '<string>',
        displayName: '<string>',
        issuerUrl: 'SPIFFE://Prod.Example.com',
        spiffe: { bundleEndpointUrl: 'https://bundle.example.com/' },
        wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_SPIFFE',
      }),
      answer: {
        provider: {
          description: '<string>',
          disabled: false,
          displayName: '<string>',
          issuerUrl: 'spiffe://prod.example.com',
          spiffe: { bundleEndpointUrl: 'https://bundle.example.com/' },
        },
      },
    },
  },
  update: {
    method: 'PATCH',
    changes: [
      { body: { provider: { displayName: 'Changed' }, updateMask: 'displayName' }, field: 'displayName' },
      { body: { provider: { description: 'changed' }, updateMask: 'description' }, field: 'description' },
    ],
    record: async (app, organisation, id) => Object(await app.registry.stores.providers.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.providers.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const unseen = {
        labels: { team: 'platform' },
        domains: ['example.com'],
        secrets: { hidden: 'sealed' },
        attributeMapping: { 'google.subject': 'assertion.sub' },
        condition: 'true',
        mappers: [{ id: 'm-1', name: 'm', type: 't', syncMode: null, config: {} }],
        firstLogin: 'refuse' as const,
        examples: [{ name: 'e', claims: { repository: 'octo-org/payments' }, expect: false }],
        allowedScopes: ['deploy'],
        routingDomains: ['example.com'],
        syncMode: 'FORCE',
        expiresAt: new Date('2030-01-01T00:00:00Z'),
        settings: { ...record.settings, jwksUri: 'https://keys.example.com', ofAnotherFace: 1 },
      }
      await app.registry.write((tx) => tx.providers.update({ ...record, ...unseen, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

const servicePrincipals: Collection = {
  ...common,
  noun: 'service principals',
  prepare: async () => ({}),
  path: () => '/api/v1/service_principals',
  unknownId: 'nobody',
  make: async (app, organisation, _names, n) =>
    (
      await createServicePrincipal(
        app.registry,
        actorIn(organisation),
        operator,
        principalDraft({ displayName: `Deployer ${n}` }),
      )
    ).id,
  itemsOf: providers.itemsOf,
  create: {
    status: 200,
    body: (_names, n) => ({ displayName: `Deployer ${n}`, roleIds: ['deployer'] }),
    idOf: (body) => text(body, 'servicePrincipal', 'id'),
    wrong: {
      body: { displayName: true, roleIds: ['a', 2, null] },
      fields: ['displayName', 'roleIds[1]', 'roleIds[2]'],
    },
    unknown: { body: (valid) => ({ ...valid, role_ids: [] }), field: 'role_ids' },
  },
  update: {
    method: 'PATCH',
    changes: [
      { body: { servicePrincipal: { displayName: 'Changed' }, updateMask: 'displayName' }, field: 'displayName' },
      { body: { servicePrincipal: { roleIds: ['deployer'] }, updateMask: 'roleIds' }, field: 'roleIds' },
    ],
    record: async (app, organisation, id) => Object(await app.registry.stores.servicePrincipals.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.servicePrincipals.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const labels = { team: 'platform' }
      await app.registry.write((tx) => tx.servicePrincipals.update({ ...record, labels, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

const trusts: Collection = {
  ...common,
  noun: 'trusts',
  prepare: prepareTrusting,
  path: ({ principal }) => `/api/v1/service_principals/${principal}/trusts`,
  unknownId: 'clever-fox-10000',
  async make(app, organisation, { principal = '', provider = '' }, n) {
    const draft = trustDraft({ provider, displayName: `Trust ${n}` })
    return (await createTrust(app.registry, actorIn(organisation), operator, principal, draft)).cutename
  },
  itemsOf: (body) => ({
    ids: list(body, 'list').map((item) => text(item, 'clientId').split('@', 1)[0] ?? ''),
    next: text(body, 'nextPageToken'),
  }),
  create: {
    status: 200,
    body: ({ provider = '' }, n) => ({
      providerId: provider,
      displayName: `Trust ${n}`,
      conditionExpression: 'claims.sub == "x"',
      scopedRoleIds: ['deployer'],
      allowSourceCidrs: ['10.0.0.0/8', '2001:db8::/32'],
      passthroughClaims: ['repository'],
      allowedResources: ['https://api.example.com/'],
      allowedScopes: ['deploy'],
      tokenLifetimeSeconds: 600,
      capLifetimeToSubject: true,
    }),
    idOf: (body) => encodeURIComponent(text(body, 'trust', 'clientId')),
    wrong: {
      body: { providerId: 1, conditionExpression: [], allowSourceCidrs: '10.0.0.0/8', tokenLifetimeSeconds: '600' },
      fields: ['providerId', 'conditionExpression', 'allowSourceCidrs', 'tokenLifetimeSeconds'],
    },
    unknown: { body: (valid) => ({ ...valid, condition: 'true' }), field: 'condition' },
  },
  update: {
    method: 'PATCH',
    changes: [
      { body: { trust: { displayName: 'Changed' }, updateMask: 'displayName' }, field: 'displayName' },
      {
        body: { trust: { passthroughClaims: ['actor'] }, updateMask: 'passthroughClaims' },
        field: 'passthroughClaims',
      },
    ],
    record: async (app, _organisation, id) => Object(await app.registry.stores.trusts.getByCutename(id)),
    async enrich(app, _organisation, id) {
      const record = await app.registry.stores.trusts.getByCutename(id)
      if (record === null) throw new TypeError('just made')
      const unseen = {
        labels: { team: 'platform' },
        examples: [{ name: 'e', claims: { repository: 'octo-org/payments' } }],
      }
      await app.registry.write((tx) => tx.trusts.update({ ...record, ...unseen, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

const credentials: Collection = {
  ...common,
  noun: 'credentials',
  prepare: preparePrincipal,
  path: ({ principal }) => `/api/v1/service_principals/${principal}/credentials`,
  unknownId: 'clever-fox-10000',
  async make(app, organisation, { principal = '' }, n) {
    const lists = { scopedRoleIds: [], allowSourceCidrs: [] }
    const draft = { displayName: `Laptop ${n}`, lifetimeSeconds: null, requireDpop: false, ...lists }
    return (await createCredential(app.registry, actorIn(organisation), operator, principal, draft)).credential.id
  },
  itemsOf: providers.itemsOf,
  create: {
    status: 200,
    body: (_names, n) => ({
      displayName: `Laptop ${n}`,
      expires: '2592000s',
      scopedRoles: ['deployer'],
      allowSourceCidrs: ['192.0.2.1'],
      requireDpop: false,
    }),
    idOf: (body) => encodeURIComponent(text(body, 'credential', 'clientId')),
    wrong: {
      body: { expires: 'a month', scopedRoles: {}, requireDpop: 'no' },
      fields: ['expires', 'scopedRoles', 'requireDpop'],
    },
    unknown: { body: (valid) => ({ ...valid, clientSecret: 'mine' }), field: 'clientSecret' },
    secretOf: (body) => text(body, 'clientSecret'),
  },
  update: {
    method: 'PATCH',
    changes: [
      { body: { credential: { displayName: 'Changed' }, updateMask: 'displayName' }, field: 'displayName' },
      { body: { credential: { scopedRoleIds: ['deployer'] }, updateMask: 'scopedRoleIds' }, field: 'scopedRoleIds' },
    ],
    record: async (app, _organisation, id) => Object(await app.registry.stores.credentials.get(id)),
    enrich: async () => undefined, // nothing here that the face does not show or make
    touches: ['displayName'],
  },
}

export const workloadFederationSpecimen: Specimen = {
  face: workloadFederation,
  collections: [providers, servicePrincipals, trusts, credentials],
  isError: (_status, body) =>
    typeof member(body, 'code') === 'number' && text(body, 'message') !== '' && list(body, 'details').length > 0,
  fieldsOf: (body) =>
    list(body, 'details').flatMap((detail) => list(detail, 'fieldViolations').map((field) => text(field, 'field'))),
}

/** How the suite speaks with this face. */
import type { Json } from '../../json.ts'
import { createOrganisation } from '../../registry/organisations.ts'
import { createProvider } from '../../registry/providers.ts'
import { actorIn, providerDraft } from '../../registry/testing/registry.ts'
import type { Collection, Specimen } from '../testing/specimen.ts'
import { iamProviders } from './index.ts'

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
  prepare: async () => ({}),
  unknownId: 'nobody',
  smallestPage: 5,
  pageQuery: (size: number, token: string) => `pageSize=${size}${token === '' ? '' : `&pageToken=${token}`}`,
  itemsOf: (noun: string) => (body: Json) => ({
    ids: list(body, noun).map((item) => text(item, 'id')),
    next: text(body, 'nextPageToken'),
  }),
}

const WELL_KNOWN = '/.well-known/openid-configuration'

const providers: Collection = {
  ...common,
  noun: 'identity providers',
  callers: { writer: 'admin@acme', reader: 'viewer@acme', stranger: 'admin@rival' },
  path: () => '/v1/regions/global/iam/providers',
  itemsOf: common.itemsOf('providers'),
  removable: true,
  removedStatus: 204,
  async make(app, organisation, _names, n) {
    const draft = providerDraft({
      use: 'workforce',
      displayName: `Customer ${n}`,
      issuer: `https://issuer-${n}.example.com`,
      known: null,
      settings: { oidc: { clientId: 'c' } },
    })
    return (await createProvider(app.registry, actorIn(organisation), draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) => ({
      id: `made-${n}`,
      displayName: `Made ${n}`,
      tenantDomain: `Made-${n}.example`,
      oidcConfig: {
        discoveryUrl: `https://made-${n}.example.com${WELL_KNOWN}`,
        clientId: 'c',
        clientSecret: 'correct horse battery staple',
      },
      orgId: 'acme',
      enabled: false,
    }),
    idOf: (body) => text(body, 'id'),
    wrong: {
      body: {
        id: 1,
        displayName: 5,
        tenantDomain: [],
        oidcConfig: { discoveryUrl: {}, clientId: [], clientSecret: true },
        enabled: 'yes',
      },
      fields: [
        'id',
        'displayName',
        'tenantDomain',
        'oidcConfig.discoveryUrl',
        'oidcConfig.clientId',
        'oidcConfig.clientSecret',
        'enabled',
      ],
    },
    unknown: {
      body: (valid) => ({
        ...valid,
        oidcConfig: { discoveryUrl: `https://a.example${WELL_KNOWN}`, clientId: 'c', client_secret: 's' },
      }),
      field: 'oidcConfig.client_secret',
    },
    example: {
      request: () => ({
        displayName: 'Customer A OIDC',
        // The page has the placeholder <string>, which is no DNS name.
        tenantDomain: 'customer-a.example',
        oidcConfig: {
          discoveryUrl: `https://customerA-idp.com${WELL_KNOWN}`,
          clientId: 'CLIENT_ID_FROM_CUSTOMER',
          clientSecret: 'CLIENT_SECRET_FROM_CUSTOMER',
        },
        orgId: 'acme',
        enabled: true,
      }),
      answer: {
        id: 'customer-a-oidc',
        displayName: 'Customer A OIDC',
        enabled: true,
        tenantDomain: 'customer-a.example',
        oidcConfig: {
          discoveryUrl: `https://customerA-idp.com${WELL_KNOWN}`,
          clientId: 'CLIENT_ID_FROM_CUSTOMER',
        },
        selfLink: '/v1/regions/global/iam/providers/customer-a-oidc',
      },
    },
  },
  update: {
    method: 'PATCH',
    changes: [
      { body: { displayName: 'Changed' }, field: 'displayName' },
      { body: { enabled: false }, field: 'enabled' },
    ],
    record: async (app, organisation, id) => Object(await app.registry.stores.providers.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.providers.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const unseen = {
        description: 'of another face',
        labels: { team: 'platform' },
        secrets: { clientSecret: 'sealed' },
        domains: ['a.example', 'b.example'],
        routingDomains: ['b.example'],
        attributeMapping: { 'google.subject': 'assertion.email' },
        condition: 'assertion.email_verified',
        syncMode: 'FORCE',
        firstLogin: 'refuse' as const,
        allowedScopes: ['openid'],
        lastTestedAt: new Date('2026-01-01T00:00:00Z'),
        expiresAt: new Date('2030-01-01T00:00:00Z'),
        settings: { ...record.settings, prompt: 'login' },
      }
      await app.registry.write((tx) => tx.providers.update({ ...record, ...unseen, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

const organizations: Collection = {
  ...common,
  noun: 'organizations',
  callers: { writer: 'operator', reader: 'operator', stranger: 'admin@rival' },
  path: () => '/v1/regions/global/organizations',
  itemsOf: common.itemsOf('organizations'),
  removable: true,
  removedStatus: 204,
  async make(app, _organisation, _names, n) {
    const texts = { displayName: `Tenant ${n}`, description: null, host: null }
    const draft = { id: null, ...texts, roles: [], settings: {} }
    return (await createOrganisation(app.registry, actorIn('default'), draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) => ({ id: `made-${n}`, displayName: `Made ${n}`, description: 'd' }),
    idOf: (body) => text(body, 'id'),
    wrong: { body: { id: 5, displayName: [], description: 1 }, fields: ['id', 'displayName', 'description'] },
    unknown: { body: (valid) => ({ ...valid, displayname: 'x' }), field: 'displayname' },
  },
}

export const iamProvidersSpecimen: Specimen = {
  face: iamProviders,
  collections: [providers, organizations],
  isError: (status, body) =>
    member(body, 'error', 'code') === status &&
    text(body, 'error', 'message') !== '' &&
    list(body, 'error', 'details').length > 0 &&
    list(body, 'error', 'details').every((detail) => text(detail, 'code') !== '' && text(detail, 'message') !== ''),
  fieldsOf: (body) => list(body, 'error', 'details').map((detail) => text(detail, 'field')),
}

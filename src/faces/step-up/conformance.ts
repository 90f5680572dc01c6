/** How the suite speaks with this face. */
import type { Json } from '../../json.ts'
import { createProvider } from '../../registry/providers.ts'
import { actorIn, providerDraft } from '../../registry/testing/registry.ts'
import type { Collection, Specimen } from '../testing/specimen.ts'
import { stepUp } from './index.ts'

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

const providers: Collection = {
  noun: 'step-up providers',
  callers: { writer: 'admin@acme', reader: 'viewer@acme', stranger: 'admin@rival' },
  prepare: async () => ({}),
  path: () => '/api/v1/step-up/providers',
  unknownId: 'nobody',
  smallestPage: 10,
  pageQuery: (size, token) => `page_size=${size}${token === '' ? '' : `&page_token=${token}`}`,
  removable: true,
  async make(app, organisation, _names, n) {
    const draft = providerDraft({
      use: 'step-up',
      displayName: `Proof ${n}`,
      issuer: `https://issuer-${n}.example.com`,
      known: null,
      settings: { oidc: { clientId: 'c', oauth2: { acrValues: ['phr'] } } },
    })
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
      issuerUrl: `https://made-${n}.example.com`,
      clientId: 'c',
      clientSecret: 'correct horse battery staple',
      oauth2: { acrValues: ['phr'] },
      microsoft: null,
    }),
    idOf: (body) => text(body, 'stepUpProvider', 'id'),
    wrong: {
      body: {
        displayName: 5,
        issuerUrl: {},
        clientId: [],
        clientSecret: true,
        oauth2: { acrValues: [1] },
        microsoft: { validationMode: 'ACRS' },
      },
      fields: [
        'displayName',
        'issuerUrl',
        'clientId',
        'clientSecret',
        'oauth2.acrValues[0]',
        'microsoft.validationMode',
      ],
    },
    unknown: {
      body: (valid) => ({ ...valid, oauth2: { acr_values: [] } }),
      field: 'oauth2.acr_values',
    },
    example: {
      request: () => ({
        clientId: '<string>',
        displayName: '<string>',
        issuerUrl: 'https://Example.okta.com/',
        oauth2: { acrValues: ['<string>'] },
      }),
      answer: {
        stepUpProvider: {
          clientId: '<string>',
          displayName: '<string>',
          enabled: true,
          issuerUrl: 'https://example.okta.com',
          oauth2: { acrValues: ['<string>'] },
        },
      },
    },
  },
  update: {
    method: 'POST',
    changes: [
      { body: { stepUpProvider: { displayName: 'Changed' }, updateMask: 'displayName' }, field: 'displayName' },
      { body: { stepUpProvider: { enabled: false }, updateMask: 'enabled' }, field: 'enabled' },
    ],
    record: async (app, organisation, id) => Object(await app.registry.stores.providers.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.providers.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const unseen = {
        description: 'of another face',
        labels: { team: 'platform' },
        secrets: { clientSecret: 'sealed' },
        lastTestedAt: new Date('2026-01-01T00:00:00Z'),
        expiresAt: new Date('2030-01-01T00:00:00Z'),
        settings: { ...record.settings, discovered: { tokenUrl: 'https://elsewhere.example.com' } },
      }
      await app.registry.write((tx) => tx.providers.update({ ...record, ...unseen, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

export const stepUpSpecimen: Specimen = {
  face: stepUp,
  collections: [providers],
  isError: (_status, body) =>
    typeof member(body, 'code') === 'number' && text(body, 'message') !== '' && list(body, 'details').length > 0,
  fieldsOf: (body) =>
    list(body, 'details').flatMap((detail) => list(detail, 'fieldViolations').map((field) => text(field, 'field'))),
}

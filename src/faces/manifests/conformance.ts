/** How the suite speaks with this face. */
import type { Json } from '../../json.ts'
import { createOrganisation } from '../../registry/organisations.ts'
import { actorIn } from '../../registry/testing/registry.ts'
import type { Collection, Specimen } from '../testing/specimen.ts'
import { manifests } from './index.ts'

const ROOT = '/apis/entente.dev/v1'

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
  smallestPage: 5,
  pageQuery: (size: number, token: string) => `limit=${size}${token === '' ? '' : `&continue=${token}`}`,
  itemsOf: (body: Json) => ({
    ids: list(body, 'items').map((item) => text(item, 'metadata', 'name')),
    next: text(body, 'metadata', 'continue'),
  }),
  prepare: async () => ({}),
  removable: false,
}

const organizations: Collection = {
  ...common,
  noun: 'organizations',
  callers: { writer: 'operator', reader: 'operator', stranger: 'admin@rival' },
  path: () => `${ROOT}/organizations`,
  unknownId: 'nobody',
  async make(app, _organisation, _names, n) {
    const texts = { displayName: `Tenant ${n}`, description: null, host: null }
    const draft = { id: null, ...texts, roles: [], settings: {} }
    return (await createOrganisation(app.registry, actorIn('default'), draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) => ({
      apiVersion: 'entente.dev/v1',
      kind: 'Organization',
      metadata: { name: `made-${n}`, labels: { plan: 'team' } },
      spec: {
        displayName: `Made ${n}`,
        description: 'd',
        host: `made-${n}.example.org`,
        roles: ['deployer'],
        branding: { name: 'Made', color: '#336699' },
        session: { idleSeconds: 3600, absoluteSeconds: 43_200 },
        levels: [{ level: 'mfa', provider: 'okta', values: ['phr'] }],
        stepUpFor: ['deploy'],
      },
    }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: {
      body: {
        apiVersion: 'v1',
        kind: 'Organization',
        metadata: { name: 5, labels: { a: 1 } },
        spec: { displayName: [], roles: [1], branding: { color: 'red' } },
      },
      fields: [
        'apiVersion',
        'metadata.name',
        'metadata.labels.a',
        'spec.displayName',
        'spec.roles[0]',
        'spec.branding.color',
      ],
    },
    unknown: {
      body: (valid) => ({ ...valid, spec: { displayname: 'x' } }),
      field: 'spec.displayname',
    },
  },
}

let time = Date.parse('2026-01-01T00:00:00Z')

const decisions: Collection = {
  ...common,
  noun: 'decisions',
  callers: { writer: 'admin@acme', reader: 'viewer@acme', stranger: 'admin@rival' },
  path: ({ organisation }) => `${ROOT}/namespaces/${organisation}/decisions`,
  prepare: async (_app, organisation) => ({ organisation }),
  unknownId: '00000000-0000-7000-8000-000000000000',
  async make(app, organisation) {
    const id = app.registry.newUid()
    time += 1000
    await app.recorder.record({
      id,
      organisation,
      plane: 'token-exchange',
      outcome: 'refused',
      code: 'condition.false',
      provider: 'github',
      trust: 'clever-fox-10000',
      at: new Date(time),
      rungs: [
        { name: 'token', outcome: 'passed' },
        { name: 'condition', outcome: 'failed', code: 'condition.false', expected: 'true', actual: 'false' },
      ],
      address: '192.0.2.1',
      issued: null,
    })
    return id
  },
}

export const manifestsSpecimen: Specimen = {
  face: manifests,
  collections: [organizations, decisions],
  isError: (status, body) =>
    text(body, 'kind') === 'Status' &&
    text(body, 'status') === 'Failure' &&
    member(body, 'code') === status &&
    text(body, 'reason') !== '' &&
    list(body, 'details', 'causes').length > 0,
  fieldsOf: (body) => list(body, 'details', 'causes').map((cause) => text(cause, 'field')),
}

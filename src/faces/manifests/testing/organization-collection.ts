/** How the suite speaks of organizations: an operator's, and without a namespace. */
import { createOrganisation } from '../../../registry/organisations.ts'
import { actorIn } from '../../../registry/testing/registry.ts'
import type { Collection } from '../../testing/specimen.ts'
import { changes, common, document, ROOT, unknown } from './collection.ts'
import { text } from './members.ts'

export const organizations: Collection = {
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
    body: (_names, n) =>
      document('Organization', `made-${n}`, {
        displayName: `Made ${n}`,
        description: 'd',
        host: `made-${n}.example.org`,
        roles: ['deployer'],
        branding: { name: 'Made', color: '#336699' },
        session: { idleSeconds: 3600, absoluteSeconds: 43_200 },
        levels: [{ level: 'phr', provider: 'okta', values: ['phr'] }],
        stepUpFor: ['provider.delete'],
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
    unknown: unknown('displayname'),
  },
  update: {
    method: 'PATCH',
    changes: changes(['displayName', 'Changed'], ['description', 'changed']),
    record: async (app, _organisation, id) => Object(await app.registry.stores.organisations.get(id)),
    async enrich(app, _organisation, id) {
      const record = await app.registry.stores.organisations.get(id)
      if (record === null) throw new TypeError('just made')
      const unseen = { labels: { plan: 'team' }, settings: { branding: { name: 'B' }, ofAnotherFace: true } }
      await app.registry.write((tx) => tx.organisations.update({ ...record, ...unseen, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

/** How the suite speaks of mappers. */
import { addMapper } from '../../../registry/mappers.ts'
import { actorIn, admin } from '../../../registry/testing/registry.ts'
import type { Collection } from '../../testing/specimen.ts'
import { byNumber, callers, makeOidc } from './collection.ts'
import { text } from './members.ts'
import { ROOT } from './requests.ts'

export const mappers: Collection = {
  ...byNumber('id'),
  noun: 'mappers',
  callers,
  async prepare(app, organisation) {
    return { provider: await makeOidc(app, organisation, 'mapped') }
  },
  path: ({ provider }) => `${ROOT}/${provider}/mappers`,
  unknownId: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
  removable: true,
  removedStatus: 204,
  async make(app, organisation, { provider = '' }, n) {
    const draft = { name: `m-${n}`, type: 'oidc-hardcoded-group-idp-mapper', syncMode: null, config: { group: '/g' } }
    return (await addMapper(app.registry, actorIn(organisation), admin, 'workforce', provider, draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) => ({
      name: `made-${n}`,
      identity_provider_mapper: 'oidc-role-idp-mapper',
      config: { claim: 'groups', 'claim.value': 'admins', role: 'auditor', syncMode: 'FORCE' },
    }),
    idOf: (body) => text(body, 'id'),
    wrong: {
      body: { id: 5, name: [], identity_provider_mapper: {}, config: 'x' },
      fields: ['id', 'name', 'identity_provider_mapper', 'config'],
    },
    unknown: { body: (valid) => ({ ...valid, sync_mode: 'FORCE' }), field: 'sync_mode' },
    example: {
      request: () => ({
        name: 'page-example',
        identity_provider_mapper: 'hardcoded-attribute-idp-mapper',
        id: 'chosen-elsewhere',
        config: { attribute: 'a', 'attribute.value': 'b' },
      }),
      answer: {
        name: 'page-example',
        identity_provider_mapper: 'hardcoded-attribute-idp-mapper',
        config: { attribute: 'a', 'attribute.value': 'b' },
      },
    },
  },
  update: {
    method: 'PATCH',
    changes: [
      { body: { config: { group: '/changed' } }, field: 'group' },
      { body: { config: { syncMode: 'FORCE' } }, field: 'syncMode' },
    ],
    record: async (app, organisation, id) => {
      const provider = await app.registry.stores.providers.get(organisation, 'mapped')
      return Object(provider?.mappers.find((mapper) => mapper.id === id))
    },
    async enrich() {
      // Nothing of a mapper is out of this face's sight.
    },
    touches: ['config'],
  },
}

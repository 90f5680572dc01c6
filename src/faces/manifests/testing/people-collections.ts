/** How the suite speaks of apps, people and domains. */
import { createApp } from '../../../registry/apps.ts'
import { createDomain } from '../../../registry/domain-records.ts'
import { createPerson } from '../../../registry/persons.ts'
import { actorIn, admin, operator } from '../../../registry/testing/registry.ts'
import type { Collection } from '../../testing/specimen.ts'
import { changes, document, inNamespace, unknown, wrong } from './collection.ts'
import { text } from './members.ts'

export const apps: Collection = {
  ...inNamespace('apps'),
  noun: 'apps',
  async make(app, organisation, _names, n) {
    const draft = { id: `app-${n}`, redirectUris: ['https://app.example/cb'] }
    return (await createApp(app.registry, actorIn(organisation), admin, draft)).app.id
  },
  create: {
    status: 201,
    body: (_names, n) =>
      document('App', `made-${n}`, {
        displayName: `Made ${n}`,
        redirectUris: ['https://app.example/cb'],
        scopes: ['openid'],
      }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong('App', { displayName: [], redirectUris: 'x', requireDpop: 'no', clientSecret: 5 }, [
      'displayName',
      'redirectUris',
      'requireDpop',
      'clientSecret',
    ]),
    unknown: unknown('redirect_uris'),
    example: {
      request: () =>
        document('App', 'shop', { displayName: 'Shop', redirectUris: ['https://shop.example.com/callback'] }),
      answer: {
        metadata: { name: 'shop', namespace: 'acme', resourceVersion: '1' },
        spec: {
          displayName: 'Shop',
          redirectUris: ['https://shop.example.com/callback'],
          grantTypes: ['authorization_code', 'refresh_token'],
          tokenEndpointAuthMethod: 'client_secret_basic',
          idTokenSignedResponseAlg: 'RS256',
        },
        status: { clientId: 'acme.shop', conditions: [{ type: 'Ready', status: 'True', reason: 'Usable' }] },
      },
    },
    secretOf: (body) => text(body, 'status', 'clientSecret'),
  },
  update: {
    method: 'PATCH',
    changes: changes(['displayName', 'Changed'], ['scopes', ['openid', 'email']]),
    record: async (app, organisation, id) => Object(await app.registry.stores.apps.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.apps.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const seen = {
        labels: { team: 'platform' },
        secrets: { clientSecret: 'sealed' },
        resources: ['https://api.example'],
      }
      await app.registry.write((tx) => tx.apps.update({ ...record, ...seen, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

export const persons: Collection = {
  ...inNamespace('persons'),
  noun: 'persons',
  async make(app, organisation, _names, n) {
    return (
      await createPerson(app.registry, actorIn(organisation), admin, { id: `person-${n}`, email: `p${n}@acme.example` })
    ).id
  },
  create: {
    status: 201,
    body: (_names, n) =>
      document('Person', `made-${n}`, {
        displayName: `Made ${n}`,
        email: `m${n}@acme.example`,
        roleIds: ['viewer'],
        disabled: true,
      }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong('Person', { email: [], groups: 'x', links: [{ provider: 5 }], disabled: 1 }, [
      'email',
      'groups',
      'links[0].subject',
      'links[0].provider',
      'disabled',
    ]),
    unknown: unknown('mail'),
  },
  update: {
    method: 'PATCH',
    changes: changes(['displayName', 'Changed'], ['groups', ['/staff']]),
    record: async (app, organisation, id) => Object(await app.registry.stores.persons.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.persons.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const seen = {
        labels: { team: 'platform' },
        attributes: { country: ['GB'] },
        emailVerified: true,
        username: 'ada',
      }
      await app.registry.write((tx) => tx.persons.update({ ...record, ...seen, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

export const domains: Collection = {
  ...inNamespace('domains'),
  noun: 'domains',
  async make(app, organisation, _names, n) {
    const draft = { id: `domain-${n}`, domain: `d${n}.example` }
    return (await createDomain(app.registry, actorIn(organisation), operator, draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) => document('Domain', `made-${n}`, { domain: `proved-${n}.example` }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong('Domain', { domain: 5, provider: [], vouched: 'yes' }, ['domain', 'provider', 'vouched']),
    unknown: unknown('verified'),
  },
}

/** How the suite speaks of those who act, and of those who are trusted to let them. */
import { createProvider } from '../../../registry/providers.ts'
import { createServicePrincipal } from '../../../registry/service-principals.ts'
import { actorIn, admin, principalDraft, providerDraft, trustDraft } from '../../../registry/testing/registry.ts'
import { createTrust } from '../../../registry/trusts.ts'
import type { Collection } from '../../testing/specimen.ts'
import { changes, document, inNamespace, unknown, wrong } from './collection.ts'
import { text } from './members.ts'

export const servicePrincipals: Collection = {
  ...inNamespace('serviceprincipals'),
  noun: 'service principals',
  async make(app, organisation, _names, n) {
    const draft = principalDraft({ id: `bot-${n}` })
    return (await createServicePrincipal(app.registry, actorIn(organisation), admin, draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) =>
      document('ServicePrincipal', `made-${n}`, { displayName: `Made ${n}`, roleIds: ['deployer'], disabled: true }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong('ServicePrincipal', { displayName: [], roleIds: [1], disabled: 'yes' }, [
      'displayName',
      'roleIds[0]',
      'disabled',
    ]),
    unknown: unknown('roles'),
    example: {
      request: () => document('ServicePrincipal', 'deploy-bot', { displayName: 'Deploy bot', roleIds: ['deployer'] }),
      answer: {
        metadata: { name: 'deploy-bot', namespace: 'acme', resourceVersion: '1', labels: { team: 'platform' } },
        spec: { displayName: 'Deploy bot', roleIds: ['deployer'] },
        status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Usable' }] },
      },
    },
  },
  update: {
    method: 'PATCH',
    changes: changes(['displayName', 'Changed'], ['roleIds', ['deployer', 'viewer']]),
    record: async (app, organisation, id) => Object(await app.registry.stores.servicePrincipals.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.servicePrincipals.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const enriched = { ...record, labels: { team: 'platform' }, enabled: false, version: record.version + 1 }
      await app.registry.write((tx) => tx.servicePrincipals.update(enriched))
    },
    touches: ['displayName'],
  },
}

export const trusts: Collection = {
  ...inNamespace('trusts'),
  noun: 'trusts',
  async prepare(app, organisation) {
    const actor = actorIn(organisation)
    const issuer = `https://trusted-in-${organisation}.example.com`
    await createProvider(app.registry, actor, providerDraft({ id: 'trusted', known: 'CUSTOM', issuer }))
    await createServicePrincipal(app.registry, actor, admin, principalDraft({ id: 'trusting' }))
    return { organisation }
  },
  async make(app, organisation, _names, n) {
    const draft = trustDraft({ id: `trust-${n}`, provider: 'trusted' })
    return (await createTrust(app.registry, actorIn(organisation), admin, 'trusting', draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) =>
      document('Trust', `made-${n}`, {
        servicePrincipal: 'trusting',
        provider: 'trusted',
        displayName: `Made ${n}`,
        description: 'd',
        condition: 'claims.repository == "octo-org/payments"',
        scopedRoleIds: ['viewer'],
        allowSourceCidrs: ['192.0.2.0/24'],
        passthroughClaims: ['repository'],
        allowedResources: ['https://api.example.com'],
        allowedScopes: ['read'],
        tokenLifetimeSeconds: 600,
        capLifetimeToSubject: true,
        examples: [{ claims: { repository: 'octo-org/payments' }, expect: true }],
        disabled: true,
      }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong(
      'Trust',
      {
        servicePrincipal: 1,
        provider: {},
        condition: 5,
        scopedRoleIds: 'viewer',
        allowSourceCidrs: [4],
        tokenLifetimeSeconds: '600',
        capLifetimeToSubject: 'no',
        examples: [1],
        disabled: 0,
      },
      [
        'servicePrincipal',
        'provider',
        'condition',
        'scopedRoleIds',
        'allowSourceCidrs[0]',
        'tokenLifetimeSeconds',
        'capLifetimeToSubject',
        'examples[0]',
        'disabled',
      ],
    ),
    unknown: unknown('conditionExpression'),
    example: {
      request: () =>
        document('Trust', 'deploy-payments', {
          servicePrincipal: 'trusting',
          provider: 'trusted',
          condition: 'claims.repository == "octo-org/payments" && claims.ref == "refs/heads/main"',
        }),
      answer: {
        metadata: { name: 'deploy-payments', namespace: 'acme', resourceVersion: '1' },
        spec: {
          servicePrincipal: 'trusting',
          provider: 'trusted',
          condition: 'claims.repository == "octo-org/payments" && claims.ref == "refs/heads/main"',
        },
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      },
    },
  },
  update: {
    method: 'PATCH',
    changes: changes(['displayName', 'Changed'], ['tokenLifetimeSeconds', 900]),
    record: async (app, organisation, id) => Object(await app.registry.stores.trusts.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.trusts.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const enriched = { ...record, labels: { team: 'platform' }, enabled: false, passthroughClaims: ['ref'] }
      await app.registry.write((tx) => tx.trusts.update({ ...enriched, version: record.version + 1 }))
    },
    touches: ['displayName'],
  },
}

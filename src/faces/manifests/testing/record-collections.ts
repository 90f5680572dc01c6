/** How the suite speaks of records of what happened. */
import { createProvider } from '../../../registry/providers.ts'
import { createServicePrincipal } from '../../../registry/service-principals.ts'
import { actorIn, admin, principalDraft, providerDraft } from '../../../registry/testing/registry.ts'
import type { Collection } from '../../testing/specimen.ts'
import { inNamespace } from './collection.ts'

const UNKNOWN = '00000000-0000-7000-8000-000000000000'

let time = Date.parse('2026-01-01T00:00:00Z')

function nextTime(): Date {
  time += 1000
  return new Date(time)
}

export const decisions: Collection = {
  ...inNamespace('decisions'),
  noun: 'decisions',
  unknownId: UNKNOWN,
  removable: false,
  async make(app, organisation) {
    const id = app.registry.newUid()
    await app.recorder.record({
      id,
      organisation,
      plane: 'token-exchange',
      outcome: 'refused',
      code: 'condition.false',
      provider: 'github',
      trust: 'clever-fox-10000',
      at: nextTime(),
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

export const auditRecords: Collection = {
  ...inNamespace('auditrecords'),
  noun: 'audit records',
  unknownId: UNKNOWN,
  removable: false,
  async make(app, organisation, _names, n) {
    const draft = principalDraft({ id: `audited-${n}` })
    await createServicePrincipal(app.registry, actorIn(organisation), admin, draft)
    const [newest] = await app.storage.auditRows.list(organisation, { limit: 1 })
    if (newest === undefined) throw new TypeError('a write leaves its row')
    return newest.id
  },
}

export const stepUpTransactions: Collection = {
  ...inNamespace('stepuptransactions'),
  noun: 'step-up transactions',
  unknownId: UNKNOWN,
  removable: false,
  async prepare(app, organisation) {
    const draft = providerDraft({
      use: 'step-up',
      id: 'proving',
      issuer: 'https://proving.example.com',
      known: null,
      settings: { oidc: { clientId: 'c', oauth2: {} } },
    })
    const { uid } = await createProvider(app.registry, actorIn(organisation), draft)
    return { organisation, provider: uid }
  },
  async make(app, organisation, { provider = '' }) {
    const uid = app.registry.newUid()
    const createdAt = nextTime()
    const times = { createdAt, updatedAt: createdAt, expiresAt: new Date('2099-01-01T00:00:00Z'), version: 1 }
    const none = { reason: null, level: null, maxAgeSeconds: null, returnTo: null, browserHash: null }
    const state = { state: 'pending', errorMessage: null, claims: {} } as const
    const asked = { ...none, ...state, person: null, target: { kind: 'test' } } as const
    await app.registry.write((tx) => tx.stepUpTransactions.insert({ uid, organisation, provider, ...asked, ...times }))
    return uid
  },
}

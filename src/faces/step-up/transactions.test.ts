import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProvider } from '../../registry/providers.ts'
import type { StepUpTransaction } from '../../registry/step-up-transaction.ts'
import { actorIn, providerDraft } from '../../registry/testing/registry.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { stepUp } from './index.ts'
import { at, ids, makeOauth2, PROVIDERS, violations } from './testing/requests.ts'

const TRANSACTIONS = '/api/v1/step-up/transactions'
const SEARCH = '/api/v1/search/step-up/transactions'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([stepUp])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

describe('a transaction', () => {
  const made: StepUpTransaction[] = []
  let provider: string

  beforeAll(async () => {
    await createProvider(app.registry, actorIn('default'), providerDraft({ id: 'workload' }))
    provider = await makeOauth2(app, 'Challenged')
    const record = await app.registry.stores.providers.get('default', provider)
    if (record === null) throw new TypeError('just made')
    const none = { reason: null, level: null, maxAgeSeconds: null, returnTo: null, browserHash: null }
    const base = { ...none, organisation: 'default', provider: record.uid, errorMessage: null, claims: {}, version: 1 }
    const add = async (minute: number, fields: Pick<StepUpTransaction, 'person' | 'target' | 'state'> & object) => {
      const createdAt = new Date(Date.UTC(2026, 0, 1, 0, minute))
      const times = { createdAt, updatedAt: createdAt, expiresAt: new Date(Date.UTC(2099, 0, 1, 1, minute)) }
      const transaction = { uid: app.registry.newUid(), ...base, ...times, ...fields }
      await app.registry.write((tx) => tx.stepUpTransactions.insert(transaction))
      made.push(transaction)
    }
    const task = (taskId: string) => ({ kind: 'task', taskId, policyStepId: 'p-1' }) as const
    const errorMessage = 'ID token not found in response'
    await add(0, { person: 'ann', target: task('t-1'), state: 'pending' })
    await add(1, { person: 'ben', target: task('t-2'), state: 'verified', ...{ claims: { acr: 'phr' } } })
    await add(2, { person: null, target: { kind: 'test' }, state: 'error', ...{ errorMessage } })
  })

  const uidOf = (index: number) => made[index]?.uid ?? ''

  it('shows its task, what the provider said, and whose it is', async () => {
    expect((await send('GET', `${TRANSACTIONS}/${uidOf(1)}`, undefined, 'viewer')).body).toEqual({
      transaction: {
        id: uidOf(1),
        userId: 'ben',
        providerId: provider,
        state: 'STEP_UP_TRANSACTION_STATE_VERIFIED',
        claims: { acr: 'phr' },
        approveTask: { taskId: 't-2', policyStepId: 'p-1' },
        createdAt: '2026-01-01T00:01:00.000Z',
        updatedAt: '2026-01-01T00:01:00.000Z',
        expiresAt: '2099-01-01T01:01:00.000Z',
      },
    })
  })

  it('for a test has nobody and no task', async () => {
    const answer = await send('GET', `${TRANSACTIONS}/${uidOf(2)}`)
    expect(at(answer, 'transaction')).toMatchObject({
      state: 'STEP_UP_TRANSACTION_STATE_ERROR',
      errorMessage: 'ID token not found in response',
      test: {},
    })
    for (const name of ['userId', 'claims', 'approveTask']) expect(at(answer, 'transaction')).not.toHaveProperty(name)
  })

  it('is unknown to other organisations, as one that does not exist', async () => {
    const foreign = await send('GET', `${TRANSACTIONS}/${uidOf(0)}`, undefined, 'admin@acme')
    const unknown = await send('GET', `${TRANSACTIONS}/x%00`, undefined, 'admin@acme')
    expect(foreign.status).toBe(404)
    expect(unknown.text).toBe(foreign.text)
    expect((await send('GET', `${TRANSACTIONS}/${uidOf(0)}`, undefined, 'nobody')).status).toBe(403)
    expect(ids(await send('POST', SEARCH, {}, 'admin@acme'))).toEqual([])
  })

  it.each<[object, number[]]>([
    [{}, [0, 1, 2]],
    [{ providerId: 'challenged' }, [0, 1, 2]],
    [{ providerId: 'nobody' }, []],
    [{ providerId: 'x\u0000' }, []],
    [{ providerId: 'workload' }, []],
    [{ userId: 'ann' }, [0]],
    [{ userId: '\u0000' }, []],
    [{ taskId: 't-2', targetType: 'TARGET_TYPE_TICKET' }, [1]],
    [{ taskId: '\ud800', targetType: 'TARGET_TYPE_TICKET' }, []],
    [{ taskId: '', targetType: 'TARGET_TYPE_TEST' }, [2]],
    [{ targetType: 'TARGET_TYPE_UNSPECIFIED', state: 'STEP_UP_TRANSACTION_STATE_UNSPECIFIED' }, [0, 1, 2]],
    [{ state: 'STEP_UP_TRANSACTION_STATE_PENDING' }, [0]],
    [{ createdAfter: '2026-01-01T00:00:00Z' }, [1, 2]],
    [{ createdAfter: '2026-01-01T01:00:30.5+01:00', createdBefore: '2026-01-01T00:02:00Z' }, [1]],
    [{ createdBefore: null, userId: null }, [0, 1, 2]],
  ])('is found by %j', async (body, found) => {
    const answer = await send('POST', SEARCH, body)
    expect(answer.status, answer.text).toBe(200)
    expect(ids(answer)).toEqual(found.map(uidOf))
  })

  it.each<[object, string[]]>([
    [{ taskId: 't-1' }, ['taskId']],
    [{ taskId: 't-1', targetType: 'TARGET_TYPE_TEST' }, ['taskId']],
    [{ state: 'VERIFIED', targetType: 'TICKET' }, ['targetType', 'state']],
    [{ createdAfter: 'yesterday', createdBefore: 5 }, ['createdAfter', 'createdBefore']],
    [{ createdAfter: '2016-12-31T23:59:60Z', taskId: 't' }, ['createdAfter', 'taskId']],
    [{ personId: 'x' }, ['personId']],
  ])('is not searched by %j', async (body, fields) => {
    const answer = await send('POST', SEARCH, body)
    expect(answer.status).toBe(400)
    expect(violations(answer).sort()).toEqual([...fields].sort())
  })

  it('goes with its provider', async () => {
    expect((await send('DELETE', `${PROVIDERS}/${provider}`)).status).toBe(200)
    expect((await send('GET', `${TRANSACTIONS}/${uidOf(0)}`)).status).toBe(404)
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createChain, hashOf } from './chain.ts'
import type { Decision } from './decision.ts'
import type { DecisionRow, DecisionStore } from './decision-store.ts'
import { bodyOf, createRecorder } from './recorder.ts'

const decision = (id: string): Decision => ({
  id,
  organisation: 'default',
  plane: 'token-exchange',
  outcome: 'refused',
  code: 'trust.unknown',
  provider: null,
  trust: null,
  at: new Date(0),
  rungs: [],
  address: null,
  issued: null,
})

function fakeStore(failures: number) {
  const commits: (readonly DecisionRow[])[] = []
  let left = failures
  const store: DecisionStore = {
    async append(rows) {
      if (left-- > 0) throw new Error('disk full')
      commits.push(rows)
    },
    get: async () => null,
    list: async () => [],
  }
  return { store, commits }
}

function openRecorder(store: DecisionStore) {
  let chains = 0
  const errors: unknown[] = []
  const newUid = () => `chain-${++chains}`
  return {
    errors,
    recorder: createRecorder({
      store,
      chain: createChain('chain-0', 'origin'),
      newUid,
      onError: (e) => errors.push(e),
    }),
  }
}

it('puts the decisions of one turn into one commit, each linked to the one before', async () => {
  const { store, commits } = fakeStore(0)
  const { recorder } = openRecorder(store)
  await Promise.all(['a', 'b', 'c'].map((id) => recorder.record(decision(id))))
  await recorder.record(decision('d'))
  expect(commits.map((rows) => rows.length)).toEqual([3, 1])
  const rows = commits.flat()
  rows.forEach((row, index) => {
    const previous = rows[index - 1]?.link.hash ?? 'origin'
    expect(row.link).toEqual({
      chain: 'chain-0',
      seq: index + 1,
      previous,
      hash: hashOf('chain-0', index + 1, previous, row.body),
    })
  })
})

it('answers nobody whose row is not durable, and goes on in a new chain', async () => {
  const { store, commits } = fakeStore(1)
  const { recorder, errors } = openRecorder(store)
  const outcomes = await Promise.allSettled(['a', 'b'].map((id) => recorder.record(decision(id))))
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
  expect(errors).toHaveLength(1)
  await recorder.record(decision('c'))
  expect(commits.flat().map((row) => row.link.chain)).toEqual(['chain-1'])
})

it('writes the JSON of a decision, with bare rungs as their names', () => {
  const text = fc.string({ unit: 'binary' }).map((raw) => Buffer.from(raw).toString())
  const maybe = fc.option(text, { nil: null })
  const rung = fc.record(
    { name: text, outcome: fc.constantFrom('passed', 'failed', 'skipped'), code: text, expected: text, actual: text },
    { requiredKeys: ['name', 'outcome'] },
  )
  const near = fc.record({ trust: text, verdict: fc.constant('false' as const), parts: fc.constant([]) })
  const nearestTrusts = fc.option(fc.array(near, { maxLength: 2 }), { nil: undefined })
  const issued = fc.option(fc.record({ jti: text, sub: text, scope: maybe, expiresAt: text }), { nil: null })
  fc.assert(
    fc.property(
      text,
      maybe,
      maybe,
      fc.array(rung, { maxLength: 5 }),
      issued,
      nearestTrusts,
      (id, provider, address, rungs, issued, near) => {
        const found = { provider, address, rungs: rungs as Decision['rungs'], issued }
        const whole: Decision = {
          ...decision(id),
          ...found,
          ...(near === undefined ? {} : { conditionParts: [], nearestTrusts: near }),
        }
        const isBare = (rung: object) =>
          Object.keys(rung).join() === 'name,outcome' && 'outcome' in rung && rung.outcome === 'passed'
        const expected = { ...whole, rungs: whole.rungs.map((rung) => (isBare(rung) ? rung.name : rung)) }
        expect(JSON.parse(bodyOf(whole))).toEqual(JSON.parse(JSON.stringify(expected)))
      },
    ),
  )
})

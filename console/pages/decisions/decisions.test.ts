import { describe, expect, it } from 'vitest'
import { decisionIdIn } from './decision-id.ts'
import { keyed, rungLines } from './rungs.ts'
import { queryOf, readDecisionSearch } from './search.ts'

const ID = '01a21452-d219-719e-8868-b77952dc2dd3'
const OTHER = '217e951a-9636-4dff-bc07-36e99a490d4b'

describe('a decision id in what somebody pastes', () => {
  it.each([
    ['alone', ID, ID],
    ['in capitals, with spaces', `  ${ID.toUpperCase()}\n`, ID],
    ['in an error body', `{"error":"invalid_request","decision_id":"${ID}"}`, ID],
    ['in a header', `entente-decision: ${ID}`, ID],
    ['in an address', `https://e.example/console/decisions/${ID}?organization=acme`, ID],
    ['behind the id of the request', `x-request-id: ${OTHER}\nentente-decision: ${ID}`, ID],
    ['nowhere', 'it does not work', null],
    ['cut off', ID.slice(0, 30), null],
  ])('is found: %s', (_name, text, id) => {
    expect(decisionIdIn(text)).toBe(id)
  })
})

describe('filters of decisions', () => {
  it('are taken from the address as far as the API knows them', () => {
    const search = { plane: 'sign-in', outcome: 'refused', code: 'a.b', provider: 'okta', period: 'day' }
    expect(readDecisionSearch({ ...search, more: 'x' })).toEqual(search)
    expect(readDecisionSearch({ plane: 'x', outcome: 1, code: '', period: 'year' })).toEqual({})
  })

  it('go to the API with the moment to look back to', () => {
    const now = Date.parse('2026-11-25T12:00:00Z')
    expect(queryOf({ plane: 'test', code: ' a.b ', period: 'hour' }, now)).toEqual({
      plane: 'test',
      code: 'a.b',
      since: '2026-11-25T11:00:00.000Z',
    })
    expect(queryOf({ provider: ' ' }, now)).toEqual({})
  })
})

describe('a rung', () => {
  it.each([
    [
      'shows both sides',
      { expected: 'a', actual: 'b' },
      'failed',
      [
        ['expected', 'a'],
        ['found', 'b'],
      ],
    ],
    ['shows why it was skipped', { actual: 'none is configured' }, 'skipped', [['because', 'none is configured']]],
    ['shows nothing where there is nothing', {}, 'passed', []],
  ] as const)('%s', (_name, texts, outcome, lines) => {
    expect(rungLines({ name: 'x', outcome, ...texts }).map(({ label, text }) => [label, text])).toEqual(lines)
  })
})

it('what stands twice in a ladder has two keys', () => {
  expect(keyed(['sender', 'key', 'sender'], (name) => name).map(({ key }) => key)).toEqual([
    'sender 1',
    'key 1',
    'sender 2',
  ])
})

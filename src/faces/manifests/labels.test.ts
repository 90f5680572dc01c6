import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import { labelTest } from './labels.ts'

const labels = { plan: 'team', 'example.com/tier': 'gold', empty: '' }

describe('a label selector', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, true],
    ['', true],
    ['plan=team', true],
    ['plan==team', true],
    ['plan = free', false],
    ['plan!=free', true],
    ['absent!=x', true],
    ['plan', true],
    ['!plan', false],
    ['absent', false],
    ['!absent', true],
    ['empty=', true],
    ['plan=team,example.com/tier=gold', true],
    ['plan=team,!plan', false],
    ['constructor', false],
    ['plan in (free, team)', true],
    ['plan in(team)', true],
    ['plan in (free)', false],
    ['absent in (team)', false],
    ['plan notin (free,gold)', true],
    ['plan notin (team)', false],
    ['absent notin (team)', true],
    ['empty in ()', true],
    ['constructor in (x)', false],
    ['plan in (team),example.com/tier notin (silver),!absent', true],
    ['plan in (team),example.com/tier in (silver)', false],
  ])('%s', (selector, matches) => {
    expect(labelTest(selector)(labels)).toBe(matches)
  })

  it.each([
    '=x',
    'a b',
    'a in b',
    'a in (b',
    'a in b)',
    'a in (b c)',
    'a in ((b))',
    '!a in (b)',
    'a in (b) c',
    'ain (b)',
    'plan=te am',
    '!!a',
  ])('is refused: %s', (selector) => {
    expect(() => labelTest(selector)).toThrow(Fault)
  })

  it('is a test or a fault, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (selector) => {
        try {
          expect(typeof labelTest(selector)(labels)).toBe('boolean')
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import { createPageTokens } from '../../http/page-token.ts'
import { pageSizeOf, readPage, readPageQuery } from './paging.ts'

describe('a page size', () => {
  it.each<[number | string | null | undefined, number]>([
    [undefined, 25],
    [null, 25],
    ['', 25],
    ['0', 10],
    [1, 10],
    ['10', 10],
    [99, 99],
    ['101', 100],
    [2_000_000_000, 100],
  ])('%s is %i', (asked, size) => expect(pageSizeOf(asked)).toBe(size))

  it('is 10 to 100 or a fault, whatever is asked', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double()), (asked) => {
        try {
          expect(pageSizeOf(asked)).toBeGreaterThanOrEqual(10)
          expect(pageSizeOf(asked)).toBeLessThanOrEqual(100)
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
    )
  })
})

it('either spelling of the query is understood', () => {
  expect(readPageQuery({ page_size: '10', pageToken: 't' })).toEqual({ pageSize: '10', pageToken: 't' })
  expect(() => readPageQuery({ pageSize: ['10', '20'] })).toThrow(Fault)
})

it('pages of any list are that list', async () => {
  const tokens = createPageTokens(Buffer.alloc(32))
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 40 }), async (count, pageSize) => {
      const all = Array.from({ length: count }, (_, n) => ({ uid: String(n).padStart(3, '0') }))
      const seen: object[] = []
      for (let pageToken = '', page = 0; page < 10; page++) {
        const answer = await readPage(
          { pageSize, pageToken },
          { tokens, organisation: 'acme', question: 'all' },
          async ({ limit, after = '' }) => all.filter(({ uid }) => uid > after).slice(0, limit),
        )
        seen.push(...answer.records)
        pageToken = answer.nextPageToken
        if (pageToken === '') break
      }
      expect(seen).toEqual(all)
    }),
  )
})

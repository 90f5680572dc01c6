import { describe, expect, it } from 'vitest'
import type { PageTokens } from '../../http/page-token.ts'
import type { Listed } from './kind.ts'
import { type Listing, listed } from './paging.ts'

const tokens: PageTokens = {
  seal: (_organisation, _question, key) => key,
  open: (_organisation, _question, token) => token,
}
const actor = { organisation: 'acme', subject: 's', requestId: null }
const caller = { ...actor, home: 'acme', roles: [], operator: false, requestId: 'r' }

/** Numbers from 0, of which every `nth` has the label. */
function numbers(count: number, nth: number): Listing<number> & { readonly reads: number[] } {
  const reads: number[] = []
  return {
    question: 'numbers',
    reads,
    async read({ limit, after }) {
      reads.push(limit)
      const from = after === undefined ? 0 : Number(after) + 1
      return Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, index) => from + index)
    },
    key: (number) => String(number),
    labels: (number) => (number % nth === 0 ? { rare: 'yes' } : {}),
    show: (number) => ({ number }),
  }
}

async function everyPage(listing: Listing<number>, query: Readonly<Record<string, string>>) {
  const pages: number[][] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Listed = await listed(
      tokens,
      { caller, actor, query: next === '' ? query : { ...query, continue: next } },
      listing,
    )
    pages.push(page.items.map((item) => Object(item).number))
    next = page.next
  }
  return pages
}

describe('a page', () => {
  it.each([
    ['none', 0, [[]]],
    ['fewer than asked for', 2, [[0, 1]]],
    ['as many as asked for', 3, [[0, 1, 2]]],
    ['one more', 4, [[0, 1, 2], [3]]],
  ])('of %s ends where the records end', async (_what, count, pages) => {
    expect(await everyPage(numbers(count, 1), { limit: '3' })).toEqual(pages)
  })

  it('reads one record more than it shows', async () => {
    const listing = numbers(1000, 1)
    await listed(tokens, { caller, actor, query: { limit: '7' } }, listing)
    expect(listing.reads).toEqual([8])
  })

  it('with a selector looks at a bounded number of records, and says where it stopped', async () => {
    const listing = numbers(12_000, 7_000)
    const first = await listed(tokens, { caller, actor, query: { labelSelector: 'rare' } }, listing)
    expect(listing.reads).toEqual(Array(10).fill(500))
    expect(first).toEqual({ items: [{ number: 0 }], next: '4999' })
    const pages = await everyPage(listing, { labelSelector: 'rare' })
    expect(pages.flat()).toEqual([0, 7_000])
    expect(pages.length).toBe(3)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Open, openedFor } from './opened.ts'
import { newHousehold, trustOf } from './samples.ts'

/** Wildcards, the escape, quotes, letters with and without case, and pairs that fold together. */
const LETTERS = [
  'a',
  'A',
  'b',
  '%',
  '_',
  '\\',
  "'",
  '"',
  ' ',
  'ä',
  'Ä',
  'ß',
  's',
  'σ',
  'ς',
  'Σ',
  'é',
  '\u{1f511}',
  '*',
  '?',
]
const words = (maxLength: number) => fc.array(fc.constantFrom(...LETTERS), { maxLength }).map((list) => list.join(''))

export function describeTrustSearch(open: Open): void {
  describe('search of trusts', () => {
    const opened = openedFor(open)

    it('finds what contains the words, whatever their case, and takes no character for a wildcard', async () => {
      const { storage } = opened()
      const { organisation, provider, principal, trust } = await newHousehold(storage)
      await storage.trusts.remove(trust.uid)
      const texts = fc.sample(fc.tuple(words(8), fc.option(words(8))), { numRuns: 60, seed: 7 })
      const trusts = texts.map(([displayName, description]) =>
        trustOf(principal, provider, { displayName, description }),
      )
      await storage.write(async (tx) => {
        for (const one of trusts) await tx.trusts.insert(one)
      })
      await fc.assert(
        fc.asyncProperty(words(3), async (query) => {
          const found = await storage.trusts.list(organisation, { limit: 100 }, { query })
          const wanted = trusts.filter(({ displayName, description }) =>
            [displayName ?? '', description ?? ''].some((text) => text.toUpperCase().includes(query.toUpperCase())),
          )
          expect(found.map(({ uid }) => uid)).toEqual(wanted.map(({ uid }) => uid))
        }),
        { numRuns: 100 },
      )
    })

    it('takes the id for a missing display name, follows changes, and survives any query', async () => {
      const { storage } = opened()
      const { organisation, provider, principal, trust } = await newHousehold(storage)
      const bare = trustOf(principal, provider, { id: 'Clever-Fox', displayName: null, description: null })
      await storage.trusts.insert(bare)
      const uids = async (query: string) =>
        (await storage.trusts.list(organisation, { limit: 9 }, { query })).map(({ uid }) => uid)
      expect(await uids('EVER-f')).toEqual([bare.uid])
      await storage.trusts.update({ ...bare, displayName: 'Slow Owl', version: 2 })
      expect(await uids('ever-f')).toEqual([])
      expect(await uids('slow owl')).toEqual([bare.uid])
      expect(await uids('')).toEqual([trust.uid, bare.uid])
      expect(await uids('%'.repeat(100_000))).toEqual([])
      expect(await uids('ä'.repeat(24_998))).toEqual([])
    })
  })
}

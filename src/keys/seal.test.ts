import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import { openSealing } from './seal.ts'
import { createMemoryDataKeys } from './testing/memory-stores.ts'

const now = () => new Date('2026-11-24T00:00:00Z')
const place = { organisation: 'default', table: 'providers', id: 'okta', column: 'clientSecret' }

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return error instanceof Fault ? error.code : String(error)
  }
  return 'nothing thrown'
}

describe('sealing', () => {
  it('opens what it sealed, and shows nothing of it', async () => {
    const sealing = await openSealing({ store: createMemoryDataKeys(), masterKey: randomBytes(32), now, randomBytes })
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 8 }), (text) => {
        const wellFormed = Buffer.from(text, 'utf8').toString('utf8')
        const sealed = sealing.seal(place, wellFormed)
        expect(sealing.open(place, sealed)).toBe(wellFormed)
        expect(sealed).not.toContain(wellFormed)
      }),
    )
  })

  it.each([
    ['another organisation', { ...place, organisation: 'acme' }],
    ['another table', { ...place, table: 'apps' }],
    ['another row', { ...place, id: 'entra' }],
    ['another column', { ...place, column: 'token' }],
  ])('does not open a value that was moved to %s', async (_where, elsewhere) => {
    const sealing = await openSealing({ store: createMemoryDataKeys(), masterKey: randomBytes(32), now, randomBytes })
    expect(codeOf(() => sealing.open(elsewhere, sealing.seal(place, 's3cret')))).toBe('keys.seal_broken')
  })

  it('does not open a value of which any character was changed', async () => {
    const sealing = await openSealing({ store: createMemoryDataKeys(), masterKey: randomBytes(32), now, randomBytes })
    const sealed = sealing.seal(place, 's3cret')
    for (let index = 0; index < sealed.length - 1; index++) {
      const changed = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1)
      expect(codeOf(() => sealing.open(place, changed))).toBe('keys.seal_broken')
    }
  })

  it('keeps opening after a restart, and refuses another master key with a clear fault', async () => {
    const store = createMemoryDataKeys()
    const masterKey = randomBytes(32)
    const sealed = (await openSealing({ store, masterKey, now, randomBytes })).seal(place, 's3cret')
    const again = await openSealing({ store, masterKey, now, randomBytes })
    expect(again.open(place, sealed)).toBe('s3cret')
    const wrong = openSealing({ store, masterKey: randomBytes(32), now, randomBytes })
    await expect(wrong).rejects.toMatchObject({ code: 'keys.seal_key_wrong' })
  })

  it('uses the data key of the process that was first', async () => {
    const store = createMemoryDataKeys()
    const masterKey = randomBytes(32)
    const [a, b] = await Promise.all([1, 2].map(() => openSealing({ store, masterKey, now, randomBytes })))
    if (a === undefined || b === undefined) throw new Error('two were opened')
    expect(await store.list()).toHaveLength(1)
    expect(b.open(place, a.seal(place, 's3cret'))).toBe('s3cret')
  })
})

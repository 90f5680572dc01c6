import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { abandonRewrap, finishRewrap, rewrapDataKeys, rotateDataKey } from './master-key.ts'
import { openSealing } from './seal.ts'
import { createMemoryDataKeys } from './testing/memory-stores.ts'

const place = { organisation: 'default', table: 'providers', id: 'okta', column: 'clientSecret' }
const MINUTE = 60_000

async function opened() {
  const clock = { ms: Date.parse('2026-11-24T00:00:00Z') }
  const now = () => new Date(clock.ms)
  const store = createMemoryDataKeys()
  const [old, fresh, third] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const
  const open = (masterKey: Uint8Array) => openSealing({ store, masterKey, now, randomBytes })
  const running = await open(old)
  return {
    clock,
    store,
    old,
    fresh,
    third,
    open,
    running,
    sealed: running.seal(place, 's3cret'),
    rewrap: (masterKey: Uint8Array, newMasterKey: Uint8Array) =>
      rewrapDataKeys({ store, masterKey, newMasterKey, randomBytes }),
    finish: (masterKey: Uint8Array) => finishRewrap({ store, masterKey }),
    abandon: (masterKey: Uint8Array) => abandonRewrap({ store, masterKey }),
    rotate: (masterKey: Uint8Array) => rotateDataKey({ store, masterKey, now, randomBytes }),
  }
}

const fails = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code })

describe('a change of the master key', () => {
  it('lets both keys open until it is finished, and then only the new one', async () => {
    const { old, fresh, open, running, sealed, rewrap, finish } = await opened()
    expect(await rewrap(old, fresh)).toBe(1)
    for (const key of [old, fresh, old]) expect((await open(key)).open(place, sealed)).toBe('s3cret')
    await fails(finish(old), 'keys.rewrap_not_in_force')
    expect(await finish(fresh)).toBe(1)
    expect((await open(fresh)).open(place, sealed)).toBe('s3cret')
    await fails(open(old), 'keys.seal_key_wrong')
    expect(await finish(fresh)).toBe(0)
    // The process that started with the old key goes on: it holds the data keys.
    await running.refresh()
    expect(running.open(place, running.seal(place, 'more'))).toBe('more')
  })

  it('may be started again after a crash, with the same new key', async () => {
    const { store, old, fresh, rewrap } = await opened()
    await rewrap(old, fresh)
    const before = await store.list()
    expect(await rewrap(old, fresh)).toBe(1)
    expect(await store.list()).toEqual(before)
  })

  it('may be abandoned while the old key is in force', async () => {
    const { old, fresh, open, rewrap, finish, abandon } = await opened()
    await rewrap(old, fresh)
    await fails(abandon(fresh), 'keys.rewrap_in_force')
    expect(await abandon(old)).toBe(1)
    await open(old)
    await fails(open(fresh), 'keys.seal_key_wrong')
    expect(await abandon(old)).toBe(0)
    expect(await finish(old)).toBe(0)
  })

  it.each([
    ['another new key', 'old', 'third', 'keys.rewrap_unfinished'],
    ['a change on top of it', 'fresh', 'third', 'keys.rewrap_unfinished'],
    ['the way back', 'fresh', 'old', 'keys.rewrap_unfinished'],
    ['the key in force', 'old', 'old', 'keys.same_master_key'],
    ['a key that opens nothing', 'third', 'old', 'keys.seal_key_wrong'],
  ] as const)('is not disturbed by %s', async (_what, inForce, next, code) => {
    const world = await opened()
    await world.rewrap(world.old, world.fresh)
    const before = await world.store.list()
    await fails(world.rewrap(world[inForce], world[next]), code)
    expect(await world.store.list()).toEqual(before)
  })

  it('does not say a key, whatever it is refused for', async () => {
    const { old, fresh, third, rewrap } = await opened()
    await rewrap(old, fresh)
    for (const [inForce, next] of [
      [old, third],
      [third, old],
      [old, old],
    ] as const) {
      const { message } = await rewrap(inForce, next).then(
        () => new Error('it was taken'),
        (error: Error) => error,
      )
      for (const key of [old, fresh, third]) {
        for (const form of ['hex', 'base64', 'base64url'] as const) expect(message).not.toContain(key.toString(form))
      }
    }
  })

  it('derives the same for other purposes as before', async () => {
    const { clock, old, fresh, open, running, rewrap, finish, rotate } = await opened()
    const before = running.derive('page tokens')
    await rewrap(old, fresh)
    await finish(fresh)
    clock.ms += MINUTE
    await rotate(fresh)
    expect((await open(fresh)).derive('page tokens')).toEqual(before)
    expect(running.derive('page tokens.')).not.toEqual(before)
  })
})

describe('a new data key', () => {
  it('seals when every process has seen it, and the old ones go on opening', async () => {
    const { clock, store, old, open, running, sealed, rotate } = await opened()
    const [first] = await store.list()
    const keyOf = (text: string) => text.split('.')[1]
    clock.ms += MINUTE
    const id = await rotate(old)
    expect((await store.list()).map((key) => key.id)).toEqual([first?.id, id])
    const restarted = await open(old)
    expect(keyOf(restarted.seal(place, 'x'))).toBe(first?.id)
    expect(running.open(place, restarted.seal(place, 'x'))).toBe('x')

    clock.ms += 5 * MINUTE
    for (const one of [running, restarted]) await one.refresh()
    const young = restarted.seal(place, 'y')
    expect(keyOf(young)).toBe(id)
    expect(keyOf(running.seal(place, 'y'))).toBe(id)
    expect(running.open(place, young)).toBe('y')
    expect((await open(old)).open(place, sealed)).toBe('s3cret')
  })

  it('is refused while the master key is being changed, and with a wrong key', async () => {
    const { store, old, fresh, third, rewrap, rotate } = await opened()
    await fails(rotate(third), 'keys.seal_key_wrong')
    await rewrap(old, fresh)
    await fails(rotate(old), 'keys.rewrap_unfinished')
    await fails(rotate(fresh), 'keys.rewrap_unfinished')
    expect(await store.list()).toHaveLength(1)
  })

  it('under a master key that a running process has not is told, and does not keep it from its own', async () => {
    const { clock, old, fresh, running, sealed, rewrap, finish, rotate } = await opened()
    await rewrap(old, fresh)
    await finish(fresh)
    clock.ms += MINUTE
    await rotate(fresh)
    clock.ms += 5 * MINUTE
    await fails(running.refresh(), 'keys.seal_key_wrong')
    expect(running.open(place, sealed)).toBe('s3cret')
    expect(running.open(place, running.seal(place, 'more'))).toBe('more')
  })

  it('takes part in the next change of the master key', async () => {
    const { clock, old, fresh, open, rewrap, finish, rotate } = await opened()
    clock.ms += MINUTE
    await rotate(old)
    expect(await rewrap(old, fresh)).toBe(2)
    await finish(fresh)
    await open(fresh)
    await fails(open(old), 'keys.seal_key_wrong')
  })
})

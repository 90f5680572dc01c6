import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Changes, openChanges } from './changes.ts'

type Listener = (revision: number | null) => void

let changes: Changes | null = null

afterEach(() => {
  changes?.stop()
  vi.useRealTimers()
})

/** A database of many processes whose revision is what the test says; `tell` is its notification. */
function opened(revisions: { current: number; fails?: boolean }, engine: 'sqlite' | 'postgres' = 'postgres') {
  vi.useFakeTimers()
  const listeners: Listener[] = []
  const errors: unknown[] = []
  const storage = {
    engine,
    revision: async () => {
      if (revisions.fails === true) throw new Error('no answer')
      return revisions.current
    },
    onRevision: (listener: Listener) => void listeners.push(listener),
    write: async () => {
      throw new Error('the commit is in doubt')
    },
  }
  changes = openChanges(storage, (error) => errors.push(error))
  const tell = (revision: number | null) => {
    for (const listener of listeners) listener(revision)
  }
  return { generation: changes.generation, write: changes.write, tell, errors, seconds: pass }
}

async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1_000)
}

describe('a change of another process', () => {
  it('is noticed as soon as the database tells, and not once more by the poll', async () => {
    const revisions = { current: 7 }
    const { generation, tell, seconds } = opened(revisions)
    await seconds(1)
    const before = generation()
    revisions.current = 8
    tell(8)
    expect(generation()).toBe(before + 1)
    await seconds(2)
    expect(generation()).toBe(before + 1)
  })

  it('is noticed within a second where the database tells nothing', async () => {
    const revisions = { current: 7 }
    const { generation, seconds } = opened(revisions)
    await seconds(1)
    const before = generation()
    revisions.current = 8
    await seconds(1)
    expect(generation()).toBe(before + 1)
  })

  it('is suspected where something may have been missed, or the database does not answer', async () => {
    const revisions = { current: 7, fails: false }
    const { generation, tell, errors, seconds } = opened(revisions)
    await seconds(1)
    const before = generation()
    tell(null)
    expect(generation()).toBe(before + 1)
    revisions.fails = true
    await seconds(1)
    expect(generation()).toBeGreaterThan(before + 1)
    expect(errors.length).toBeGreaterThan(0)
  })
})

describe('a change of this process', () => {
  it('is noticed also where its commit is in doubt', async () => {
    const { generation, write } = opened({ current: 7 }, 'sqlite')
    const before = generation()
    await expect(write(async () => undefined)).rejects.toThrow('in doubt')
    expect(generation()).toBe(before + 1)
  })

  it('is noticed by whoever told the storage, without any poll', async () => {
    const revisions = { current: 7 }
    const { generation, tell, seconds } = opened(revisions, 'sqlite')
    const before = generation()
    revisions.current = 8
    await seconds(5)
    expect(generation()).toBe(before)
    tell(null)
    expect(generation()).toBe(before + 1)
  })
})

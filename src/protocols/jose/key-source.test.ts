import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Provider } from '../../registry/provider.ts'
import { createTestKey, type TestKey } from '../testing/minting.ts'
import { NOW, providerOf } from '../testing/upstream.ts'
import type { FetchedKeys } from './fetched-keys.ts'
import { isSamePlace } from './key-place.ts'
import { type KeySet, NO_KEYS, parseKeySet } from './key-set.ts'
import { createKeySource, type KeysChanged } from './key-source.ts'

const PLACE = { uri: 'https://issuer.example/keys', namedAt: 0 }
const one = createTestKey('ES256', 'one')
const two = createTestKey('ES256', 'two')
const three = createTestKey('ES256', 'three')

function setOf(...keys: TestKey[]): KeySet {
  const set = parseKeySet({ keys: keys.map(({ jwk }) => jwk) }, 'sig', 10)?.set
  if (set === null || set === undefined) throw new Error('no usable key')
  return set
}

const has = (kid: string) => (keys: KeySet) => keys.find(kid, 'ES256') !== null
const minutes = (count: number) => count * 60_000
const hours = (count: number) => count * 3_600_000

/** An issuer whose next answers are told, and who notes when it was asked. */
function openSource(first: KeySet | 'down' | 'hang' = setOf(one)) {
  const at: number[] = []
  const changes: KeysChanged[] = []
  const failures: string[] = []
  let answer: KeySet | 'down' | 'hang' = first
  let words: Partial<FetchedKeys> = {}
  const source = createKeySource({
    now: () => new Date(),
    isSamePlace,
    async fetchKeys(): Promise<FetchedKeys> {
      at.push(Date.now() - NOW.getTime())
      const given = answer
      // What is served is what was published when the request came in.
      await new Promise((resolve) => setTimeout(resolve, given === 'hang' ? 4_000 : 20))
      if (typeof given === 'string') throw new Error(given)
      return { keys: given, maxAgeSeconds: null, place: PLACE, ...words }
    },
    onKeysChanged: (change) => void changes.push(change),
    onFetchFailed: (uid, error) => void failures.push(`${uid} ${error instanceof Error ? error.message : error}`),
  })
  return {
    source,
    at,
    changes,
    failures,
    publish(keys: KeySet | 'down' | 'hang', says: Partial<FetchedKeys> = {}) {
      answer = keys
      words = says
    },
    async warm(provider: Provider = PROVIDER) {
      const keys = source.keysOf(provider)
      await vi.advanceTimersByTimeAsync(50)
      return await keys
    },
  }
}

const PROVIDER = providerOf()

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

/** Settled with what, after so many milliseconds; `pending` if not by then. */
async function settledAfter<T>(promise: Promise<T>, ms: number): Promise<T | 'pending'> {
  let settled: T | 'pending' = 'pending'
  void promise.then((value) => {
    settled = value
  })
  await vi.advanceTimersByTimeAsync(ms)
  return settled
}

describe('keys at hand', () => {
  it('are fetched once for many who ask at the same time', async () => {
    const { source, at } = openSource()
    const asked = Array.from({ length: 200 }, () => source.keysOf(PROVIDER))
    await vi.advanceTimersByTimeAsync(50)
    expect(new Set(await Promise.all(asked)).size).toBe(1)
    expect(at).toEqual([0])
  })

  it('are given at once afterwards', async () => {
    const { source, warm, at } = openSource()
    const keys = await warm()
    expect(source.keysOf(PROVIDER)).toBe(keys)
    expect(at).toHaveLength(1)
  })

  it.each([
    ['says nothing', {}, minutes(10)],
    ['says half an hour', { maxAgeSeconds: 1_800 }, minutes(30)],
    ['says a second', { maxAgeSeconds: 1 }, minutes(5)],
    ['says never', { maxAgeSeconds: 0 }, minutes(5)],
    ['says a year', { maxAgeSeconds: 31_536_000 }, hours(1)],
    ['asks for every half minute', { refreshSeconds: 30 }, 30_000],
    ['asks for every second', { refreshSeconds: 1 }, 10_000],
    ['asks for every month', { refreshSeconds: 2_419_200 }, hours(1)],
    ['asks for every minute and caches for a year', { refreshSeconds: 60, maxAgeSeconds: 31_536_000 }, minutes(1)],
  ])('of an issuer that %s are refreshed in the background after their time', async (_how, says, fresh) => {
    const { source, warm, at, publish } = openSource()
    publish(setOf(one), says)
    await warm()
    await vi.advanceTimersByTimeAsync(fresh - 51)
    expect(source.keysOf(PROVIDER)).not.toBeInstanceOf(Promise)
    expect(at).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    const asked = Array.from({ length: 200 }, () => source.keysOf(PROVIDER))
    expect(asked.some((keys) => keys instanceof Promise)).toBe(false)
    expect(at).toHaveLength(2)
  })

  it('are refreshed while no token comes, for a day after the last one', async () => {
    const { source, warm, at, publish } = openSource(setOf(one, two))
    await warm()
    publish(setOf(two))
    await vi.advanceTimersByTimeAsync(minutes(11))
    const keys = source.keysOf(PROVIDER)
    expect(keys).toMatchObject({ kids: ['two'] })
    await vi.advanceTimersByTimeAsync(hours(25))
    const asked = at.length
    expect(asked).toBeGreaterThan(100)
    await vi.advanceTimersByTimeAsync(hours(25))
    expect(at).toHaveLength(asked)
  })

  it('are refreshed in their time though somebody asked for a made-up key in vain', async () => {
    const { source, warm, at, publish } = openSource()
    publish(setOf(one), { maxAgeSeconds: 3_600 })
    await warm()
    await vi.advanceTimersByTimeAsync(minutes(1))
    publish('down')
    const made_up = source.newerKeysOf(PROVIDER, has('nobody'), 2)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await made_up).toBe('unavailable')
    const asked = at.length
    publish(setOf(two))
    await vi.advanceTimersByTimeAsync(minutes(58))
    expect(at).toHaveLength(asked)
    await vi.advanceTimersByTimeAsync(minutes(1))
    expect(at).toHaveLength(asked + 1)
    expect(source.keysOf(PROVIDER)).toMatchObject({ kids: ['two'] })
  })

  it('of many providers at once are refreshed some at a time', async () => {
    const { source, at, publish } = openSource()
    const providers = Array.from({ length: 120 }, (_, n) => providerOf(PROVIDER.settings, { uid: `provider-${n}` }))
    for (const provider of providers) void source.keysOf(provider)
    await vi.advanceTimersByTimeAsync(50)
    expect(at).toHaveLength(120)
    publish('hang')
    await vi.advanceTimersByTimeAsync(minutes(10))
    expect(at).toHaveLength(170)
    // Nobody waits for their turn.
    expect(providers.some((provider) => source.keysOf(provider) instanceof Promise)).toBe(false)
    publish(setOf(one))
    await vi.advanceTimersByTimeAsync(minutes(1))
    expect(at.length).toBeGreaterThanOrEqual(240)
  })

  it('are not refreshed for a provider that was forgotten, also while its keys are being fetched', async () => {
    const { source, warm, at } = openSource()
    await warm()
    source.forget(PROVIDER.uid)
    void source.keysOf(PROVIDER)
    source.forget(PROVIDER.uid)
    await vi.advanceTimersByTimeAsync(hours(2))
    expect(at).toHaveLength(2)
  })

  it('are waited for after a long sleep of the machine, since a key may have been taken back', async () => {
    const { source, warm, publish } = openSource(setOf(one, two))
    await warm()
    publish(setOf(two))
    vi.setSystemTime(Date.now() + minutes(21))
    const keys = source.keysOf(PROVIDER)
    expect(keys).toBeInstanceOf(Promise)
    await vi.advanceTimersByTimeAsync(50)
    expect((await keys)?.kids).toEqual(['two'])
  })

  it('are fetched anew for a provider that was changed elsewhere, and kept for one that was merely reread', async () => {
    const { source, warm, at } = openSource()
    const keys = await warm()
    expect(source.keysOf({ ...PROVIDER, version: 2, enabled: false })).toBe(keys)
    expect(source.keysOf(providerOf({ jwksUri: 'https://issuer.example/other' }))).toBeInstanceOf(Promise)
    expect(source.keysOf(providerOf({ ...PROVIDER.settings, caPem: 'other' }))).toBeInstanceOf(Promise)
    expect(source.keysOf(providerOf(PROVIDER.settings, { expectedIssuer: 'https://other.example' }))).toBeInstanceOf(
      Promise,
    )
    await vi.advanceTimersByTimeAsync(50)
    expect(at).toHaveLength(4)
  })

  it('are forgotten when told so', async () => {
    const { source, warm } = openSource()
    await warm()
    source.forget(PROVIDER.uid)
    expect(source.keysOf(PROVIDER)).toBeInstanceOf(Promise)
    await vi.advanceTimersByTimeAsync(50)
  })

  it('that change are told of, once', async () => {
    const { source, warm, publish, changes } = openSource()
    await warm()
    expect(changes).toEqual([])
    publish(setOf(one, two))
    const newer = source.newerKeysOf(PROVIDER, has('two'), 2)
    await vi.advanceTimersByTimeAsync(1_050)
    await newer
    expect(changes).toEqual([
      {
        providerUid: PROVIDER.uid,
        uri: PLACE.uri,
        before: { kids: ['one'], thumbprints: [expect.any(String)] },
        after: { kids: ['one', 'two'], thumbprints: [expect.any(String), expect.any(String)] },
      },
    ])
  })
})

describe('a document with a number', () => {
  const outcomeOf = async (first: Partial<FetchedKeys>, next: Partial<FetchedKeys>, keys: KeySet = setOf(two)) => {
    const opened = openSource()
    opened.publish(setOf(one), first)
    await opened.warm()
    opened.publish(keys, next)
    await vi.advanceTimersByTimeAsync(minutes(61))
    const held = await opened.source.keysOf(PROVIDER)
    return { kids: held?.kids, ...opened }
  }

  it.each<[string, Partial<FetchedKeys>, Partial<FetchedKeys>, string]>([
    ['a higher number replaces', { sequence: 4 }, { sequence: 5 }, 'two'],
    ['the same number replaces', { sequence: 4 }, { sequence: 4 }, 'two'],
    ['a lower number does not replace', { sequence: 4 }, { sequence: 3 }, 'one'],
    ['zero does not replace', { sequence: 1 }, { sequence: 0 }, 'one'],
    ['no number replaces', { sequence: 4 }, { sequence: null }, 'two'],
    ['a number replaces none', {}, { sequence: 0 }, 'two'],
  ])('%s what was there', async (_how, first, next, kid) => {
    const { kids, failures } = await outcomeOf(first, next)
    expect(kids).toEqual([kid])
    expect(failures.length > 0).toBe(kid === 'one')
    for (const reason of failures) expect(reason).toMatch(/older than [14],/)
  })

  it('is remembered through a document without one', async () => {
    const { publish, source } = await outcomeOf({ sequence: 4 }, {})
    publish(setOf(three), { sequence: 3 })
    await vi.advanceTimersByTimeAsync(minutes(61))
    expect((await source.keysOf(PROVIDER))?.kids).toEqual(['two'])
  })

  it('may be lower once there is nothing good left to replace', async () => {
    const { source } = await outcomeOf({ sequence: 4 }, { sequence: 3 })
    await vi.advanceTimersByTimeAsync(hours(24))
    expect((await source.keysOf(PROVIDER))?.kids).toEqual(['two'])
  })

  it('and no key takes back all keys if the number is higher, and is told of', async () => {
    const { kids, changes, failures } = await outcomeOf({ sequence: 4 }, { sequence: 5 }, NO_KEYS)
    expect(kids).toEqual([])
    expect(changes).toMatchObject([{ providerUid: PROVIDER.uid, uri: PLACE.uri, after: { kids: [], thumbprints: [] } }])
    expect(failures).toEqual([])
  })

  it.each<[string, Partial<FetchedKeys>, Partial<FetchedKeys>]>([
    ['the same', { sequence: 4 }, { sequence: 4 }],
    ['lower', { sequence: 4 }, { sequence: 3 }],
    ['absent', { sequence: 4 }, {}],
    ['the first there is', {}, { sequence: 4 }],
  ])('and no key takes nothing back if the number is %s', async (_how, first, next) => {
    expect((await outcomeOf(first, next, NO_KEYS)).kids).toEqual(['one'])
  })

  it('and no key is no set to begin with', async () => {
    const { source } = openSource(NO_KEYS)
    expect(await settledAfter(Promise.resolve(source.keysOf(PROVIDER)), 5_000)).toBeNull()
  })
})

describe('a key that nobody has seen', () => {
  it('is found by one fetch, when the last one was a second ago', async () => {
    const { source, warm, publish, at } = openSource()
    await warm()
    await vi.advanceTimersByTimeAsync(1_000)
    publish(setOf(two))
    expect(await settledAfter(source.newerKeysOf(PROVIDER, has('two'), 2), 30)).toMatchObject({
      keys: { kids: ['two'] },
    })
    expect(at).toHaveLength(2)
  })

  it('is waited for inside the cool-down, and found when it ends', async () => {
    const { source, warm, publish, at } = openSource()
    await warm()
    publish(setOf(two))
    const newer = source.newerKeysOf(PROVIDER, has('two'), 2)
    expect(await settledAfter(newer, 900)).toBe('pending')
    expect(await settledAfter(newer, 100)).toMatchObject({ keys: { kids: ['two'] } })
    expect(at).toEqual([0, 1_020])
  })

  it('is found though the fetch under way began before it was published', async () => {
    const { source, warm, publish, at } = openSource()
    await warm()
    await vi.advanceTimersByTimeAsync(2_000)
    const made_up = source.newerKeysOf(PROVIDER, has('nobody'), 2)
    await vi.advanceTimersByTimeAsync(10)
    publish(setOf(two))
    const newer = source.newerKeysOf(PROVIDER, has('two'), 2)
    expect(await settledAfter(made_up, 50)).toBe('absent')
    expect(await settledAfter(newer, 1_000)).toMatchObject({ keys: { kids: ['two'] } })
    expect(at).toHaveLength(3)
  })

  it('that does not exist is told so after one answer of the issuer', async () => {
    const { source, warm } = openSource()
    await warm()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await settledAfter(source.newerKeysOf(PROVIDER, has('nobody'), 2), 30)).toBe('absent')
  })

  it('costs the issuer at most one fetch a second, however many there are, and hides no true one', async () => {
    const { source, warm, publish, at } = openSource()
    await warm()
    const results: Promise<unknown>[] = []
    for (let tick = 0; tick < 50; tick++) {
      for (let n = 0; n < 50; n++) results.push(source.newerKeysOf(PROVIDER, has(`flood-${tick}-${n}`), 2))
      await vi.advanceTimersByTimeAsync(100)
    }
    publish(setOf(one, three))
    const real = source.newerKeysOf(PROVIDER, has('three'), 2)
    await vi.advanceTimersByTimeAsync(2_100)
    expect(await real).toMatchObject({ keys: { kids: ['one', 'three'] } })
    expect(new Set(await Promise.all(results))).toEqual(new Set(['absent']))
    for (const [n, moment] of at.entries()) expect(moment - (at[n - 1] ?? -1_000)).toBeGreaterThanOrEqual(1_000)
    expect(at.length).toBeLessThanOrEqual(8)
    // Known keys were served all the while.
    expect(source.keysOf(PROVIDER)).not.toBeInstanceOf(Promise)
  })

  it('is not waited for by more than a thousand', async () => {
    const { source, warm } = openSource()
    await warm()
    const results = Array.from({ length: 1_500 }, () => source.newerKeysOf(PROVIDER, has('nobody'), 2))
    await vi.advanceTimersByTimeAsync(3_000)
    const settled = await Promise.all(results)
    expect(settled.filter((result) => result === 'unavailable')).toHaveLength(500)
    expect(settled.filter((result) => result === 'absent')).toHaveLength(1_000)
    expect(await settledAfter(source.newerKeysOf(PROVIDER, has('nobody'), 2), 1_100)).toBe('absent')
  })
})

describe('an issuer that is down', () => {
  it('leaves the keys at hand serving for a day, and no longer', async () => {
    const { source, warm, publish, failures } = openSource()
    const keys = await warm()
    publish('down')
    for (let minute = 0; minute < 24 * 60 - 1; minute += 7) {
      await vi.advanceTimersByTimeAsync(minutes(7))
      if (minute + 7 >= 24 * 60) break
      const served = source.keysOf(PROVIDER)
      expect(served instanceof Promise ? await settledAfter(served, 50) : served).toBe(keys)
    }
    expect(failures.length).toBeGreaterThan(100)
    await vi.advanceTimersByTimeAsync(minutes(10))
    const dead = source.keysOf(PROVIDER)
    expect(dead).toBeInstanceOf(Promise)
    expect(await settledAfter(Promise.resolve(dead), 5_000)).toBeNull()
    publish(setOf(two))
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await warm())?.kids).toEqual(['two'])
  })

  it('is asked in the background at most once a minute', async () => {
    const { source, warm, publish, at } = openSource()
    await warm()
    publish('down')
    await vi.advanceTimersByTimeAsync(minutes(11))
    for (let second = 0; second < 600; second++) {
      expect(source.keysOf(PROVIDER)).not.toBeInstanceOf(Promise)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(at.length).toBeLessThan(20)
  })

  it('holds nobody up whose key is known, even when it hangs', async () => {
    const { source, warm, publish } = openSource()
    const keys = await warm()
    publish('hang')
    const made_up = source.newerKeysOf(PROVIDER, has('nobody'), 2)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(source.keysOf(PROVIDER)).toBe(keys)
    expect(await settledAfter(made_up, 2_900)).toBe('unavailable')
  })

  it('is given up on within five seconds, when nothing is at hand', async () => {
    for (const how of ['down', 'hang'] as const) {
      const { source } = openSource(how)
      expect(await settledAfter(Promise.resolve(source.keysOf(PROVIDER)), 5_000)).toBeNull()
    }
  })

  it('is forgiven one failure, for a key that nobody has seen', async () => {
    const { source, warm, publish } = openSource()
    await warm()
    await vi.advanceTimersByTimeAsync(2_000)
    publish('down')
    const newer = source.newerKeysOf(PROVIDER, has('two'), 2)
    await vi.advanceTimersByTimeAsync(30)
    publish(setOf(two))
    expect(await settledAfter(newer, 1_100)).toMatchObject({ keys: { kids: ['two'] } })
  })

  it('does not delay the keys of another', async () => {
    const hanging = openSource('hang')
    const dead = hanging.source.keysOf(PROVIDER)
    hanging.publish(setOf(one))
    const alive = hanging.source.keysOf(providerOf(PROVIDER.settings, { uid: 'provider-2' }))
    expect(await settledAfter(Promise.resolve(alive), 50)).toMatchObject({ kids: ['one'] })
    await vi.advanceTimersByTimeAsync(10_000)
    await dead
  })
})

describe('a clock that jumps', () => {
  it('back does not make keys good for longer', async () => {
    const { source, warm, at } = openSource()
    await warm()
    vi.setSystemTime(Date.now() - hours(24))
    source.keysOf(PROVIDER)
    expect(at).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(50)
  })

  it.each([-hours(24), -hours(1), hours(1)])('by %d ms keeps keys served and nobody waiting', async (jump) => {
    const { source, warm, publish } = openSource()
    await warm()
    vi.setSystemTime(Date.now() + jump)
    const keys = source.keysOf(PROVIDER)
    expect(await settledAfter(Promise.resolve(keys), 50)).toMatchObject({ kids: ['one'] })
    publish(setOf(two))
    expect(await settledAfter(source.newerKeysOf(PROVIDER, has('two'), 2), 1_100)).toMatchObject({
      keys: { kids: ['two'] },
    })
  })
})

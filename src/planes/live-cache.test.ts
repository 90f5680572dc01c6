import { expect, it } from 'vitest'
import { createLiveCache } from './live-cache.ts'

function opened() {
  const state = { generation: 0, loads: 0, value: 'a' as string | null }
  const release: (() => void)[] = []
  const cache = createLiveCache({ generation: () => state.generation }, async () => {
    state.loads += 1
    const value = state.value
    await new Promise<void>((resolve) => release.push(resolve))
    return value === null ? null : { value }
  })
  const get = async () => {
    const answer = cache.get('k')
    for (const resolve of release.splice(0)) resolve()
    return await answer
  }
  return { state, cache, get, release }
}

it('answers from memory until the registry changes', async () => {
  const { state, cache, get } = opened()
  expect(await get()).toEqual({ value: 'a' })
  expect(cache.get('k')).toEqual({ value: 'a' })
  expect(state.loads).toBe(1)
  state.value = 'b'
  state.generation += 1
  expect(await get()).toEqual({ value: 'b' })
  expect(state.loads).toBe(2)
})

it('does not keep what was read while the registry changed', async () => {
  const { state, cache, release } = opened()
  const first = cache.get('k')
  state.value = 'b'
  state.generation += 1
  for (const resolve of release.splice(0)) resolve()
  expect(await first).toEqual({ value: 'a' })
  const second = cache.get('k')
  for (const resolve of release.splice(0)) resolve()
  expect(await second).toEqual({ value: 'b' })
})

it('does not keep what was not found', async () => {
  const { state, get } = opened()
  state.value = null
  expect(await get()).toBeNull()
  state.value = 'c'
  expect(await get()).toEqual({ value: 'c' })
})

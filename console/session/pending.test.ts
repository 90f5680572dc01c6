import { describe, expect, it } from 'vitest'
import { createTabMemory } from './pending.ts'
import { fakeMemory } from './testing/fakes.ts'

const checks = { verifier: 'v', state: 's', nonce: 'n' }

describe('what a tab remembers over a redirect', () => {
  it('is given out once, to the answer that has its state', () => {
    const memory = createTabMemory(fakeMemory())
    memory.keep({ checks, returnTo: '/console/decisions' })
    expect(memory.take('another')).toBeNull()
    expect(memory.take('s')).toEqual({ checks, returnTo: '/console/decisions' })
    expect(memory.take('s')).toBeNull()
  })

  it.each([
    ['no state', null, JSON.stringify({ checks, returnTo: '/console/' })],
    ['nothing kept', 's', null],
    ['no JSON', 's', '{'],
    ['checks that are none', 's', JSON.stringify({ checks: { state: 's' }, returnTo: '/console/' })],
    ['an empty verifier', 's', JSON.stringify({ checks: { ...checks, verifier: '' }, returnTo: '/console/' })],
  ])('is nothing with %s', (_name, state, kept) => {
    const storage = fakeMemory()
    if (kept !== null) storage.setItem('entente.console.pending', kept)
    expect(createTabMemory(storage).take(state)).toBeNull()
  })

  it('leads back into the console, whoever wrote it', () => {
    const storage = fakeMemory()
    storage.setItem('entente.console.pending', JSON.stringify({ checks, returnTo: 'https://evil.example/' }))
    expect(createTabMemory(storage).take('s')?.returnTo).toBe('/console/')
  })
})

import { describe, expect, it } from 'vitest'
import { limitKey } from './client-address.ts'
import { createRefusalLimit } from './refusal-limit.ts'

describe('the refusal limit', () => {
  it('turns an address away after its refusals, a known client after ten times as many, until the minute ends', () => {
    const clock = { ms: Date.parse('2026-11-24T10:00:10Z') }
    const limit = createRefusalLimit({ perMinute: 3, now: () => new Date(clock.ms) })
    for (let i = 0; i < 3; i++) limit.refused('192.0.2.1')
    expect(limit.judge('192.0.2.1', false).allowed).toBe(false)
    expect(limit.judge('192.0.2.1', true).allowed).toBe(true)
    expect(limit.judge('192.0.2.2', false).allowed).toBe(true)
    for (let i = 0; i < 27; i++) limit.refused('192.0.2.1')
    expect(limit.judge('192.0.2.1', true).allowed).toBe(false)
    expect(limit.retryAfterSeconds()).toBe(50)
    clock.ms += 50_000
    expect(limit.judge('192.0.2.1', false).allowed).toBe(true)
  })

  it('remembers a bounded number of addresses', () => {
    const limit = createRefusalLimit({ perMinute: 1, now: () => new Date(0), maxAddresses: 10 })
    for (let i = 0; i < 1000; i++) limit.refused(`10.0.${i >> 8}.${i & 255}`)
    expect(limit.judge('10.0.0.0', false).allowed).toBe(true)
    expect(limit.judge('10.0.3.231', false).allowed).toBe(false)
  })

  it('tells once how many requests it turned away', () => {
    const limit = createRefusalLimit({ perMinute: 1, now: () => new Date(0) })
    limit.limited()
    limit.limited()
    expect([limit.drain(), limit.drain()]).toEqual([2, 0])
  })

  it('forgets when the clock is set back, rather than turn away for hours', () => {
    const clock = { ms: Date.parse('2026-11-24T10:00:10Z') }
    const limit = createRefusalLimit({ perMinute: 1, now: () => new Date(clock.ms) })
    limit.refused('192.0.2.1')
    clock.ms -= 86_400_000
    expect(limit.judge('192.0.2.1', false).allowed).toBe(true)
    expect(limit.retryAfterSeconds()).toBeLessThanOrEqual(60)
  })

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ])('counts %s as %s', (address, key) => expect(limitKey(address)).toBe(key))
})

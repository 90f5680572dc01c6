import { randomFillSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { createUids } from './uid.ts'

it('makes UUIDv7 that grow, also within a millisecond and when the clock steps back', () => {
  let clock = 1_790_000_000_000
  const uid = createUids(() => clock, randomFillSync)
  const seen: string[] = []
  for (let i = 0; i < 10_000; i++) {
    if (i === 3_000) clock += 5
    if (i === 6_000) clock -= 60_000
    seen.push(uid())
  }
  expect(seen.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  )
  expect([...seen].sort()).toEqual(seen)
  expect(new Set(seen).size).toBe(seen.length)
})

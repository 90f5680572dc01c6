import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('so many run at a time, in the order they came, whatever becomes of them', async () => {
  const inTurn = createTurns(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  for (const n of [0, 1, 2, 3, 4]) {
    inTurn(async () => {
      begun.push(n)
      await new Promise<void>((resolve, reject) => ends.push(n % 2 === 0 ? resolve : () => reject(new Error('no'))))
    })
  }
  expect(begun).toEqual([0, 1])
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  ends[1]?.()
  await settle()
  expect(begun).toEqual([0, 1, 2])
  for (const end of ends) end()
  await settle()
  expect(begun).toEqual([0, 1, 2, 3, 4])
  ends[3]?.()
  ends[4]?.()
  await settle()
  inTurn(async () => void begun.push(5))
  expect(begun.at(-1)).toBe(5)
})

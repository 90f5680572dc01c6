import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { patiently } from './patience.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function terminal(isTTY = true) {
  const written: string[] = []
  return { written, isTTY, write: (text: string) => void written.push(text) }
}

describe('work that takes long', () => {
  it('is told of every second, with what it has done by then, and leaves no trace', async () => {
    const stream = terminal()
    let read = 0
    const work = patiently(
      stream,
      () => `${read} read`,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1500))
        read = 500
        await new Promise((resolve) => setTimeout(resolve, 1000))
        return 'done'
      },
    )
    await vi.advanceTimersByTimeAsync(3000)
    expect(await work).toBe('done')
    expect(stream.written).toEqual(['\r\u001b[K… 0 read (1 s)', '\r\u001b[K… 500 read (2 s)', '\r\u001b[K'])
  })

  it('is not told of where it is short, or where nobody looks', async () => {
    const [short, pipe] = [terminal(), terminal(false)]
    expect(
      await patiently(
        short,
        () => 'x',
        async () => 1,
      ),
    ).toBe(1)
    const long = patiently(
      pipe,
      () => 'x',
      () => new Promise((resolve) => setTimeout(resolve, 5000)),
    )
    await vi.advanceTimersByTimeAsync(6000)
    await long
    expect([short.written, pipe.written]).toEqual([[], []])
  })

  it('leaves no trace of a failure either', async () => {
    const stream = terminal()
    const failing = patiently(
      stream,
      () => 'x',
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1100))
        throw new Error('no')
      },
    )
    const refused = expect(failing).rejects.toThrow('no')
    await vi.advanceTimersByTimeAsync(2000)
    await refused
    expect(stream.written.at(-1)).toBe('\r\u001b[K')
  })
})

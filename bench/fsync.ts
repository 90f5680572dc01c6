/** How long the disk takes to make a small write durable: the part of a durable answer that no program can save. */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function fsyncMs(rounds: number): { p50: number; p99: number } {
  const path = join(tmpdir(), `entente-fsync-${process.pid}`)
  const file = openSync(path, 'w')
  const block = Buffer.alloc(4096, 1)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    writeSync(file, block)
    fsyncSync(file)
    times.push(performance.now() - start)
  }
  closeSync(file)
  rmSync(path)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

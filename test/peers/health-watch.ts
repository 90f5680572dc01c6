/** Asks for the server's health all the while something else goes on, and remembers how long the answers took. */
import { createServer, type Server } from 'node:net'
import { expect } from 'vitest'
import { LOOPBACK } from '../../simulators/loopback.ts'

export interface HealthWatch {
  /** Ends the watch. Units: milliseconds. */
  stop(): Promise<{ readonly slowestMs: number; readonly p99Ms: number; readonly asked: number }>
}

const EVERY_MS = 50

export function watchHealth(url: string): HealthWatch {
  const taken: number[] = []
  let over = false
  const watching = (async () => {
    while (!over) {
      const since = performance.now()
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
      taken.push(performance.now() - since)
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
  })()
  return {
    async stop() {
      over = true
      await watching
      const sorted = taken.sort((a, b) => a - b)
      return {
        slowestMs: sorted.at(-1) ?? 0,
        p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? sorted.at(-1) ?? 0,
        asked: sorted.length,
      }
    },
  }
}

export interface Canary {
  readonly port: number
  /** Connections so far, whatever was said on them. */
  readonly heard: () => number
  stop(): Promise<void>
}

/** Something that nobody has a reason to connect to. */
export async function startCanary(): Promise<Canary> {
  let heard = 0
  const server: Server = createServer((socket) => {
    heard += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    heard: () => heard,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

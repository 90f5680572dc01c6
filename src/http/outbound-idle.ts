/**
 * Connections that a request has left open for the next one to the same place: a login asks its provider twice within
 * milliseconds, and most of what that costs are handshakes. One is taken only for an address that was checked anew.
 */
import type { Socket } from 'node:net'
import type { Client } from 'undici'

export interface Connection {
  readonly client: Client
  readonly socket: Socket
  /** The checked address that it was opened to. */
  readonly address: string
}

export interface IdleConnections {
  /** One that waits at the place, at one of the addresses; null where none does. */
  take(place: string, addresses: readonly string[]): Connection | null
  /** Takes over the connection and ends it when nobody takes it in time. */
  leave(place: string, connection: Connection): void
  close(): void
}

/** Servers keep connections for five seconds and more: none of ours meets one that is just being closed. */
const IDLE_MS = 2_000
/** In all; more are closed as if nothing had been left. */
const KEPT = 256

interface Waiting extends Connection {
  readonly place: string
  readonly timer: NodeJS.Timeout
  readonly onClose: () => void
}

export function createIdleConnections(): IdleConnections {
  const waiting = new Set<Waiting>()
  const drop = (one: Waiting) => {
    clearTimeout(one.timer)
    one.socket.off('close', one.onClose)
    waiting.delete(one)
  }
  const end = (one: Waiting) => {
    drop(one)
    one.socket.destroy()
    one.client.destroy().catch(() => {})
  }
  return {
    take(place, addresses) {
      for (const one of waiting) {
        if (one.place !== place || !addresses.includes(one.address) || one.socket.destroyed) continue
        drop(one)
        return one
      }
      return null
    },
    leave(place, connection) {
      const onClose = () => end(one)
      const one: Waiting = { ...connection, place, onClose, timer: setTimeout(onClose, IDLE_MS) }
      one.timer.unref()
      waiting.add(one)
      connection.socket.once('close', onClose)
      if (waiting.size > KEPT || connection.socket.destroyed) end(one)
    },
    close() {
      for (const one of [...waiting]) end(one)
    },
  }
}

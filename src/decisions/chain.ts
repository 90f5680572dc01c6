/**
 * A chain of hashes: each record carries the hash of the one before, so that a dropped, changed or reordered record
 * shows. One chain per process, start and stream, because processes do not wait for each other.
 */
import { hash } from 'node:crypto'
import type { Link } from './decision.ts'

export interface Chain {
  readonly id: string
  /** The link for the next record, given the text its hash covers; nothing is kept until `advance`. */
  next(after: Link | null, body: string): Link
  /** The last link that became durable, or null. */
  readonly head: Link | null
  advance(link: Link): void
}

/** `origin` is what the first record names as the one before: the hash of the checkpoint that opened the chain. */
export function createChain(id: string, origin: string): Chain {
  let head: Link | null = null
  return {
    id,
    get head() {
      return head
    },
    next(after, body) {
      const seq = after === null ? 1 : after.seq + 1
      const previous = after === null ? origin : after.hash
      return { chain: id, seq, previous, hash: hashOf(id, seq, previous, body) }
    },
    advance(link) {
      head = link
    },
  }
}

/** SHA-256 over chain, number, the hash before and the body, as base64url. The fields before the body have no newline. */
export function hashOf(chain: string, seq: number, previous: string, body: string): string {
  return hash('sha256', `${chain}\n${seq}\n${previous}\n${body}`, 'base64url')
}

/** The chain that goes on after one whose last write is in doubt; it names the last hash known to be durable. */
export function successorOf(broken: Chain, id: string): Chain {
  return createChain(id, broken.head?.hash ?? 'none')
}

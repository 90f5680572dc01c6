/** Opens a chain joined to those before it: the first record's `previous` is the hash of a checkpoint that names their heads. */
import { createHash } from 'node:crypto'
import { type Chain, createChain } from './chain.ts'
import type { Checkpoint, CheckpointStore } from './decision-store.ts'

export interface OpenChainOptions {
  readonly store: CheckpointStore
  readonly stream: Checkpoint['stream']
  readonly now: () => Date
  readonly newUid: () => string
}

/** Writes the checkpoint and answers the new chain. */
export async function openChain({ store, stream, now, newUid }: OpenChainOptions): Promise<Chain> {
  const joins = await store.heads(stream)
  const checkpoint: Checkpoint = { id: newUid(), at: now(), stream, chain: newUid(), joins }
  await store.insert(checkpoint)
  return createChain(checkpoint.chain, checkpointHash(checkpoint))
}

/** SHA-256 over the checkpoint with its joins in the order of their chain ids. */
export function checkpointHash(checkpoint: Checkpoint): string {
  const joins = Object.entries(checkpoint.joins).sort(([a], [b]) => (a < b ? -1 : 1))
  const body = JSON.stringify([checkpoint.id, checkpoint.at.getTime(), checkpoint.stream, checkpoint.chain, joins])
  return createHash('sha256').update(body).digest('base64url')
}

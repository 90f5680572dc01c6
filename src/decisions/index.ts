/**
 * WHAT HAPPENED
 *
 * Owns: the decision ladder, the durable record of every exchange, sign-in and step-up, and the hash chains over
 * decisions and audit rows.
 * Does not own: what a rung checks (planes/, protocols/), where records lie (storage/), how they are shown (faces/).
 *
 * ladder.ts       checks in order, strict or lenient
 * recorder.ts     decisions, many to a commit, durable before the answer goes out
 * chain.ts        one chain of hashes per process, start and stream
 * audit.ts        chained rows for the changes of the registry, written in the change's own transaction
 * checkpoints.ts  joins a new chain to the ones before it
 */
import { createAuditChain } from './audit.ts'
import { openChain } from './checkpoints.ts'
import type { AuditChain, CheckpointStore, DecisionStore } from './decision-store.ts'
import { createRecorder, type Recorder } from './recorder.ts'

export interface DecisionsOptions {
  readonly stores: { readonly checkpoints: CheckpointStore; readonly decisions: DecisionStore }
  readonly now: () => Date
  readonly newUid: () => string
  /** Told of every commit of decisions that failed. */
  readonly onError: (error: unknown) => void
}

/** Opens both chains, joined to those before them. */
export async function openDecisions(
  options: DecisionsOptions,
): Promise<{ recorder: Recorder; auditChain: AuditChain }> {
  const { stores, now, newUid, onError } = options
  const open = (stream: 'decisions' | 'audit') => openChain({ store: stores.checkpoints, stream, now, newUid })
  return {
    recorder: createRecorder({ store: stores.decisions, chain: await open('decisions'), newUid, onError }),
    auditChain: createAuditChain({ chain: await open('audit'), now, newUid }),
  }
}

/** What a step-up transaction is: one demand for a fresh, stronger proof, and what became of it. */
import type { JsonObject } from '../json.ts'
import type { Level } from './levels.ts'

export type StepUpState = 'pending' | 'verified' | 'error'

/** What the proof is for: a task of the caller's world, a test of the provider, or whatever the reason says. */
export type StepUpTarget =
  | { readonly kind: 'test' }
  | { readonly kind: 'general' }
  | { readonly kind: 'task'; readonly taskId: string; readonly policyStepId: string }

export interface StepUpTransaction {
  /** UUIDv7. */
  readonly uid: string
  readonly organisation: string
  /** uid of the step-up provider. */
  readonly provider: string
  /** uid of the person; null for a test. */
  readonly person: string | null
  readonly target: StepUpTarget
  /** In the words of whoever asked; null where nothing was said. */
  readonly reason: string | null
  /** A level of ours; null: what the provider itself is registered for. */
  readonly level: Level | null
  /** Seconds that the proof may be old; null: none, it has to be made now. */
  readonly maxAgeSeconds: number | null
  /** Where the browser goes in the end; null: a page of ours. */
  readonly returnTo: string | null
  /** SHA-256 of the cookie of the browser that opened it first; null before. */
  readonly browserHash: string | null
  readonly state: StepUpState
  readonly errorMessage: string | null
  /** What the provider said of the person, once verified. */
  readonly claims: JsonObject
  readonly expiresAt: Date
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

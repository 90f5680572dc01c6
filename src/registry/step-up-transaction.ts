/** What a step-up transaction is: one demand for a fresh, stronger proof, and what became of it. */
import type { JsonObject } from '../json.ts'

export type StepUpState = 'pending' | 'verified' | 'error'

/** What the proof is for: a task of the caller's world, or a test of the provider. */
export type StepUpTarget =
  | { readonly kind: 'test' }
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
  readonly state: StepUpState
  readonly errorMessage: string | null
  /** What the provider said of the person, once verified. */
  readonly claims: JsonObject
  readonly expiresAt: Date
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** One way of a browser to a provider and back: everything the return must be held against. Read and written step by step. */
import type { JsonObject } from '../../json.ts'

export interface Login {
  /** The one-time `state`/RelayState that the provider sends back; random, 256 bits. */
  readonly state: string
  readonly organisation: string
  /** uid of the provider it was begun with: an answer at another provider's path is refused. */
  readonly provider: string
  /**
   * `sign-in` ends in the app; `test` ends on a page and changes nothing; `step-up` ends in a transaction; `sign-out` is the
   * way out of the provider's own session, and ends where the app wants it.
   */
  readonly purpose: 'sign-in' | 'test' | 'step-up' | 'sign-out'
  /** Of the OpenID Provider's interaction, the step-up transaction's uid, or null for a test. */
  readonly reference: string | null
  /** SHA-256 of the binding cookie: only the browser that began may end. */
  readonly browserHash: string
  /** What the protocol's `begin` wants to see again (nonce, code verifier, request id): sealed by the store's owner. */
  readonly sealedMemory: string
  /** What was asked of the provider: `acr_values`, `max_age`, `login_hint`; checked against its answer. */
  readonly demands: JsonObject
  /** What arrived at the ACS or form_post endpoint, parked until the browser comes by GET; null before. */
  readonly parked: JsonObject | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

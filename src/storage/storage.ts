/** The shape every engine gives: read ports over committed state, a write road, and what the start needs. */
import type { AuditChain, AuditStore, CheckpointStore, DecisionStore } from '../decisions/decision-store.ts'
import type { DataKeyStore, SigningKeyStore } from '../keys/signing-key-store.ts'
import type { OneTimeStore, RevokedTokenStore } from '../planes/one-time-store.ts'
import type { LoginStore } from '../planes/sign-in/login-store.ts'
import type { OpRecordStore } from '../planes/sign-in/op-record-store.ts'
import type { SessionStore } from '../planes/sign-in/session-store.ts'
import type { RegistryStores, RegistryWrite, Write } from '../registry/stores.ts'

export interface Stores extends RegistryStores {
  readonly decisions: DecisionStore
  readonly auditRows: AuditStore
  readonly checkpoints: CheckpointStore
  readonly signingKeys: SigningKeyStore
  readonly dataKeys: DataKeyStore
  /** One-time and revocation writes go through the same group-committed write road by themselves. */
  readonly oneTime: OneTimeStore
  readonly revokedTokens: RevokedTokenStore
  /** Sign-in's, likewise: none of them is the registry's to notice but the end of sessions. */
  readonly logins: LoginStore
  readonly sessions: SessionStore
  readonly opRecords: OpRecordStore
}

export interface Storage extends Stores {
  readonly engine: 'sqlite' | 'postgres'
  readonly write: Write<RegistryWrite>
  /** Set once at start by the decisions room; before that, writes that audit are refused. */
  useAuditChain(chain: AuditChain): void
  /** Grows with every committed registry write, in any process: caches compare it. */
  revision(): Promise<number>
  /**
   * Calls the listener after every such write of this process, and as soon as the database tells of one of another; with
   * the revision where that is known. Other processes may be told late or never: poll `revision`, too.
   */
  onRevision(listener: (revision: number | null) => void): void
  /** Resolves when the database answers; rejects within 2 s otherwise. For /readyz. */
  ping(): Promise<void>
  close(): Promise<void>
}

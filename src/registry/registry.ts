/** What the use cases of this room are given; `main.ts` puts it together by hand. */
import type { Conditions } from '../claims/condition-port.ts'
import type { Protocols } from './protocol.ts'
import type { RegistryStores, RegistryWrite, Write } from './stores.ts'

export interface Registry {
  /** Committed state. */
  readonly stores: RegistryStores
  readonly write: Write<RegistryWrite>
  readonly protocols: Protocols
  readonly conditions: Conditions
  readonly now: () => Date
  /** UUIDv7, growing within a process. */
  readonly newUid: () => string
  /** Cryptographically strong. */
  readonly randomBytes: (size: number) => Uint8Array
  /** `ENTENTE_URL`, without trailing slash. */
  readonly publicUrl: string
}

/** What the use cases of this room are given; `main.ts` puts it together by hand. */
import type { Conditions } from '../claims/condition-port.ts'
import type { Protocols } from './protocol.ts'
import type { RegistryStores, RegistryWrite, Write } from './stores.ts'

/** Seals what is secret before it is stored; opened again only where it is sent. */
export interface Sealer {
  seal(place: SealedPlace, text: string): string
}

export interface SealedPlace {
  readonly organisation: string
  readonly table: string
  readonly id: string
  readonly column: string
}

export interface Registry {
  /** Committed state. */
  readonly stores: RegistryStores
  readonly write: Write<RegistryWrite>
  readonly protocols: Protocols
  readonly conditions: Conditions
  readonly sealer: Sealer
  /** True where `ENTENTE_UPSTREAM_ALLOW` names the host of a plain http URL. */
  readonly allowsPlainHttp: (url: string) => boolean
  /** Grows with every change of the registry, other processes' included. */
  readonly generation: () => number
  readonly now: () => Date
  /** UUIDv7, growing within a process. */
  readonly newUid: () => string
  /** Cryptographically strong. */
  readonly randomBytes: (size: number) => Uint8Array
  /** `ENTENTE_URL`, without trailing slash. */
  readonly publicUrl: string
}

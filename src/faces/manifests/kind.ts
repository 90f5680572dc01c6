/** What a kind of the face offers; the routes are the same for all. A further kind is a file and its line in kinds.ts. */
import type { TSchema } from 'typebox'
import type { Caller } from '../../http/caller.ts'
import type { Actor } from '../../registry/stores.ts'
import type { FaceDeps, Role } from '../face.ts'

export const API_VERSION = 'entente.dev/v1'

export interface KindAsk {
  readonly caller: Caller
  readonly actor: Actor
  readonly query: Readonly<Record<string, string>>
}

export interface Listed {
  readonly items: readonly object[]
  /** Absent on the last page. */
  readonly next: string | null
}

export interface Kind {
  readonly kind: string
  readonly plural: string
  /** False: the path has no namespace. */
  readonly namespaced: boolean
  readonly summary: string
  /** Schema of one whole document. */
  readonly document: TSchema
  /** Parameters of the list besides limit and continue, each with a sentence. */
  readonly filters: Readonly<Record<string, string>>
  readonly roles: { readonly read: Role; readonly write: Role }
  list(deps: FaceDeps, ask: KindAsk): Promise<Listed>
  get(deps: FaceDeps, ask: KindAsk, name: string): Promise<object>
  /** Absent for records of what happened. The document has passed the schema. */
  create?(deps: FaceDeps, ask: KindAsk, document: unknown): Promise<object>
}

/** Members whose value is set: this face omits the others. */
export function withoutUnset(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}

/** What a kind of the face offers; the operations are the same for all. A further kind is a file and its line in kinds/index.ts. */
import type { TProperties, TSchema } from 'typebox'
import type { Caller } from '../../http/caller.ts'
import type { Json } from '../../json.ts'
import { isId } from '../../registry/names.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Actor } from '../../registry/stores.ts'
import type { FaceDeps, Role } from '../face.ts'
import type { Manifest } from './manifest.ts'
import type { Operation } from './operation.ts'
import type { Words } from './status.ts'

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
  /** Schema of one whole document, as it is written. */
  readonly document: TSchema
  /** Fields of the spec that a new object cannot do without; the registry refuses their absence, editors are told. */
  readonly required?: readonly string[]
  /** Members of `status` besides conditions. */
  readonly status?: TProperties
  /** Parameters of the list besides those of every list, each with a sentence. */
  readonly filters: Readonly<Record<string, string>>
  readonly roles: { readonly read: Role; readonly write: Role }
  /** Refuses who may not, where a role alone does not tell; `name` is absent on the list. */
  admit?(caller: Caller, access: 'read' | 'write', name: string | undefined): void
  /** How faults of the registry name the fields of the spec. */
  readonly words?: Words
  list(deps: FaceDeps, ask: KindAsk): Promise<Listed>
  get(deps: FaceDeps, ask: KindAsk, name: string): Promise<object>
  /** Absent for records of what happened. */
  readonly write?: KindWrite
  /** Of a record that callers begin, and nobody changes afterwards: each document makes another one. */
  readonly begin?: KindBegin
  /** Operations below the path of one object that are this kind's alone. */
  more?(kind: Kind): readonly Operation[]
}

export interface KindBegin {
  /** What is sent; the kind's own `document` is what is shown. */
  readonly document: TSchema
  begin(at: Registry, ask: KindAsk, document: Manifest): Promise<object>
}

/** How documents of a kind are written; each has passed the kind's schema. */
export interface KindWrite {
  /** The document as it is stored, or null. `at` sees what the writes before it in the same transaction did. */
  find(at: Registry, ask: KindAsk, name: string): Promise<Manifest | null>
  create(at: Registry, ask: KindAsk, document: Manifest): Promise<Manifest>
  /** Makes the stored object what the document says; what this kind has no field for stays. */
  replace(at: Registry, ask: KindAsk, name: string, document: Manifest): Promise<Manifest>
  remove(at: Registry, ask: KindAsk, name: string): Promise<void>
  /** What a patch is merged into: the document, without members that hold only beside those which the patch changes. */
  beneath?(before: Manifest, patch: Json): Manifest
  /** Stores the client secret, where there is one to store; null takes it away. */
  putSecret?(at: Registry, ask: KindAsk, name: string, secret: string | null): Promise<void>
  /** Proves a claim of the document by asking outside, and answers the document as it is then. */
  verify?(deps: FaceDeps, ask: KindAsk, name: string): Promise<Manifest>
  /** Begins a test sign-in; answers where the browser is to go. */
  test?(deps: FaceDeps, ask: KindAsk, name: string): Promise<{ redirectUrl: string }>
}

/** The document of that name as it is stored, or null; what is no name is not looked up. */
export async function stored(write: KindWrite, at: Registry, ask: KindAsk, name: string): Promise<Manifest | null> {
  return isId(name) ? await write.find(at, ask, name) : null
}

/** Members whose value is set: this face omits the others. */
export function withoutUnset(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}

/** A change without the members that say nothing. */
export function defined<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only members without a value are gone.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** One operation of the face, without the web framework: what it is called, who may, what it takes and what it answers. */
import type { Static, TSchema } from 'typebox'
import type { Caller } from '../../http/caller.ts'
import type { Actor } from '../../registry/stores.ts'
import type { FaceDeps, Role } from '../face.ts'

export interface Ask<Q, B> {
  readonly caller: Caller
  readonly actor: Actor
  /** Of the path; empty where there is none. */
  readonly alias: string
  /** Of a mapper, likewise. */
  readonly id: string
  readonly query: Q
  readonly body: B
}

export interface Operation {
  readonly id: string
  readonly summary: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly role: Role
  readonly query: TSchema
  readonly body: TSchema | null
  /** The body is a single mapper: so its faults are told. */
  readonly isMapper?: boolean
  /** Of a body that comes as multipart/form-data instead. */
  readonly form?: TSchema
  /** Of success; 204 has no body. */
  readonly status: 200 | 201 | 204
  /** `xml`: a text of that type; null for 204. */
  readonly answer: TSchema | 'xml' | null
  handle(deps: FaceDeps, ask: Ask<unknown, unknown>): Promise<object | string | null>
}

type Described = Omit<Operation, 'handle' | 'query' | 'body'>

/** An operation without a body; one that is sent all the same (`{}`) is ignored. */
export function operation<Q extends TSchema>(
  described: Described & { readonly query: Q },
  handle: (deps: FaceDeps, ask: Ask<Static<Q>, unknown>) => Promise<object | string | null>,
): Operation {
  // The framework validates against this very schema, so the query has its type.
  return { ...described, body: null, handle: (deps, ask) => handle(deps, ask as Ask<Static<Q>, unknown>) }
}

/** An operation whose query and body the schemas have let through before `handle` sees them. */
export function operationWithBody<Q extends TSchema, B extends TSchema>(
  described: Described & { readonly query: Q; readonly body: B },
  handle: (deps: FaceDeps, ask: Ask<Static<Q>, Static<B>>) => Promise<object | string | null>,
): Operation {
  // As above, and the body likewise.
  return { ...described, handle: (deps, ask) => handle(deps, ask as Ask<Static<Q>, Static<B>>) }
}

/** One operation of a face, without the web framework: what it is called, who may, what it takes and what it answers. */
import type { Static, TSchema } from 'typebox'
import type { Caller } from '../../http/caller.ts'
import type { Actor } from '../../registry/stores.ts'
import type { FaceDeps, Role } from '../face.ts'
import type { Spelling } from './errors.ts'

export interface Ask<B> {
  readonly caller: Caller
  readonly actor: Actor
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: B
  /** The caller's address. */
  readonly address: string
}

export interface Operation {
  /** As the API's own description names it. */
  readonly id: string
  readonly summary: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly role: Role
  readonly paged?: boolean
  readonly body?: TSchema
  /** A request without a body is one that sets nothing: for operations that need nothing. */
  readonly isBodyOptional?: boolean
  readonly answer: TSchema
  /** How errors name the fields of this operation's body. */
  readonly spelling?: Spelling
  handle(deps: FaceDeps, ask: Ask<unknown>): Promise<object>
}

type Described = Omit<Operation, 'body' | 'handle'>

/** An operation without a body; one that is sent all the same (`{}`) is ignored. */
export function operation(
  described: Described,
  handle: (deps: FaceDeps, ask: Ask<unknown>) => Promise<object>,
): Operation {
  return { ...described, handle }
}

/** An operation whose body the schema has let through before `handle` sees it. */
export function operationWithBody<B extends TSchema>(
  described: Described & { readonly body: B },
  handle: (deps: FaceDeps, ask: Ask<Static<B>>) => Promise<object>,
): Operation {
  // The framework validates against this very schema, so the body has its type.
  return { ...described, handle: (deps, ask) => handle(deps, ask as Ask<Static<B>>) }
}

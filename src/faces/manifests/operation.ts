/** One operation of the face, without the web framework: what it is called, who may, what it takes and what it answers. */
import type { TSchema } from 'typebox'
import type { Caller } from '../../http/caller.ts'
import type { FaceDeps, Role } from '../face.ts'
import type { KindAsk } from './kind.ts'

export interface Ask extends KindAsk {
  /** In the path; absent on lists. */
  readonly name: string | undefined
  /** What is below the object in the path, where the operation is about one of many. */
  readonly item: string | undefined
  /** The organisation in the path. */
  readonly namespace: string | undefined
  readonly body: unknown
  /** The validator's errors, none for a value that the schema lets through. */
  readonly validate: (schema: TSchema, value: unknown) => readonly object[]
}

export interface Answer {
  readonly status: number
  /** Null: nothing. */
  readonly body: object | null
}

export interface Operation {
  readonly id: string
  readonly summary: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly role: Role
  /** Refuses whom the role lets through all the same, before the body is looked at. */
  admit?(caller: Caller, name: string | undefined): void
  /** Parameters of the address, each with a sentence; others are refused. */
  readonly query: Readonly<Record<string, string>>
  /** Validates the body; null: none is read. */
  readonly body: object | null
  /** Media types of the body beside JSON. */
  readonly takes: readonly string[]
  /** By status; null: no body. */
  readonly answers: Readonly<Record<number, TSchema | null>>
  /** Where the caller wrote what a fault of the registry names. */
  placeOf(path: string): string
  handle(deps: FaceDeps, ask: Ask): Promise<Answer>
}

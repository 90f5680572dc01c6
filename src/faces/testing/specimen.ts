/** How a face tells the suite to speak with it. */
import type { Json } from '../../json.ts'
import type { Face } from '../face.ts'
import type { TestApp } from './app.ts'

/** One kind of object of a face, and how a caller speaks of it. */
export interface Collection {
  readonly noun: string
  /** Who may do everything with it in acme, who may only read (the writer again, if nobody), and who belongs elsewhere. */
  readonly callers: { readonly writer: string; readonly reader: string; readonly stranger: string }
  /** Makes what the objects need in an organisation; the answer is handed to the functions below. */
  prepare(app: TestApp, organisation: string): Promise<Names>
  /** Path of the list and, with one segment more, of an object. */
  path(names: Names): string
  /** Escaped as it stands in a path; one that nobody has. */
  readonly unknownId: string
  /** Makes the nth object of an organisation by the shortest way, and tells its id. */
  make(app: TestApp, organisation: string, names: Names, n: number): Promise<string>
  itemsOf(body: Json): { readonly ids: readonly string[]; readonly next: string }
  /** The smallest page the face gives, and how it is asked for. */
  readonly smallestPage: number
  pageQuery(size: number, token: string): string
  readonly create?: {
    readonly status: number
    /** The nth valid body; all of them differ. */
    body(names: Names, n: number): JsonBody
    /** The id in the answer, escaped as it stands in a path. */
    idOf(body: Json): string
    /** A body with several wrong types, and the fields an answer must name. */
    readonly wrong: { readonly body: Json; readonly fields: readonly string[] }
    /** A field that the face does not know, put into the body, and what the answer must call it. */
    readonly unknown: { readonly body: (valid: JsonBody) => Json; readonly field: string }
    /** What the source page shows, and what must come back. */
    readonly example?: { readonly request: (names: Names) => Json; readonly answer: Json }
    /** The secret in the answer, which no later one may have. */
    secretOf?(body: Json): string
  }
  readonly update?: {
    readonly method: string
    /** Bodies that change one field each. */
    readonly changes: readonly [{ body: Json; field: string }, { body: Json; field: string }]
    /** The stored record: before the update it is given everything that this face cannot see. */
    record(app: TestApp, organisation: string, id: string): Promise<object>
    enrich(app: TestApp, organisation: string, id: string): Promise<void>
    /** Members of the record that a change of the two fields may touch. */
    readonly touches: readonly string[]
  }
  readonly removable: boolean
  /** Of DELETE; 204 has no body. Default 200. */
  readonly removedStatus?: 200 | 204
}

export type Names = Readonly<Record<string, string>>
export type JsonBody = { readonly [name: string]: Json }

/** How the face speaks of errors. */
export interface Specimen {
  readonly face: Face
  readonly collections: readonly Collection[]
  isError(status: number, body: Json): boolean
  /** The fields that an error names. */
  fieldsOf(body: Json): readonly string[]
}

/**
 * How the faces write schemas: every request field is optional and takes null for unset, objects are closed, success is
 * wrapped. Limits that the registry judges are not repeated in schemas, so that all faults come together.
 *
 * Source: the OpenAPI description behind docs/sources/workload-federation.txt and step-up.txt; google.protobuf in JSON.
 */
import { type Static, type TSchema, Type } from 'typebox'

export const closed = { additionalProperties: false } as const

const nullable = <T>(type: 'string' | 'boolean' | 'integer', description: string) =>
  Type.Optional(Type.Unsafe<T | null>({ type: [type, 'null'], description }))
export const maybeText = (description: string) => nullable<string>('string', description)
export const maybeFlag = (description: string) => nullable<boolean>('boolean', description)
export const maybeNumber = (description: string) => nullable<number>('integer', description)
export const maybeTexts = (description: string) =>
  Type.Optional(Type.Unsafe<string[] | null>({ type: ['array', 'null'], items: { type: 'string' }, description }))
/** Any objects; whoever takes them judges what is in them. */
export const maybeObjects = (description: string) =>
  Type.Optional(
    Type.Unsafe<Record<string, unknown>[] | null>({
      type: ['array', 'null'],
      items: { type: 'object', additionalProperties: true },
      description,
    }),
  )
export const maybeTime = (description: string) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description }))

/** One of the names, each spelt with the prefix of its enum. */
export const maybeEnum = (prefix: string, names: readonly string[], description: string) =>
  Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      enum: [...names.map((name) => prefix + name), null],
      description,
    }),
  )

/** Read-only: may be sent back as it was read, or as null; outside of a mask nobody looks at it. */
export const readOnlyTime = (description = 'Read-only.') => maybeTime(description)
export const readOnlyText = (description = 'Read-only.') => maybeText(description)

/** A block of settings inside an object. */
export const maybeBlock = (fields: Record<string, TSchema>, description: string) =>
  Type.Optional(
    Type.Unsafe<Record<string, unknown> | null>({
      ...Type.Object(fields, closed),
      type: ['object', 'null'],
      description,
    }),
  )

const updateMask = maybeText('Comma-separated camelCase paths; absent means every mutable field of the body.')

/** The body of an update: the object and its mask. An absent object is an empty one: what the mask names is then cleared. */
export function update<N extends string, S extends TSchema, B extends Record<string, TSchema> = Record<never, never>>(
  name: N,
  schema: S,
  beside?: B,
) {
  const object = Type.Optional(Type.Unsafe<Static<S> | null>({ ...schema, type: ['object', 'null'] }))
  // One computed key and fixed ones: the type says which.
  const fields = { [name]: object, updateMask, ...beside } as Record<N, typeof object> & {
    updateMask: typeof updateMask
  } & B
  return Type.Object(fields, closed)
}

export const pageFields = {
  pageSize: maybeNumber('10 to 100, default 25.'),
  pageToken: maybeText('From the page before.'),
}

/** Source: google.rpc.Status in JSON, with google.rpc.BadRequest and google.rpc.ErrorInfo as details. */
export const Status = Type.Object(
  {
    code: Type.Integer({ description: 'google.rpc.Code.', examples: [3] }),
    message: Type.String(),
    details: Type.Array(
      Type.Unsafe<object>({
        anyOf: [
          Type.Object({
            '@type': Type.Literal('type.googleapis.com/google.rpc.BadRequest'),
            fieldViolations: Type.Array(
              Type.Object({
                field: Type.String({ description: 'Path in the request, as it spells it.' }),
                description: Type.String(),
                reason: Type.String({ description: 'Stable code.', examples: ['field.missing'] }),
              }),
              { minItems: 1 },
            ),
          }),
          Type.Object({
            '@type': Type.Literal('type.googleapis.com/google.rpc.ErrorInfo'),
            reason: Type.String({ description: 'Stable code.', examples: ['provider.unknown'] }),
            domain: Type.Literal('entente.dev'),
          }),
        ],
      }),
      { minItems: 1 },
    ),
  },
  { title: 'Status' },
)

export const Empty = Type.Object({})
export const answerOf = (name: string, schema: TSchema) => Type.Object({ [name]: schema })
export const listOf = (schema: TSchema) => Type.Object({ list: Type.Array(schema), nextPageToken: Type.String() })

/** Fields as the clients of such APIs send them: null where JSON of other APIs has nothing. */
import { type Static, type TSchema, Type } from 'typebox'

/** A misspelt field is a fault. */
export const closed = { additionalProperties: false } as const

export const orNull = <S extends TSchema>(schema: S) =>
  Type.Unsafe<Static<S> | null>({ ...schema, type: [Object(schema).type, 'null'] })
export const text = (description: string, more: object = {}) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], description, ...more }))
export const flag = (description: string, byDefault?: boolean) =>
  Type.Optional(
    Type.Unsafe<boolean | null>({
      type: ['boolean', 'null'],
      description,
      ...(byDefault === undefined ? {} : { default: byDefault }),
    }),
  )
export const choice = (values: readonly string[], description: string, byDefault?: string) =>
  text(description, { enum: [...values, null], ...(byDefault === undefined ? {} : { default: byDefault }) })
export const texts = (description: string) =>
  Type.Optional(
    Type.Unsafe<string[] | null>({
      type: ['array', 'null'],
      items: { type: 'string' },
      description: `Extra: ${description}`,
    }),
  )

/**
 * Schemas of routes become programs when their route is first asked. There are some hundreds of them, a server uses a few dozen,
 * and to make them all took a quarter of a second of every start.
 */
import { AjvCompiler } from '@fastify/ajv-compiler'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

/** All faults at once, and nothing that was sent is changed on the way. */
const VALIDATION = {
  removeAdditional: false,
  coerceTypes: false,
  useDefaults: false,
  allErrors: true,
  strict: false,
} as const

type Validate = ReturnType<FastifySchemaCompiler<unknown>>

/** Gives the server Fastify's own compilers, each asked as late as can be: a schema that cannot be compiled fails its first request. */
export function compileSchemasLate(app: FastifyInstance): void {
  const validatorOf = AjvCompiler()({}, { customOptions: VALIDATION })
  const serializerOf = SerializerSelector()()
  app.setValidatorCompiler(({ schema }) => {
    let compiled: Validate | null = null
    // Fastify reads the errors off the function, where Ajv leaves them.
    const validate: Validate = (data) => {
      compiled ??= validatorOf({ schema })
      const answer = compiled(data)
      validate.errors = compiled.errors ?? null
      return answer
    }
    return validate
  })
  app.setSerializerCompiler(({ schema, method, url, httpStatus = '' }) => {
    let compiled: ((data: unknown) => string) | null = null
    return (data) => {
      compiled ??= serializerOf({ schema, method, url, httpStatus })
      return compiled(data)
    }
  })
}

/** The operations of a face, as its own OpenAPI document lists them: a new one is fuzzed without a word here. */
import type { FastifyInstance } from 'fastify'
import type { Json } from '../../../json.ts'

export interface FuzzOperation {
  readonly method: string
  /** With `{name}` for parameters. */
  readonly path: string
  readonly parameters: readonly string[]
  readonly query: readonly string[]
  /** Bodies that its documentation shows. */
  readonly examples: readonly Json[]
  /** Every name of a field that its body's schema knows, at any depth. */
  readonly names: readonly string[]
  /** Reading the same path answers an object. */
  readonly readable: boolean
}

export function operationsOf(app: FastifyInstance, face: string): FuzzOperation[] {
  const paths = membersOf(membersOf(app.swagger()).paths)
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(membersOf(item))
      .filter(([, operation]) => [membersOf(operation).tags].flat().includes(face))
      .map(([method, operation]) =>
        operationOf(method.toUpperCase(), path, membersOf(operation), 'get' in membersOf(item)),
      ),
  )
}

function operationOf(method: string, path: string, operation: Members, readable: boolean): FuzzOperation {
  const parameters = [operation.parameters].flat().map(membersOf)
  const named = (place: string) => parameters.filter((one) => one.in === place).map((one) => String(one.name))
  const body = membersOf(membersOf(membersOf(operation.requestBody).content)['application/json'])
  const schema = membersOf(body.schema)
  const shown = [
    ...listOf(schema.examples),
    schema.example,
    ...Object.values(membersOf(body.examples)).map((one) => membersOf(one).value),
  ]
  return {
    method,
    path,
    parameters: named('path'),
    query: named('query'),
    // Documents are JSON.
    examples: shown.filter((one) => one !== undefined) as Json[],
    names: [...namesIn(schema)],
    readable: readable && method !== 'GET',
  }
}

function namesIn(schema: unknown, found = new Set<string>()): Set<string> {
  for (const [key, value] of Object.entries(membersOf(schema))) {
    if (key === 'properties') for (const name of Object.keys(membersOf(value))) found.add(name)
    if (typeof value === 'object') namesIn(value, found)
  }
  return found
}

type Members = Readonly<Record<string, unknown>>

function membersOf(value: unknown): Members {
  return Object(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

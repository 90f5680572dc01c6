/** One JSON Schema for all documents that may be written, for editors. Source: JSON Schema 2020-12. */
import { API_VERSION } from './kind.ts'
import { kinds } from './kinds/index.ts'

/** By `kind`, so that an editor offers only the fields of the kind that stands there; one kind alone where it is named. */
export function manifestsSchema(kind?: string): object {
  const writable = kinds.filter(({ write }) => write !== undefined)
  const wanted = writable.filter((one) => kind === undefined || one.kind === kind)
  const definitions = Object.fromEntries(wanted.map((one) => [one.kind, one.document]))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Entente manifests ${API_VERSION}`,
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      apiVersion: { const: API_VERSION },
      kind: { enum: wanted.map((one) => one.kind) },
    },
    allOf: wanted.map((one) => ({
      if: { properties: { kind: { const: one.kind } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { $ref: `#/$defs/${one.kind}` },
    })),
    $defs: definitions,
  }
}

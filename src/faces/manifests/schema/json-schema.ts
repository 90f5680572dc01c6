/**
 * One JSON Schema for all documents that may be written, for editors.
 *
 * Source: JSON Schema draft-07, which every YAML language server reads; the same schemas validate (kinds/).
 */
import { API_VERSION, type Kind } from '../kind.ts'
import { kinds } from '../kinds/index.ts'

/** By `kind`, so that an editor offers only the fields of the kind that stands there; one kind alone where it is named. */
export function manifestsSchema(kind?: string): object {
  const writable = kinds.filter(({ write }) => write !== undefined)
  const wanted = writable.filter((one) => kind === undefined || one.kind === kind)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Entente manifests ${API_VERSION}`,
    description: 'What entente apply takes: one document, or a List of them.',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { enum: [API_VERSION, 'v1'], description: `${API_VERSION}; of a List v1.` },
      kind: { enum: [...wanted.map((one) => one.kind), 'List'], description: 'What the document is about.' },
    },
    allOf: [...wanted.map(({ kind }) => branch(kind)), branch('List')],
    definitions: {
      ...Object.fromEntries(wanted.map((one) => [one.kind, definition(one)])),
      List: LIST,
    },
  }
}

function branch(kind: string): object {
  return {
    if: { properties: { kind: { const: kind } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { $ref: `#/definitions/${kind}` },
  }
}

const LIST = {
  type: 'object',
  required: ['apiVersion', 'kind', 'items'],
  properties: {
    apiVersion: { const: 'v1' },
    kind: { const: 'List' },
    metadata: { type: 'object' },
    items: { type: 'array', items: { $ref: '#' }, description: 'Documents of any kind.' },
  },
  additionalProperties: false,
}

/** The schema of the kind, and what the server asks for beyond the form: a file has a name for its object, and a spec. */
function definition({ document, required = [] }: Kind): object {
  const spec = required.length === 0 ? {} : { required: ['spec'], properties: { spec: { required } } }
  const named = { properties: { metadata: { required: ['name'] } } }
  return { allOf: [document, named, ...(required.length === 0 ? [] : [spec])] }
}

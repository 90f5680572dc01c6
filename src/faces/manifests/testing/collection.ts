/** What the collections of all kinds have in common. */
import type { Json } from '../../../json.ts'
import type { Collection, Names } from '../../testing/specimen.ts'
import { list, text } from './members.ts'

export const ROOT = '/apis/entente.dev/v1'

export const common = {
  smallestPage: 5,
  pageQuery: (size: number, token: string) => `limit=${size}${token === '' ? '' : `&continue=${token}`}`,
  itemsOf: (body: Json) => ({
    ids: list(body, 'items').map((item) => text(item, 'metadata', 'name')),
    next: text(body, 'metadata', 'continue'),
  }),
  prepare: async (_app: unknown, organisation: string): Promise<Names> => ({ organisation }),
  removable: true,
} as const

/** Of a kind in a namespace, for those who belong there. */
export function inNamespace(plural: string) {
  return {
    ...common,
    callers: { writer: 'admin@acme', reader: 'viewer@acme', stranger: 'admin@rival' },
    path: ({ organisation }: Names) => `${ROOT}/namespaces/${organisation}/${plural}`,
    unknownId: 'nobody',
  } as const
}

/** A valid document. */
export function document(kind: string, name: string, spec: { readonly [name: string]: Json }) {
  return { apiVersion: 'entente.dev/v1', kind, metadata: { name, labels: { team: 'platform' } }, spec }
}

/** Wrong types everywhere outside of the spec, and the fields that an answer must name. */
export function wrong(kind: string, spec: Json, fields: readonly string[]) {
  const metadata = { name: 5, namespace: [], labels: { a: 1 }, resourceVersion: 7 }
  return {
    body: { apiVersion: 'v1', kind, metadata, spec },
    fields: [
      'apiVersion',
      'metadata.name',
      'metadata.namespace',
      'metadata.labels.a',
      'metadata.resourceVersion',
      ...fields.map((field) => `spec.${field}`),
    ],
  }
}

/** A field of the spec in another spelling. */
export function unknown(field: string) {
  return {
    body: (valid: { readonly [name: string]: Json }) => ({ ...valid, spec: { ...Object(valid.spec), [field]: 'x' } }),
    field: `spec.${field}`,
  }
}

/** Merge patches of one field each. */
export function changes(
  ...fields: readonly [[string, Json], [string, Json]]
): NonNullable<Collection['update']>['changes'] {
  const [one, other] = fields
  const change = ([field, value]: [string, Json]) => ({ body: { spec: { [field]: value } }, field })
  return [change(one), change(other)]
}

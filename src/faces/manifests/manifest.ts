/** One document: apiVersion, kind, metadata, spec, status. Source: docs/sources/workforce-manifest.txt; Kubernetes API conventions. */
import { type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { JsonObject } from '../../json.ts'
import { API_VERSION, type Kind, withoutUnset } from './kind.ts'
import type { StatusCondition } from './status-conditions.ts'

const closed = { additionalProperties: false } as const

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ManifestMetadata
  readonly spec?: JsonObject
  readonly status?: JsonObject
}

export interface ManifestMetadata {
  readonly name?: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly resourceVersion?: string
  readonly uid?: string
  readonly creationTimestamp?: string
}

/** Schema of the documents of a kind. What a read answered may be sent back: read-only members are ignored. */
export function manifestSchema(kind: string, spec: TObject, example?: object, namespaced = true) {
  const properties: TProperties = {
    apiVersion: Type.Literal(API_VERSION, { description: 'The version of this form.' }),
    kind: Type.Literal(kind, { description: 'What the document is about.' }),
    metadata: Type.Object(
      {
        name: Type.Optional(Type.String({ description: 'Made from the display name where it is left out.' })),
        ...(namespaced ? { namespace: Type.Optional(Type.String({ description: 'The organisation.' })) } : {}),
        labels: Type.Optional(
          Type.Record(Type.String(), Type.String(), {
            description: 'Names and values to select by; a document without has none.',
          }),
        ),
        resourceVersion: Type.Optional(
          Type.String({ description: 'Sent back, it makes the write fail if somebody else was first.' }),
        ),
        uid: Type.Optional(
          Type.String({ description: 'Read-only; sent back, it makes the write fail for a namesake.' }),
        ),
        creationTimestamp: Type.Optional(Type.String({ description: 'Read-only.' })),
      },
      { ...closed, description: 'Name, place and labels.' },
    ),
    spec: Type.Optional(Type.Unsafe({ ...spec, title: `${kind}Spec` })),
    status: Type.Optional(Type.Object({}, { description: 'Read-only.' })),
  }
  const examples = example === undefined ? {} : { examples: [example] }
  return Type.Object(properties, { ...closed, title: `${kind}Document`, ...examples })
}

const Conditions = Type.Optional(
  Type.Array(
    Type.Object(
      {
        type: Type.String({ examples: ['Ready'] }),
        status: Type.String({ enum: ['True', 'False', 'Unknown'] }),
        reason: Type.String(),
        message: Type.String(),
        lastTransitionTime: Type.String({ format: 'date-time' }),
      },
      { title: 'Condition' },
    ),
  ),
)

/** Schema of the documents of a kind as they are read: a record's own is that already. */
export function shownSchema({ kind, namespaced, document, status, write }: Kind): TSchema {
  if (write === undefined) return Type.Unsafe({ ...document, title: kind })
  const { spec } = Object(Object(document).properties)
  const properties: TProperties = {
    apiVersion: Type.Literal(API_VERSION),
    kind: Type.Literal(kind),
    metadata: Type.Object({
      name: Type.String(),
      ...(namespaced ? { namespace: Type.String({ description: 'The organisation.' }) } : {}),
      uid: Type.String({ format: 'uuid', description: 'Never reused.' }),
      resourceVersion: Type.String({ description: 'Another one after every write.' }),
      creationTimestamp: Type.String({ format: 'date-time' }),
      labels: Type.Optional(Type.Record(Type.String(), Type.String())),
    }),
    spec: Type.Unsafe({ ...spec }),
    status: Type.Optional(Type.Object({ ...status, conditions: Conditions })),
  }
  return Type.Object(properties, { title: kind })
}

interface Recorded {
  readonly id: string
  readonly uid: string
  readonly version: number
  readonly createdAt: Date
  readonly labels: Readonly<Record<string, string>>
}

/** The document of a record. */
export function manifestOf(
  kind: string,
  namespace: string | null,
  { id, uid, version, createdAt, labels }: Recorded,
  spec: Readonly<Record<string, unknown>>,
  status: Readonly<Record<string, unknown>> & { readonly conditions?: readonly StatusCondition[] } = {},
): Manifest {
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: {
      name: id,
      ...withoutUnset({ namespace }),
      uid,
      resourceVersion: String(version),
      creationTimestamp: createdAt.toISOString(),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
    },
    // Made of JSON only.
    spec: withoutUnset(spec) as JsonObject,
    ...(Object.keys(status).length === 0 ? {} : { status: withoutUnset(status) as JsonObject }),
  }
}

/** The version that a write insists on; none where the document names none. What is no number was never one of ours. */
export function versionOf({ metadata }: Manifest): { readonly version?: number } {
  const { resourceVersion } = metadata
  if (resourceVersion === undefined || resourceVersion === '') return {}
  return { version: /^\d{1,15}$/.test(resourceVersion) ? Number(resourceVersion) : 0 }
}

/** Labels of a document: one without them has none. */
export function labelsOf({ metadata }: Manifest): { readonly labels: Readonly<Record<string, string>> } {
  return { labels: metadata.labels ?? {} }
}

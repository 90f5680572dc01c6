/** One document: apiVersion, kind, metadata, spec, status. Source: docs/sources/workforce-manifest.txt; Kubernetes API conventions. */
import { type TObject, type TProperties, Type } from 'typebox'
import type { JsonObject } from '../../json.ts'
import { API_VERSION, withoutUnset } from './kind.ts'
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
    spec: Type.Optional(spec),
    status: Type.Optional(Type.Object({}, { description: 'Read-only.' })),
  }
  return Type.Object(properties, { ...closed, ...(example === undefined ? {} : { examples: [example] }) })
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

/** How documents are read: lists and single ones, alike for all kinds. */
import { Type } from 'typebox'
import type { FieldFault } from '../../fault.ts'
import type { Caller } from '../../http/caller.ts'
import { WireFaults } from '../face.ts'
import { API_VERSION, type Kind } from './kind.ts'
import { shownSchema } from './manifest.ts'
import type { Operation } from './operation.ts'
import { LIST_PARAMETERS } from './paging.ts'
import { toParameter } from './status.ts'

export const ROOT = `/apis/${API_VERSION}`

/** Path of a kind's list. */
export function pathOf({ namespaced, plural }: Pick<Kind, 'namespaced' | 'plural'>): string {
  return namespaced ? `${ROOT}/namespaces/:organisation/${plural}` : `${ROOT}/${plural}`
}

export function readOperations(kind: Kind): Operation[] {
  const listKind = `${kind.kind}List`
  const document = shownSchema(kind)
  const list = Type.Object(
    {
      apiVersion: Type.Literal(API_VERSION),
      kind: Type.Literal(listKind),
      metadata: Type.Object({
        continue: Type.Optional(Type.String({ description: 'There if another page follows.' })),
      }),
      items: Type.Array(document),
    },
    { title: listKind },
  )
  const both = {
    method: 'GET',
    role: kind.roles.read,
    admit: (caller: Caller, name: string | undefined) => kind.admit?.(caller, 'read', name),
    body: null,
    takes: [],
    placeOf: toParameter,
  } as const
  return [
    {
      ...both,
      id: `list${kind.kind}Manifests`,
      summary: kind.summary,
      url: pathOf(kind),
      query: { ...LIST_PARAMETERS, ...kind.filters },
      answers: { 200: list },
      async handle(deps, ask) {
        const { items, next } = await kind.list(deps, ask)
        const metadata = next === null ? {} : { continue: next }
        return { status: 200, body: { apiVersion: API_VERSION, kind: listKind, metadata, items } }
      },
    },
    {
      ...both,
      id: `get${kind.kind}Manifest`,
      summary: `Get one ${kind.kind}`,
      url: `${pathOf(kind)}/:name`,
      query: {},
      answers: { 200: document },
      handle: async (deps, ask) => ({ status: 200, body: await kind.get(deps, ask, ask.name ?? '') }),
    },
  ]
}

/** Refuses parameters that mean nothing here: a misspelt filter would show what it was to hide. */
export function requireKnownParameters(given: Readonly<Record<string, string>>, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  const message = known.length === 0 ? 'is not a parameter here' : `is not one of ${known.join(', ')}`
  const faults = unknown.map((path): FieldFault => ({ path: path.slice(0, 80), code: 'field.unknown', message }))
  // As the caller spelt it: a parameter is no field of the document.
  if (faults.length > 0) throw new WireFaults(faults)
}

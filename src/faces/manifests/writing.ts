/** How documents are written, alike for all kinds that can be. Source: CONTRACT.md section 3, statuses of manifests. */
import { Type } from 'typebox'
import { Fault, type FieldFault } from '../../fault.ts'
import type { Caller } from '../../http/caller.ts'
import type { Json } from '../../json.ts'
import { WireFaults } from '../face.ts'
import { faceFault } from '../faults.ts'
import { YAML_TYPES } from './document.ts'
import { type Kind, type KindBegin, type KindWrite, stored } from './kind.ts'
import { type Manifest, shownSchema } from './manifest.ts'
import { mergePatch } from './merge-patch.ts'
import type { Ask, Operation } from './operation.ts'
import { pathOf } from './reading.ts'
import { Removed, toManifestPath } from './status.ts'

export const MERGE_PATCH = 'application/merge-patch+json'

const MergePatch = Type.Record(Type.String(), Type.Unknown(), {
  title: 'MergePatch',
  description: 'Members to put in; null takes one away. Source: RFC 7396.',
  examples: [{ spec: { displayName: 'Another name' } }],
})

export function writeOperations(kind: Kind, write: KindWrite): Operation[] {
  const path = pathOf(kind)
  const shown = shownSchema(kind)
  const every = { ...writing(kind), query: {}, takes: YAML_TYPES, body: kind.document }
  return [
    {
      ...every,
      id: `create${kind.kind}Manifest`,
      summary: `Create one ${kind.kind}`,
      method: 'POST',
      url: path,
      answers: { 201: shown },
      async handle({ registry }, ask) {
        return { status: 201, body: await write.create(registry, ask, documentOf(ask, ask.body)) }
      },
    },
    {
      ...every,
      id: `put${kind.kind}Manifest`,
      summary: `Create or replace one ${kind.kind}`,
      method: 'PUT',
      url: `${path}/:name`,
      answers: { 200: shown, 201: shown },
      async handle({ registry }, ask) {
        const document = documentOf(ask, ask.body)
        const name = ask.name ?? ''
        const before = await stored(write, registry, ask, name)
        requireSeen(before, document)
        if (before === null) return { status: 201, body: await write.create(registry, ask, document) }
        return { status: 200, body: await write.replace(registry, ask, name, document) }
      },
    },
    {
      ...every,
      id: `patch${kind.kind}Manifest`,
      summary: `Change one ${kind.kind}: members of the patch replace, null takes away. Source: RFC 7396`,
      method: 'PATCH',
      url: `${path}/:name`,
      body: MergePatch,
      takes: [MERGE_PATCH, ...YAML_TYPES],
      answers: { 200: shown },
      handle: (deps, ask) => patched(kind, write, deps, ask),
    },
    {
      ...every,
      id: `delete${kind.kind}Manifest`,
      summary: `Delete one ${kind.kind}`,
      method: 'DELETE',
      url: `${path}/:name`,
      body: null,
      takes: [],
      answers: { 200: Removed },
      async handle({ registry }, ask) {
        const name = ask.name ?? ''
        await write.remove(registry, ask, name)
        const details = { name, kind: kind.plural }
        return { status: 200, body: { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Success', details } }
      },
    },
    ...secretOperations(kind, write),
    ...testOperations(kind, write),
    ...verifyOperations(kind, write),
  ]
}

/** Of a kind whose documents are begun and not changed. */
export function beginOperations(kind: Kind, { document, begin }: KindBegin): Operation[] {
  return [
    {
      ...writing(kind),
      id: `create${kind.kind}Manifest`,
      summary: `Begin one ${kind.kind}`,
      method: 'POST',
      url: pathOf(kind),
      query: {},
      takes: YAML_TYPES,
      body: document,
      answers: { 201: shownSchema(kind) },
      async handle({ registry }, ask) {
        return { status: 201, body: await begin(registry, ask, documentOf(ask, ask.body)) }
      },
    },
  ]
}

function writing(kind: Kind) {
  return {
    role: kind.roles.write,
    admit: (caller: Caller, name: string | undefined) => kind.admit?.(caller, 'write', name),
    placeOf: (path: string) => toManifestPath(path, kind.words),
  }
}

function secretOperations(kind: Kind, { putSecret }: KindWrite): Operation[] {
  if (putSecret === undefined) return []
  const body = Type.Object(
    { clientSecret: Type.String({ description: 'Written, never shown.' }) },
    { additionalProperties: false },
  )
  // The registry finds it among the settings of the protocol.
  const placeOf = (path: string) => path.slice(path.lastIndexOf('.') + 1)
  const every = {
    ...writing(kind),
    url: `${pathOf(kind)}/:name/secret`,
    query: {},
    answers: { 204: null },
    placeOf,
  }
  return [
    {
      ...every,
      id: `put${kind.kind}ManifestSecret`,
      summary: `Store the client secret of one ${kind.kind}`,
      method: 'PUT',
      body,
      takes: YAML_TYPES,
      async handle({ registry }, ask) {
        await putSecret(registry, ask, ask.name ?? '', String(Object(ask.body).clientSecret))
        return { status: 204, body: null }
      },
    },
    {
      ...every,
      id: `delete${kind.kind}ManifestSecret`,
      summary: `Forget the client secret of one ${kind.kind}`,
      method: 'DELETE',
      body: null,
      takes: [],
      async handle({ registry }, ask) {
        await putSecret(registry, ask, ask.name ?? '', null)
        return { status: 204, body: null }
      },
    },
  ]
}

function verifyOperations(kind: Kind, { verify }: KindWrite): Operation[] {
  if (verify === undefined) return []
  return [
    {
      ...writing(kind),
      id: `verify${kind.kind}Manifest`,
      summary: `Prove one ${kind.kind} now`,
      method: 'POST',
      url: `${pathOf(kind)}/:name/verify`,
      query: {},
      body: null,
      takes: [],
      answers: { 200: shownSchema(kind) },
      async handle(deps, ask) {
        return { status: 200, body: await verify(deps, ask, ask.name ?? '') }
      },
    },
  ]
}

function testOperations(kind: Kind, { test }: KindWrite): Operation[] {
  if (test === undefined) return []
  return [
    {
      ...writing(kind),
      id: `test${kind.kind}Manifest`,
      summary: `Begin a test sign-in with one ${kind.kind}`,
      method: 'POST',
      url: `${pathOf(kind)}/:name/test`,
      query: {},
      body: null,
      takes: [],
      answers: { 200: Type.Object({ redirectUrl: Type.String() }) },
      handle: async (deps, ask) => ({ status: 200, body: await test(deps, ask, ask.name ?? '') }),
    },
  ]
}

/** As often as somebody else may write in between before it is no accident any more. */
const TRIES = 8

/** Merges the patch into the document as it is read, and again into the next one if another write was first. */
async function patched(kind: Kind, write: KindWrite, deps: Parameters<Operation['handle']>[0], ask: Ask) {
  const { registry } = deps
  const name = ask.name ?? ''
  // The schema has let only an object through.
  const patch = ask.body as Json
  const insists = Object(Object(patch).metadata).resourceVersion !== undefined
  for (let tries = 1; ; tries++) {
    const before = await stored(write, registry, ask, name)
    // Its own fault for what is not there.
    if (before === null) return { status: 200, body: await kind.get(deps, ask, name) }
    // A document is JSON all through.
    const beneath = write.beneath?.(before, patch) ?? before
    const { status: _, ...merged } = Object(mergePatch(beneath as unknown as Json, patch))
    const validation = ask.validate(kind.document, merged)
    if (validation.length > 0) throw Object.assign(new Error('the merged document is invalid'), { validation })
    const document = documentOf(ask, merged)
    requireSeen(before, document)
    try {
      return { status: 200, body: await write.replace(registry, ask, name, document) }
    } catch (error) {
      const isRace = error instanceof Fault && error.code.endsWith('.changed') && !insists
      if (!isRace || tries >= TRIES) throw error
    }
  }
}

/** What the schema let through, named as the path says. */
function documentOf({ name, namespace }: Ask, value: unknown): Manifest {
  const document = value as Manifest // by the schema
  const { metadata } = document
  const faults: FieldFault[] = []
  const judge = (member: 'name' | 'namespace', wanted: string | undefined) => {
    if (metadata[member] === undefined || wanted === undefined || metadata[member] === wanted) return
    faults.push({ path: `metadata.${member}`, code: 'field.invalid', message: 'must be what the path says' })
  }
  judge('name', name)
  judge('namespace', namespace)
  if (faults.length > 0) throw new WireFaults(faults)
  return name === undefined ? document : { ...document, metadata: { ...metadata, name } }
}

/**
 * A document that says which object at which version it was read from must not make or change another one. That the
 * version is still the same is for the write itself to see.
 *
 * Faults: request.object_gone
 */
export function requireSeen(before: Manifest | null, { metadata }: Manifest): void {
  const { uid = '', resourceVersion = '' } = metadata
  const isSame = before === null ? uid === '' && resourceVersion === '' : uid === '' || uid === before.metadata.uid
  if (isSame) return
  const message = before === null ? 'There is no such object any more' : 'Another object has the name now'
  throw faceFault('request.object_gone', {
    message: `${message}: without metadata.uid and metadata.resourceVersion the document is written as it stands.`,
  })
}

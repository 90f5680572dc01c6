/**
 * Kind SigningKey: the public halves of what we sign with, the same in every organisation. They are made by themselves; an
 * operator may only have one replaced before its time. Source: CONTRACT.md section 3, which is silent on the latter.
 */
import { Type } from 'typebox'
import { keyFault } from '../../../keys/faults.ts'
import { eventOf } from '../../../registry/event.ts'
import type { FaceDeps, PublishedKey } from '../../face.ts'
import { API_VERSION, type Kind, withoutUnset } from '../kind.ts'
import { shownSchema } from '../manifest.ts'
import type { Operation } from '../operation.ts'
import { listed } from '../paging.ts'
import { pathOf } from '../reading.ts'
import { toParameter } from '../status.ts'

const Document = Type.Object({
  apiVersion: Type.Literal(API_VERSION),
  kind: Type.Literal('SigningKey'),
  metadata: Type.Object({
    name: Type.String(),
    namespace: Type.String(),
    uid: Type.String(),
    resourceVersion: Type.String(),
    creationTimestamp: Type.String({ format: 'date-time' }),
  }),
  spec: Type.Object({
    algorithm: Type.String(),
    publicJwk: Type.Record(Type.String(), Type.Unknown(), { description: 'Source: RFC 7517.' }),
  }),
  status: Type.Object({
    state: Type.String({ enum: ['next', 'active', 'retired'] }),
    activeAt: Type.String({ format: 'date-time' }),
    removeAfter: Type.Optional(Type.String({ format: 'date-time' })),
  }),
})

export const signingKeys: Kind = {
  kind: 'SigningKey',
  plural: 'signingkeys',
  namespaced: true,
  summary: 'List the keys that tokens are signed with',
  document: Document,
  filters: {},
  roles: { read: 'viewer', write: 'operator' },
  list: ({ signingKeys, pageTokens }, ask) =>
    listed(pageTokens, ask, {
      question: 'signingkeys',
      async read({ limit, after = '' }) {
        const all = [...(await signingKeys())].sort((a, b) => (a.kid < b.kid ? -1 : 1))
        return all.filter(({ kid }) => kid > after).slice(0, limit)
      },
      key: ({ kid }) => kid,
      show: (key) => toDocument(ask.caller.organisation, key),
    }),
  get: async (deps, { caller: { organisation } }, name) => toDocument(organisation, await keyOf(deps, name)),
  more: (kind) => [rotation(kind)],
}

async function keyOf({ signingKeys }: FaceDeps, name: string): Promise<PublishedKey> {
  const key = (await signingKeys()).find(({ kid }) => kid === name)
  if (key === undefined) throw keyFault('keys.unknown')
  return key
}

/** `POST …/signingkeys/{name}/rotate`; asked for a step-up by `stepUpFor: [signing_key.rotate]`, see face.ts. */
function rotation(kind: Kind): Operation {
  return {
    id: 'rotateSigningKey',
    summary: 'Publish the key that takes over from the named one in a day; answers that key',
    method: 'POST',
    url: `${pathOf(kind)}/:name/rotate`,
    role: kind.roles.write,
    query: {},
    body: null,
    takes: [],
    answers: { 200: shownSchema(kind) },
    placeOf: toParameter,
    async handle(deps, { caller: { organisation }, actor, name = '' }) {
      const before = await keyOf(deps, name)
      const next = await keyOf(deps, await deps.rotateSigningKey(name))
      const [old, made] = [before, next].map(({ kid, algorithm, state, activeAt }) => {
        return { id: kid, uid: kid, organisation, algorithm, state, activeAt }
      })
      await deps.registry.write(async (tx) =>
        tx.audit(eventOf(actor, { kind: 'signing_key', verb: 'update', before: old ?? null, after: made ?? null })),
      )
      return { status: 200, body: toDocument(organisation, next) }
    },
  }
}

function toDocument(
  namespace: string,
  { kid, algorithm, state, createdAt, activeAt, removeAfter, jwk }: PublishedKey,
): object {
  const creationTimestamp = createdAt.toISOString()
  return {
    apiVersion: API_VERSION,
    kind: 'SigningKey',
    metadata: { name: kid, namespace, uid: kid, resourceVersion: '1', creationTimestamp },
    spec: { algorithm, publicJwk: jwk },
    status: { state, activeAt: activeAt.toISOString(), ...withoutUnset({ removeAfter: removeAfter?.toISOString() }) },
  }
}

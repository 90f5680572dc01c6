/** Kind SigningKey: the public halves of what we sign with. Read-only, the same in every organisation. Source: CONTRACT.md section 3. */
import { Type } from 'typebox'
import { keyFault } from '../../../keys/faults.ts'
import type { PublishedKey } from '../../face.ts'
import { API_VERSION, type Kind, withoutUnset } from '../kind.ts'
import { listed } from '../paging.ts'

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
  async get({ signingKeys }, { caller: { organisation } }, name) {
    const key = (await signingKeys()).find(({ kid }) => kid === name)
    if (key === undefined) throw keyFault('keys.unknown')
    return toDocument(organisation, key)
  },
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

/** Kind AuditRecord: every change of the registry, chained. Read-only. Source: CONTRACT.md section 3. */
import { Type } from 'typebox'
import type { AuditRow } from '../../../decisions/decision-store.ts'
import { decisionFault } from '../../../decisions/faults.ts'
import { API_VERSION, type Kind, withoutUnset } from '../kind.ts'
import { listed } from '../paging.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const text = Type.Optional(Type.String())

const Document = Type.Object({
  apiVersion: Type.Literal(API_VERSION),
  kind: Type.Literal('AuditRecord'),
  metadata: Type.Object({
    name: Type.String(),
    namespace: Type.String(),
    uid: Type.String(),
    resourceVersion: Type.String(),
    creationTimestamp: Type.String({ format: 'date-time' }),
  }),
  spec: Type.Object({
    action: Type.String({ description: 'provider.create, trust.update, …' }),
    subject: Type.String({
      description: 'Who did it: `operator-token`, `system`, or the uid of a principal or person.',
    }),
    requestId: text,
    target: Type.Object({ kind: Type.String(), id: Type.String(), uid: Type.String() }),
    before: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    after: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    chain: Type.Object({ id: Type.String(), sequence: Type.Integer(), previous: Type.String(), hash: Type.String() }),
  }),
})

export const auditRecords: Kind = {
  kind: 'AuditRecord',
  plural: 'auditrecords',
  namespaced: true,
  summary: 'List changes of the registry, newest first',
  document: Document,
  filters: {},
  roles: { read: 'viewer', write: 'operator' },
  list: ({ auditRows, pageTokens }, ask) =>
    listed(pageTokens, ask, {
      question: 'auditrecords',
      read: (page) => auditRows.list(ask.caller.organisation, page),
      key: ({ id }) => id,
      show: toDocument,
    }),
  async get({ auditRows }, { caller: { organisation } }, name) {
    const row = UUID.test(name) ? await auditRows.get(organisation, name) : null
    if (row === null) throw decisionFault('audit.unknown')
    return toDocument(row)
  },
}

function toDocument({ id, organisation, at, event, link }: AuditRow): object {
  const { action, actor, target, before, after } = event
  return {
    apiVersion: API_VERSION,
    kind: 'AuditRecord',
    metadata: { name: id, namespace: organisation, uid: id, resourceVersion: '1', creationTimestamp: at.toISOString() },
    spec: {
      action,
      subject: actor.subject,
      ...withoutUnset({ requestId: actor.requestId, before, after }),
      target,
      chain: { id: link.chain, sequence: link.seq, previous: link.previous, hash: link.hash },
    },
  }
}

/** Kind StepUpTransaction: demands for a fresh proof, and what became of them. Source: CONTRACT.md section 3. */
import { Type } from 'typebox'
import { type FieldFault, throwFields } from '../../../fault.ts'
import { isId } from '../../../registry/names.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { StepUpState, StepUpTransaction } from '../../../registry/step-up-transaction.ts'
import type { StepUpTransactionFilter } from '../../../registry/step-up-transaction-store.ts'
import { getStepUpTransaction, searchStepUpTransactions } from '../../../registry/step-up-transactions.ts'
import { isPlainText } from '../../../registry/texts.ts'
import { API_VERSION, defined, type Kind, type KindAsk, withoutUnset } from '../kind.ts'
import { listed } from '../paging.ts'

const STATES: readonly StepUpState[] = ['pending', 'verified', 'error']
const text = Type.Optional(Type.String())

const Document = Type.Object({
  apiVersion: Type.Literal(API_VERSION),
  kind: Type.Literal('StepUpTransaction'),
  metadata: Type.Object({
    name: Type.String(),
    namespace: Type.String(),
    uid: Type.String(),
    resourceVersion: Type.String(),
    creationTimestamp: Type.String({ format: 'date-time' }),
  }),
  spec: Type.Object({
    provider: Type.String({ description: 'Name of the step-up provider.' }),
    person: Type.Optional(Type.String({ description: 'uid of the person; a test has none.' })),
    taskId: text,
    policyStepId: text,
  }),
  status: Type.Object({
    state: Type.String({ enum: [...STATES] }),
    expiresAt: Type.String({ format: 'date-time' }),
    claims: Type.Optional(Type.Object({})),
    errorMessage: text,
  }),
})

export const stepUpTransactions: Kind = {
  kind: 'StepUpTransaction',
  plural: 'stepuptransactions',
  namespaced: true,
  summary: 'List step-up transactions',
  document: Document,
  filters: {
    provider: 'Name of a step-up provider.',
    person: 'uid of a person.',
    state: `One of ${STATES.join(', ')}.`,
  },
  roles: { read: 'viewer', write: 'admin' },
  async list({ registry, pageTokens }, ask) {
    const filter = await filterOf(registry, ask)
    const nameOf = namesIn(registry)
    return await listed(pageTokens, ask, {
      question: `stepuptransactions ${JSON.stringify(filter)}`,
      read: async (page) =>
        filter === null ? [] : await searchStepUpTransactions(registry, ask.caller.organisation, page, filter),
      key: ({ uid }) => uid,
      show: async (transaction) => toDocument(transaction, await nameOf(transaction.provider)),
    })
  },
  async get({ registry }, { caller }, name) {
    const transaction = await getStepUpTransaction(registry, caller.organisation, name)
    return toDocument(transaction, await namesIn(registry)(transaction.provider))
  },
}

/** Null where no transaction can be meant. */
async function filterOf({ stores }: Registry, { caller, query }: KindAsk): Promise<StepUpTransactionFilter | null> {
  const { provider: name, person, state } = query
  const faults: FieldFault[] = []
  const wanted = STATES.find((one) => one === state)
  if (state !== undefined && wanted === undefined) {
    faults.push({ path: 'state', code: 'field.invalid', message: `must be one of ${STATES.join(', ')}` })
  }
  throwFields(faults)
  const provider = name !== undefined && isId(name) ? await stores.providers.get(caller.organisation, name) : null
  if (name !== undefined && provider?.use !== 'step-up') return null
  // No record has others, and not every database takes them in a question.
  if (!isPlainText(person ?? '')) return null
  return defined({ provider: provider?.uid, person, state: wanted })
}

/** Names of providers by uid, each read once; one removed meanwhile shows its uid. */
function namesIn({ stores }: Registry): (uid: string) => Promise<string> {
  const known = new Map<string, Promise<string>>()
  return (uid) => {
    const name = known.get(uid) ?? stores.providers.getByUid(uid).then((provider) => provider?.id ?? uid)
    known.set(uid, name)
    return name
  }
}

function toDocument(transaction: StepUpTransaction, provider: string): object {
  const { uid, organisation, person, target, state, claims, errorMessage, version } = transaction
  const task = target.kind === 'task' ? { taskId: target.taskId, policyStepId: target.policyStepId } : {}
  return {
    apiVersion: API_VERSION,
    kind: 'StepUpTransaction',
    metadata: {
      name: uid,
      namespace: organisation,
      uid,
      resourceVersion: String(version),
      creationTimestamp: transaction.createdAt.toISOString(),
    },
    spec: withoutUnset({ provider, person, ...task }),
    status: withoutUnset({
      state,
      expiresAt: transaction.expiresAt.toISOString(),
      claims: Object.keys(claims).length === 0 ? null : claims,
      errorMessage,
    }),
  }
}

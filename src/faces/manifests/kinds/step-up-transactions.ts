/**
 * Kind StepUpTransaction: demands for a fresh proof, and what became of them. A caller begins one; its status is the plane's.
 *
 * Source: CONTRACT.md sections 3 and 7.
 */
import { type Static, Type } from 'typebox'
import { type FieldFault, throwFields } from '../../../fault.ts'
import { LEVELS } from '../../../registry/levels.ts'
import { isId } from '../../../registry/names.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { StepUpState, StepUpTransaction } from '../../../registry/step-up-transaction.ts'
import type { StepUpTransactionFilter } from '../../../registry/step-up-transaction-store.ts'
import {
  createStepUpTransaction,
  getStepUpTransaction,
  searchStepUpTransactions,
  stepUpUrlOf,
} from '../../../registry/step-up-transactions.ts'
import { isPlainText } from '../../../registry/texts.ts'
import { API_VERSION, defined, type Kind, type KindAsk, withoutUnset } from '../kind.ts'
import { manifestSchema } from '../manifest.ts'
import { listed } from '../paging.ts'

const STATES: readonly StepUpState[] = ['pending', 'verified', 'error']
const text = Type.Optional(Type.String())
const told = (description: string) => Type.Optional(Type.String({ description }))

const AskedSpec = Type.Object(
  {
    person: told('Who has to prove themselves: name or uid of a person of the organisation. Required.'),
    reason: told('Why, in words that the person and an auditor understand. Required.'),
    provider: told('Name of the step-up provider; this or level.'),
    level: told(`The level that has to be reached, at whichever step-up provider reaches it: ${LEVELS.join(', ')}.`),
    maxAgeSeconds: Type.Optional(
      Type.Integer({ description: 'How old the proof may be; left out, it has to be made now.' }),
    ),
    returnTo: told(
      'Where the browser goes in the end: a redirect URI of an app of the organisation, or a path of ours.',
    ),
    taskId: told('The task that is approved by it, with policyStepId.'),
    policyStepId: told('The step of the task’s policy.'),
  },
  { additionalProperties: false },
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'StepUpTransaction',
  metadata: {},
  spec: { person: 'ada', reason: 'Send 12 000 EUR to Muster GmbH', provider: 'okta-step-up' },
}

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
    person: Type.Optional(Type.String({ description: 'Name of the person; a test has none.' })),
    reason: text,
    level: text,
    maxAgeSeconds: Type.Optional(Type.Integer()),
    returnTo: text,
    taskId: text,
    policyStepId: text,
  }),
  status: Type.Object({
    state: Type.String({ enum: [...STATES] }),
    redirectUrl: Type.Optional(
      Type.String({ description: 'Where the browser of the person begins, while it is pending.' }),
    ),
    person: Type.Optional(Type.String({ description: 'uid of the person.' })),
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
    person: 'Name or uid of a person.',
    state: `One of ${STATES.join(', ')}.`,
  },
  roles: { read: 'viewer', write: 'admin' },
  begin: {
    document: manifestSchema('StepUpTransaction', AskedSpec, EXAMPLE),
    async begin(registry, { actor }, document) {
      const spec = (document.spec ?? {}) as Static<typeof AskedSpec> // the route validated against this very schema
      const begun = await createStepUpTransaction(registry, actor, {
        person: spec.person ?? null,
        reason: spec.reason ?? null,
        provider: spec.provider ?? null,
        level: spec.level ?? null,
        maxAgeSeconds: spec.maxAgeSeconds ?? null,
        returnTo: spec.returnTo ?? null,
        taskId: spec.taskId ?? null,
        policyStepId: spec.policyStepId ?? null,
      })
      return await toDocument(registry, begun, namesIn(registry))
    },
  },
  async list({ registry, pageTokens }, ask) {
    const filter = await filterOf(registry, ask)
    const names = namesIn(registry)
    return await listed(pageTokens, ask, {
      question: `stepuptransactions ${JSON.stringify(filter)}`,
      read: async (page) =>
        filter === null ? [] : await searchStepUpTransactions(registry, ask.caller.organisation, page, filter),
      key: ({ uid }) => uid,
      show: (transaction) => toDocument(registry, transaction, names),
    })
  },
  async get({ registry }, { caller }, name) {
    const transaction = await getStepUpTransaction(registry, caller.organisation, name)
    return await toDocument(registry, transaction, namesIn(registry))
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
  const named = person !== undefined && isId(person) ? await stores.persons.get(caller.organisation, person) : null
  return defined({ provider: provider?.uid, person: named?.uid ?? person, state: wanted })
}

interface Names {
  provider(uid: string): Promise<string>
  person(uid: string): Promise<string>
}

/** Names by uid, each read once; what was removed meanwhile shows its uid. */
function namesIn({ stores }: Registry): Names {
  const once = (read: (uid: string) => Promise<{ readonly id: string } | null>) => {
    const known = new Map<string, Promise<string>>()
    return (uid: string) => {
      const name = known.get(uid) ?? read(uid).then((record) => record?.id ?? uid)
      known.set(uid, name)
      return name
    }
  }
  return {
    provider: once((uid) => stores.providers.getByUid(uid)),
    person: once((uid) => stores.persons.getByUid(uid)),
  }
}

async function toDocument({ publicUrl }: Registry, transaction: StepUpTransaction, names: Names): Promise<object> {
  const { uid, organisation, target, state, claims, errorMessage, version } = transaction
  const { reason, level, maxAgeSeconds, returnTo } = transaction
  const person = transaction.person === null ? null : await names.person(transaction.person)
  const provider = await names.provider(transaction.provider)
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
    spec: withoutUnset({ provider, person, reason, level, maxAgeSeconds, returnTo, ...task }),
    status: withoutUnset({
      state,
      redirectUrl: state === 'pending' ? stepUpUrlOf(publicUrl, transaction) : null,
      person: transaction.person,
      expiresAt: transaction.expiresAt.toISOString(),
      claims: Object.keys(claims).length === 0 ? null : claims,
      errorMessage,
    }),
  }
}

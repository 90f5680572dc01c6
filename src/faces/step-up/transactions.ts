/** Reading step-up transactions. Source: the same API's StepUpTransactionService. */
import type { Static } from 'typebox'
import { type FieldFault, throwFields } from '../../fault.ts'
import { isId } from '../../registry/names.ts'
import type { Registry } from '../../registry/registry.ts'
import type { StepUpState, StepUpTransaction } from '../../registry/step-up-transaction.ts'
import type { StepUpTransactionFilter } from '../../registry/step-up-transaction-store.ts'
import { getStepUpTransaction, searchStepUpTransactions } from '../../registry/step-up-transactions.ts'
import { isPlainText } from '../../registry/texts.ts'
import { operation, operationWithBody } from '../google-rpc/operation.ts'
import { readPage } from '../google-rpc/paging.ts'
import { answerOf, listOf } from '../google-rpc/schema.ts'
import { fromTransaction } from './translate.ts'
import * as wire from './wire.ts'

const SERVICE = 'c1.api.stepup.v1.StepUpTransactionService'

const TARGETS: Readonly<Record<string, 'task' | 'test'>> = { TICKET: 'task', TEST: 'test' }
const STATES: Readonly<Record<string, StepUpState>> = { PENDING: 'pending', VERIFIED: 'verified', ERROR: 'error' }

export const transactionOperations = [
  operation(
    {
      id: `${SERVICE}.Get`,
      summary: 'Get a step-up transaction',
      method: 'GET',
      url: '/api/v1/step-up/transactions/:id',
      role: 'viewer',
      answer: answerOf('transaction', wire.Transaction),
    },
    async ({ registry }, { caller, params }) => {
      const found = await getStepUpTransaction(registry, caller.organisation, params.id ?? '')
      const [transaction] = await shown(registry, [found])
      return { transaction }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.Search`,
      summary: 'Search step-up transactions',
      method: 'POST',
      url: '/api/v1/search/step-up/transactions',
      role: 'viewer',
      body: wire.SearchTransactions,
      isBodyOptional: true,
      answer: listOf(wire.Transaction),
    },
    async ({ registry, pageTokens }, { caller: { organisation }, body }) => {
      const filter = await filterOf(registry, organisation, body)
      const at = { tokens: pageTokens, organisation, question: `step-up transactions by ${JSON.stringify(filter)}` }
      const page = await readPage(body, at, async (page) =>
        filter === null ? [] : await searchStepUpTransactions(registry, organisation, page, filter),
      )
      return { list: await shown(registry, page.records), nextPageToken: page.nextPageToken }
    },
  ),
]

/** In the form of the wire, with every provider read once; one removed meanwhile shows its uid. */
async function shown({ stores }: Registry, transactions: readonly StepUpTransaction[]): Promise<object[]> {
  const uids = [...new Set(transactions.map(({ provider }) => provider))]
  const read = uids.map(async (uid) => [uid, (await stores.providers.getByUid(uid))?.id ?? uid] as const)
  const ids = new Map(await Promise.all(read))
  return transactions.map((one) => fromTransaction(one, ids.get(one.provider) ?? one.provider))
}

/** Null where no transaction can be meant. An empty text is an unset one in this API's protobuf form. */
async function filterOf(
  registry: Registry,
  organisation: string,
  body: Static<typeof wire.SearchTransactions>,
): Promise<StepUpTransactionFilter | null> {
  const faults: FieldFault[] = []
  const target = TARGETS[body.targetType?.slice(wire.TARGET_PREFIX.length) ?? '']
  const state = STATES[body.state?.slice(wire.STATE_PREFIX.length) ?? '']
  const createdAfter = timeOf('createdAfter', body.createdAfter, faults)
  const createdBefore = timeOf('createdBefore', body.createdBefore, faults)
  if (body.taskId && target !== 'task') {
    const message = `goes only with targetType ${wire.TARGET_PREFIX}TICKET`
    faults.push({ path: 'taskId', code: 'field.invalid', message })
  }
  throwFields(faults)
  const provider = body.providerId ? await uidOf(registry, organisation, body.providerId) : undefined
  // No record has others, and not every database takes them in a question.
  const isPlain = [body.userId, body.taskId].every((text) => isPlainText(text ?? ''))
  if (provider === null || !isPlain) return null
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(body.userId ? { person: body.userId } : {}),
    ...(body.taskId ? { taskId: body.taskId } : {}),
    ...(target === undefined ? {} : { target }),
    ...(state === undefined ? {} : { state }),
    ...(createdAfter === undefined ? {} : { createdAfter }),
    ...(createdBefore === undefined ? {} : { createdBefore }),
  }
}

async function uidOf({ stores }: Registry, organisation: string, id: string): Promise<string | null> {
  const provider = isId(id) ? await stores.providers.get(organisation, id) : null
  return provider?.use === 'step-up' ? provider.uid : null
}

/** The schema has let only RFC 3339 through; a leap second is a time that Date does not know. */
function timeOf(path: string, text: string | null | undefined, faults: FieldFault[]): Date | undefined {
  if (text === undefined || text === null) return undefined
  const time = new Date(text)
  if (!Number.isNaN(time.getTime())) return time
  faults.push({ path, code: 'field.invalid', message: 'must be an RFC 3339 time' })
  return undefined
}

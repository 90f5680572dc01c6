import type { Kysely } from 'kysely'
import { Fault } from '../../fault.ts'
import type { StepUpState, StepUpTarget, StepUpTransaction } from '../../registry/step-up-transaction.ts'
import type { StepUpTransactionStore } from '../../registry/step-up-transaction-store.ts'
import { isBrokenReference } from '../database-errors.ts'
import { date, integer, integerOrNull, object, type Row, type Schema, text, textOrNull } from '../schema.ts'
import { pageOf } from './page.ts'

export function stepUpTransactionQueries(db: Kysely<Schema>): StepUpTransactionStore {
  return {
    async insert(transaction) {
      try {
        await db.insertInto('step_up_transactions').values(toRow(transaction)).execute()
      } catch (error) {
        if (!isBrokenReference(error)) throw error
        // It was removed between the caller's check and now.
        throw new Fault('missing', 'provider.unknown', 'There is no such provider.', { cause: error })
      }
    },
    async get(organisation, uid) {
      const query = db.selectFrom('step_up_transactions').selectAll().where('organisation', '=', organisation)
      const row = await query.where('uid', '=', uid).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async getByUid(uid) {
      const row = await db.selectFrom('step_up_transactions').selectAll().where('uid', '=', uid).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(organisation, page, filter) {
      let query = db
        .selectFrom('step_up_transactions')
        .selectAll()
        .where('organisation', '=', organisation)
        .where('uid', '>', page.after ?? '')
      if (filter.provider !== undefined) query = query.where('provider', '=', filter.provider)
      if (filter.person !== undefined) query = query.where('person', '=', filter.person)
      if (filter.taskId !== undefined) query = query.where('task_id', '=', filter.taskId)
      if (filter.target !== undefined) query = query.where('target', '=', filter.target)
      const { state, now } = filter
      if (state !== undefined && now === undefined) query = query.where('state', '=', state)
      else if (state === 'verified') query = query.where('state', '=', state)
      else if (state === 'pending' && now !== undefined) {
        query = query.where('state', '=', state).where('expires_at', '>', now.getTime())
      } else if (state === 'error' && now !== undefined) {
        query = query.where((is) =>
          is.or([
            is('state', '=', state),
            is.and([is('state', '=', 'pending'), is('expires_at', '<=', now.getTime())]),
          ]),
        )
      }
      if (filter.createdAfter !== undefined) query = query.where('created_at', '>', filter.createdAfter.getTime())
      if (filter.createdBefore !== undefined) query = query.where('created_at', '<', filter.createdBefore.getTime())
      return (await pageOf(query.orderBy('uid'), page).execute()).map(fromRow)
    },
    async update(transaction) {
      const answer = await db
        .updateTable('step_up_transactions')
        .set(toRow(transaction))
        .where('uid', '=', transaction.uid)
        .where('version', '=', transaction.version - 1)
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async bind(uid, browserHash, now) {
      const answer = await db
        .updateTable('step_up_transactions')
        .set({ browser_hash: browserHash })
        .where('uid', '=', uid)
        .where('state', '=', 'pending')
        .where('expires_at', '>', now.getTime())
        .where((is) => is.or([is('browser_hash', 'is', null), is('browser_hash', '=', browserHash)]))
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
  }
}

function toRow(transaction: StepUpTransaction): Row {
  const { target } = transaction
  return {
    uid: transaction.uid,
    organisation: transaction.organisation,
    provider: transaction.provider,
    person: transaction.person,
    target: target.kind,
    task_id: target.kind === 'task' ? target.taskId : null,
    policy_step_id: target.kind === 'task' ? target.policyStepId : null,
    reason: transaction.reason,
    level: transaction.level,
    max_age_seconds: transaction.maxAgeSeconds,
    return_to: transaction.returnTo,
    browser_hash: transaction.browserHash,
    state: transaction.state,
    error_message: transaction.errorMessage,
    claims: JSON.stringify(transaction.claims),
    expires_at: transaction.expiresAt.getTime(),
    version: transaction.version,
    created_at: transaction.createdAt.getTime(),
    updated_at: transaction.updatedAt.getTime(),
  }
}

function fromRow(row: Row): StepUpTransaction {
  return {
    uid: text(row, 'uid'),
    organisation: text(row, 'organisation'),
    provider: text(row, 'provider'),
    person: textOrNull(row, 'person'),
    target: targetOf(row),
    reason: textOrNull(row, 'reason'),
    level: levelOf(row),
    maxAgeSeconds: integerOrNull(row, 'max_age_seconds'),
    returnTo: textOrNull(row, 'return_to'),
    browserHash: textOrNull(row, 'browser_hash'),
    // Written by toRow from the same type.
    state: text(row, 'state') as StepUpState,
    errorMessage: textOrNull(row, 'error_message'),
    claims: object(row, 'claims'),
    expiresAt: date(row, 'expires_at'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}

function targetOf(row: Row): StepUpTarget {
  const kind = text(row, 'target')
  if (kind === 'test' || kind === 'general') return { kind }
  return { kind: 'task', taskId: text(row, 'task_id'), policyStepId: text(row, 'policy_step_id') }
}

function levelOf(row: Row): StepUpTransaction['level'] {
  // Written by toRow from the same type.
  return textOrNull(row, 'level') as StepUpTransaction['level']
}

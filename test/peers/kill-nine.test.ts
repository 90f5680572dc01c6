/**
 * Power cuts in the middle of 8 parallel writers, 20 times, on SQLite: what was acknowledged is there afterwards, every
 * issued token has its decision, nothing is half written, and the server is back in under five seconds.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, at, textAt } from '../../src/cli/demo/api.ts'
import { exchange } from '../../src/cli/demo/exchange.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

const ROUNDS = 20
const WRITERS = 8
/** Against a start that hangs; how fast a start is, the bench tells. */
const RESTART_LIMIT_MS = 30_000

/** Different in each round, so that the cut falls into different work; the same in each run. */
const cutAfterMs = (round: number) => 80 + ((round * 53) % 400)

interface Acknowledged {
  /** Service principal id → display name. */
  readonly principals: Map<string, string>
  /** Trust client id → service principal id. */
  readonly trusts: Map<string, string>
  /** Decision id → jti of the token that came with it. */
  readonly tokens: Map<string, string>
}

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** Runs one kind of write until the server is gone; only whole answers with status 200 count as acknowledged. */
async function until(gone: () => boolean, write: (count: number) => Promise<void>): Promise<void> {
  for (let count = 0; !gone(); count += 1) {
    try {
      await write(count)
    } catch {
      // The connection broke in the middle: nobody was promised anything.
    }
  }
}

async function createObjects(
  operator: Api,
  registration: Registration,
  name: string,
  acknowledged: Acknowledged,
): Promise<void> {
  const principal = await operator.call('POST', '/api/v1/service_principals', { displayName: name })
  expect(principal.status).toBe(200)
  const id = textAt(principal, 'servicePrincipal', 'id')
  acknowledged.principals.set(id, name)
  const trust = await operator.call('POST', `/api/v1/service_principals/${id}/trusts`, {
    providerId: registration.providerId,
    conditionExpression: `claims.repository == "${name}"`,
  })
  expect(trust.status).toBe(200)
  acknowledged.trusts.set(textAt(trust, 'trust', 'clientId'), id)
}

async function exchangeOnce(url: string, clientId: string, token: string, acknowledged: Acknowledged): Promise<void> {
  const answer = await exchange(url, clientId, token)
  expect(answer.status).toBe(200)
  const { jti } = decodeJwt(textAt(answer, 'access_token'))
  acknowledged.tokens.set(String(answer.headers.get('entente-decision')), String(jti))
}

async function writeUntilCut(server: ServerProcess, registration: Registration, round: number): Promise<Acknowledged> {
  const acknowledged: Acknowledged = { principals: new Map(), trusts: new Map(), tokens: new Map() }
  const operator = operatorOf(server)
  const token = await world.github.mint({ aud: registration.audience })
  let gone = false
  const unexpected: unknown[] = []
  const noteRefusals = async (work: Promise<void>) => {
    await work.catch((error: unknown) => {
      if (!gone && error instanceof Error && error.name === 'AssertionError') unexpected.push(error)
      throw error
    })
  }
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    until(
      () => gone,
      (count) =>
        noteRefusals(
          writer % 2 === 0
            ? createObjects(operator, registration, `r${round}-w${writer}-${count}`, acknowledged)
            : exchangeOnce(server.url, registration.clientId, token, acknowledged),
        ),
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, cutAfterMs(round)))
  const dead = server.kill()
  gone = true
  await Promise.all([dead, ...writers])
  expect(unexpected).toEqual([])
  return acknowledged
}

async function expectKept(operator: Api, acknowledged: Acknowledged): Promise<void> {
  for (const [id, name] of acknowledged.principals) {
    const answer = await operator.call('GET', `/api/v1/service_principals/${id}`)
    expect([answer.status, at(answer.body, 'servicePrincipal', 'displayName')]).toEqual([200, name])
  }
  for (const [clientId, principal] of acknowledged.trusts) {
    const answer = await operator.call(
      'GET',
      `/api/v1/service_principals/${principal}/trusts/${encodeURIComponent(clientId)}`,
    )
    expect([answer.status, at(answer.body, 'trust', 'clientId')]).toEqual([200, clientId])
  }
  for (const [decision, jti] of acknowledged.tokens) {
    const answer = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${decision}`)
    expect([answer.status, at(answer.body, 'spec', 'outcome')]).toEqual([200, 'granted'])
    expect(JSON.stringify(answer.body)).toContain(jti)
  }
}

/** An object and the audit row that says who made it are written together or not at all. */
function expectNoHalfRecords(database: Database.Database): void {
  for (const table of ['service_principals', 'trusts']) {
    const orphans = database
      .prepare(
        `select uid from ${table} where not exists (select 1 from audit where instr(audit.body, ${table}.uid) > 0)`,
      )
      .pluck()
      .all()
    expect(orphans).toEqual([])
  }
}

/** Recomputed here, not by our own code: what is missing, changed or out of order shows. */
function expectUnbrokenChains(database: Database.Database, stream: string): void {
  const rows = database
    .prepare(`select chain, chain_seq, previous, hash, body from ${stream} order by chain, chain_seq`)
    .all()
  expect(rows.length).toBeGreaterThan(0)
  let last: unknown = null
  for (const row of rows) {
    const [chain, seq, previous, body] = ['chain', 'chain_seq', 'previous', 'body'].map((name) => at(row, name))
    const sameChain = at(last, 'chain') === chain
    expect(seq).toBe(sameChain ? Number(at(last, 'chain_seq')) + 1 : 1)
    if (sameChain) expect(previous).toBe(at(last, 'hash'))
    const hash = createHash('sha256').update(`${chain}\n${seq}\n${previous}\n${body}`).digest('base64url')
    expect(at(row, 'hash')).toBe(hash)
    last = row
  }
}

it('nothing acknowledged is lost, and no token is without its decision', { timeout: 300_000 }, async () => {
  let server = await world.start()
  const registration = await registerGithub(operatorOf(server))
  const totals = { principals: 0, trusts: 0, tokens: 0 }
  for (let round = 0; round < ROUNDS; round += 1) {
    const acknowledged = await writeUntilCut(server, registration, round)
    const since = performance.now()
    server = await world.start({ port: server.port })
    expect(performance.now() - since).toBeLessThan(RESTART_LIMIT_MS)
    await expectKept(operatorOf(server), acknowledged)
    totals.principals += acknowledged.principals.size
    totals.trusts += acknowledged.trusts.size
    totals.tokens += acknowledged.tokens.size
  }
  // Otherwise the cuts came before anything was written, and nothing was shown.
  expect(totals.principals).toBeGreaterThan(ROUNDS)
  expect(totals.tokens).toBeGreaterThan(ROUNDS)

  await server.stop()
  const database = new Database(join(world.data, 'entente.db'), { readonly: true })
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.pragma('foreign_key_check')).toEqual([])
    expectNoHalfRecords(database)
    for (const stream of ['decisions', 'audit']) expectUnbrokenChains(database, stream)
  } finally {
    database.close()
  }
})

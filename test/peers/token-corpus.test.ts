/**
 * The corpus of bad tokens against the real program over HTTP, its issuer over TLS: none is accepted, each gets its own
 * code in the decision and one fixed text outside, every good one is accepted, nobody follows an address in a token, and
 * health answers all the while.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type IssuerSimulator, startIssuer } from '../../simulators/issuer.ts'
import { type Answer, type Api, at } from '../../src/cli/demo/api.ts'
import { exchange } from '../../src/cli/demo/exchange.ts'
import { type Registration, register } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Corpus, createCorpus } from '../../src/protocols/testing/corpus/index.ts'
import { createCorpusKeys } from '../../src/protocols/testing/corpus/keys.ts'
import type { BadToken } from '../../src/protocols/testing/corpus/minter.ts'
import { type Canary, startCanary, watchHealth } from './health-watch.ts'
import { openWorld, operatorOf, type World } from './world.ts'

const ISSUER = 'https://corpus.example'
/** A server on the same machine, its clock running on between minting and judging. Units: seconds. */
const MARGIN = 20
const PARALLEL = 16
const WITH_A_BAD_TOKEN_LIMIT_MS = 5_000
const HEALTH_LIMIT_MS = 2_000

/** What the form already refuses, before the token is looked at. */
const BY_THE_FORM: ReadonlyMap<string, string> = new Map([
  ['empty', 'request request.invalid'],
  ['longer than 16 KiB', 'request token.malformed'],
])

let world: World
let issuer: IssuerSimulator
let canary: Canary
let server: ServerProcess
let operator: Api
let open: Registration
let narrow: Registration
let corpus: Corpus

beforeAll(async () => {
  world = await openWorld()
  issuer = await startIssuer({ issuer: ISSUER })
  canary = await startCanary()
  const keys = createCorpusKeys()
  issuer.misdeliver('jwks', { kind: 'altered', alter: () => ({ keys: keys.published }) })
  const caFile = join(world.data, 'corpus-ca.pem')
  writeFileSync(caFile, issuer.caPem)
  server = await world.start({
    env: {
      // Where headers of bad tokens point to leads to the canary.
      ENTENTE_UPSTREAM_CONNECT_TO: `${issuer.connectTo},evil.example:443=127.0.0.1:${canary.port}`,
      ENTENTE_UPSTREAM_CA: caFile,
      ENTENTE_REFUSALS_PER_MINUTE: '100000',
    },
  })
  operator = operatorOf(server)
  open = await registered('open', 'true || claims.sub == ""')
  const name = `//${open.audience}/organizations/default/providers/${open.providerId}`
  narrow = await anotherTrust('claims.sub == "repo:octo/app:ref:refs/heads/main" || claims.sub.matches("^team:(a|b)$")')
  corpus = createCorpus({
    keys,
    issuer: ISSUER,
    audience: open.audience,
    resourceName: name,
    now: () => new Date(),
    margin: MARGIN,
  })
})
afterAll(async () => {
  await world.close()
  await Promise.all([issuer.stop(), canary.stop()])
})

function registered(displayName: string, condition: string): Promise<Registration> {
  const wellKnownProvider = 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM'
  return register(operator, { issuerUrl: ISSUER, wellKnownProvider, condition, roleIds: ['viewer'], displayName })
}

async function anotherTrust(conditionExpression: string): Promise<Registration> {
  const path = `/api/v1/service_principals/${open.servicePrincipalId}/trusts`
  const body = { providerId: open.providerId, displayName: 'narrow', conditionExpression }
  const answer = await operator.call('POST', path, body)
  return { ...open, clientId: String(at(answer.body, 'trust', 'clientId')) }
}

interface Sent {
  readonly name: string
  readonly answer: Answer
  readonly ms: number
}

async function sendAll(tokens: readonly (readonly [string, () => string])[], clientId: string): Promise<Sent[]> {
  const sent: Sent[] = []
  let next = 0
  const send = async () => {
    for (let entry = tokens[next++]; entry !== undefined; entry = tokens[next++]) {
      const [name, token] = entry
      const since = performance.now()
      const answer = await exchange(server.url, clientId, token())
      sent.push({ name, answer, ms: performance.now() - since })
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, send))
  return sent
}

/** Rung and code of the decision that the answer names. */
async function verdictOf({ body }: Answer): Promise<string> {
  const path = `/apis/entente.dev/v1/namespaces/default/decisions/${at(body, 'decision_id')}`
  const spec = at((await operator.call('GET', path)).body, 'spec')
  const rungs = at(spec, 'rungs')
  const failed: unknown = Array.isArray(rungs) ? rungs.find((rung: unknown) => at(rung, 'outcome') === 'failed') : null
  return `${at(failed, 'name')} ${at(spec, 'code')}`
}

describe('the corpus', () => {
  it('is refused, token by token, each by its own code', async () => {
    // Once, so that the keys are at hand as they are in a server that runs.
    await sendAll(corpus.good.slice(0, 1), open.clientId)
    const watch = watchHealth(server.url)
    const sent = await sendAll(
      corpus.bad.map(([name, , token]) => [name, token] as const),
      open.clientId,
    )
    const health = await watch.stop()

    const expected = new Map(corpus.bad.map(([name, code]: BadToken) => [name, BY_THE_FORM.get(name) ?? code]))
    const told = await Promise.all(sent.map(async ({ name, answer }) => [name, await verdictOf(answer)] as const))
    expect(new Map(told)).toEqual(expected)
    expect(corpus.bad.length).toBeGreaterThanOrEqual(150)
    expect(expected.size).toBe(corpus.bad.length)
    expect(new Set(sent.map(({ answer }) => answer.status))).toEqual(new Set([400]))

    const slowest = sent.reduce((most, one) => (one.ms > most.ms ? one : most))
    process.stdout.write(
      `corpus: ${sent.length} bad tokens refused, the slowest (${slowest.name}) in ${Math.round(slowest.ms)} ms; ` +
        `health asked ${health.asked} times, p99 ${Math.round(health.p99Ms)} ms, slowest ${Math.round(health.slowestMs)} ms\n`,
    )
    expect(slowest.ms).toBeLessThan(WITH_A_BAD_TOKEN_LIMIT_MS)
    expect(health.slowestMs).toBeLessThan(HEALTH_LIMIT_MS)
  })

  it('learns nothing from the answers: one error and one sentence, whatever was wrong', async () => {
    const beyondTheForm = corpus.bad.filter(([name]) => !BY_THE_FORM.has(name))
    const sent = await sendAll(
      beyondTheForm.map(([name, , token]) => [name, token] as const),
      open.clientId,
    )
    const texts = sent.map(({ answer: { body } }) => `${at(body, 'error')}: ${at(body, 'error_description')}`)
    expect(new Set(texts).size).toBe(1)
    expect(new Set(sent.flatMap(({ answer }) => Object.keys(Object(answer.body))))).toEqual(
      new Set(['error', 'error_description', 'decision_id']),
    )
  })

  it('makes nobody ask at an address that stands in a token', () => {
    expect(canary.heard()).toBe(0)
  })

  it('does not keep one good token from being accepted', async () => {
    const sent = await sendAll(corpus.good, open.clientId)
    expect(sent.filter(({ answer }) => answer.status !== 200).map(({ name }) => name)).toEqual([])
    process.stdout.write(`corpus: ${sent.length} good tokens accepted\n`)
  })
})

describe('a genuine token with another subject than the condition means', () => {
  it.each([
    'repo:octo/app-evil:ref:refs/heads/main',
    'repo:octo/app:ref:refs/heads/main-evil',
    'repo:octo/app:ref:refs/heads/main:x',
    'x:repo:octo/app:ref:refs/heads/main',
    'repo:octo/app:environment:x:ref:refs/heads/main',
    'Repo:octo/app:ref:refs/heads/main',
    'repo:octo/app:ref:refs/heads/main ',
    'repo:octo/арр:ref:refs/heads/main',
    'repo:octo/app:ref:refs/heads/*',
    'team:ab',
    'team:a|b',
    'xteam:a',
    'team:a\u2028',
  ])('%j is refused by the condition', async (sub) => {
    const answer = await exchange(server.url, narrow.clientId, corpus.minter.withClaims({ sub }))
    expect(answer.status).toBe(400)
    expect(await verdictOf(answer)).toBe('condition condition.false')
  })

  it('and the ones it means are accepted', async () => {
    for (const sub of ['repo:octo/app:ref:refs/heads/main', 'team:a']) {
      expect((await exchange(server.url, narrow.clientId, corpus.minter.withClaims({ sub }))).status).toBe(200)
    }
  })
})

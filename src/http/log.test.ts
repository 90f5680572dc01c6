import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { Fault, type FaultKind } from '../fault.ts'
import { createLog, logFailure } from './log.ts'

/** The line of a request that failed so. */
async function lineOf(error: unknown): Promise<Record<string, unknown>> {
  const lines: string[] = []
  const app = Fastify({ loggerInstance: createLog('warn', { write: (line) => void lines.push(line) }) })
  app.get('/', async (request) => logFailure(request, error))
  await app.inject('/')
  await app.close()
  expect(lines).toHaveLength(1)
  return JSON.parse(lines[0] ?? '')
}

const fault = (kind: FaultKind, cause: unknown) => new Fault(kind, 'provider.discovery_failed', 'not found', { cause })

describe('a request that failed', () => {
  it('because of an upstream says which of its causes it was, without a stack', async () => {
    const dns = Object.assign(new Error('getaddrinfo ENOTFOUND idp.example'), { code: 'ENOTFOUND' })
    const line = await lineOf(fault('upstream', new Error('The address could not be reached.', { cause: dns })))
    expect(line).toMatchObject({
      level: 40,
      requestId: expect.any(String),
      code: 'provider.discovery_failed',
      reason: 'The address could not be reached. getaddrinfo ENOTFOUND idp.example',
    })
    expect(line).not.toHaveProperty('err')
  })

  it.each<[string, unknown, string]>([
    [
      'a system error without a sentence',
      Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
    ],
    ['an error without a sentence', new TypeError(''), 'TypeError'],
    ['what is no error', 'text', ''],
    ['a long story', new Error('a'.repeat(2_000)), 'a'.repeat(500)],
  ])('names %s', async (_name, cause, reason) => {
    expect(await lineOf(fault('upstream', cause))).toMatchObject({ reason })
  })

  it('ends where a cause is its own', async () => {
    const round = new Error('round')
    round.cause = round
    expect(await lineOf(fault('upstream', round))).toMatchObject({ reason: 'round round round round round' })
  })

  it.each<[string, unknown]>([
    ['a fault of our own', fault('internal', new Error('inside'))],
    ['anything else', new Error('inside')],
  ])('by %s comes whole', async (_name, error) => {
    expect(await lineOf(error)).toMatchObject({ level: 50, err: { stack: expect.any(String) } })
  })
})

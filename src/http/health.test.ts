import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { mountHealth } from './health.ts'
import { createServer } from './server.ts'

const open: FastifyInstance[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

async function server(ping: () => Promise<void>, limitMs?: number) {
  const app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent' })
  open.push(app)
  mountHealth(app, ping, limitMs)
  return app
}

describe('health', () => {
  it('is alive without asking the database', async () => {
    const app = await server(() => Promise.reject(new Error('asked')))
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' })
  })

  it('is ready when the database answers', async () => {
    const app = await server(async () => {})
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready', database: 'ok' })
  })

  it.each<[string, () => Promise<void>]>([
    ['refuses', () => Promise.reject(new Error('password of the database'))],
    ['says nothing', () => new Promise(() => {})],
  ])('is not ready when the database %s', async (_name, ping) => {
    const answer = await (await server(ping, 20)).inject('/readyz')
    expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'not ready', database: 'unavailable' }])
  })

  it('asks once for many who ask at once, and again afterwards', async () => {
    let asked = 0
    const app = await server(async () => {
      asked += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
    })
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.inject('/readyz')))
    expect([answers.every(({ statusCode }) => statusCode === 200), asked]).toEqual([true, 1])
    await app.inject('/readyz')
    expect(asked).toBe(2)
  })
})

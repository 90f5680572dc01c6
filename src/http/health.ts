/** Is the process alive, and can it do its work. */
import type { FastifyInstance } from 'fastify'

/** Probes give up after a few seconds; an answer that says no is worth more than none. */
const PING_MS = 2_000

/** `/healthz` asks nobody; `/readyz` asks the database by `ping`, one question at a time however many ask. */
export function mountHealth(app: FastifyInstance, ping: () => Promise<void>, limitMs = PING_MS): void {
  let running: Promise<void> | null = null
  const sharedPing = () => {
    running ??= within(limitMs, ping()).finally(() => {
      running = null
    })
    return running
  }
  app.get('/healthz', { schema: { hide: true } }, async (_request, reply) => reply.send({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    try {
      await sharedPing()
      return reply.send({ status: 'ready', database: 'ok' })
    } catch (error) {
      request.log.warn({ err: error, requestId: request.id }, 'not ready')
      return reply.code(503).send({ status: 'not ready', database: 'unavailable' })
    }
  })
}

function within(limitMs: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer in ${limitMs} ms`)), limitMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

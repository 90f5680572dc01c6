/** Is the process alive, and can it do its work. */
import type { FastifyInstance } from 'fastify'

/** `ping` resolves when the database answers, and rejects soon when it does not. */
export function mountHealth(app: FastifyInstance, ping: () => Promise<void>): void {
  app.get('/healthz', { schema: { hide: true } }, async (_request, reply) => reply.send({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    try {
      await ping()
      return reply.send({ status: 'ready', database: 'ok' })
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'not ready', database: 'unavailable' })
    }
  })
}

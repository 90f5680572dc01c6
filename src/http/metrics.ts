/** Prometheus metrics with bounded labels: nothing a caller writes becomes a label. */
import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** `code` outside the list of known ones is counted as `other`. */
  decision(plane: string, outcome: 'granted' | 'refused', code: string): void
  limited(): void
  mount(app: FastifyInstance): void
}

export function createMetrics(knownCodes: readonly string[]): Metrics {
  const registry = new Registry()
  const known = new Set(knownCodes)
  collectDefaultMetrics({ register: registry })
  const decisions = new Counter({
    name: 'entente_decisions_total',
    help: 'Recorded decisions.',
    labelNames: ['plane', 'outcome', 'code'],
    registers: [registry],
  })
  const limited = new Counter({
    name: 'entente_limited_total',
    help: 'Requests turned away by the refusal limit; they leave no decision.',
    registers: [registry],
  })
  const requests = new Histogram({
    name: 'entente_request_seconds',
    help: 'Time to answer, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  // Routes, methods and classes of statuses are few: each combination is looked up by its labels once.
  const observers = new Map<string, Histogram.Internal<string>>()
  const observer = (method: string, route: string, status: number) => {
    const key = `${method} ${status} ${route}`
    const known = observers.get(key) ?? requests.labels(method, route, `${status}xx`)
    observers.set(key, known)
    return known
  }
  return {
    decision: (plane, outcome, code) => decisions.inc({ plane, outcome, code: known.has(code) ? code : 'other' }),
    limited: () => limited.inc(),
    mount(app) {
      app.addHook('onResponse', (request, reply, done) => {
        const { url: route = 'unknown' } = request.routeOptions
        observer(request.method, route, Math.floor(reply.statusCode / 100)).observe(reply.elapsedTime / 1000)
        done()
      })
      app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
        reply.type(registry.contentType).send(await registry.metrics()),
      )
    },
  }
}

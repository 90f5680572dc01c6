import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'
import { createServer } from './server.ts'

async function scrape(use: (metrics: ReturnType<typeof createMetrics>) => void, paths: readonly string[] = []) {
  const metrics = createMetrics(['granted', 'token.expired'])
  const app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent' })
  metrics.mount(app)
  app.get('/things/:id', async () => ({}))
  use(metrics)
  for (const path of paths) await app.inject(path)
  const answer = await app.inject('/metrics')
  await app.close()
  return answer
}

describe('metrics', () => {
  it('count decisions by codes that are known, and the rest together', async () => {
    const { body, headers } = await scrape((metrics) => {
      metrics.decision('token-exchange', 'granted', 'granted')
      metrics.decision('token-exchange', 'refused', 'made up by somebody')
      metrics.decision('token-exchange', 'refused', 'and another')
      metrics.limited()
    })
    expect(headers['content-type']).toContain('text/plain')
    expect(body).toContain('entente_decisions_total{plane="token-exchange",outcome="granted",code="granted"} 1')
    expect(body).toContain('entente_decisions_total{plane="token-exchange",outcome="refused",code="other"} 2')
    expect(body).toContain('entente_limited_total 1')
    expect(body).toContain('process_cpu_seconds_total')
  })

  it('name routes, never what was asked for', async () => {
    const { body } = await scrape(() => {}, ['/things/canary-1?token=canary-2', '/canary-3', '/things/canary-4'])
    expect(body).toContain('entente_request_seconds_count{method="GET",route="/things/:id",status="2xx"} 2')
    expect(body).toContain('entente_request_seconds_count{method="GET",route="unknown",status="4xx"} 1')
    expect(body).not.toContain('canary')
  })
})

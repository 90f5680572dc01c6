import { afterEach, describe, expect, it } from 'vitest'
import { createTxtLookup } from './dns.ts'
import { startTxtResolver, type TxtResolver, type TxtTable } from './testing/txt-resolver.ts'

let resolver: TxtResolver | null = null
afterEach(() => resolver?.close())

async function serve(table: TxtTable) {
  resolver = await startTxtResolver(table)
  return createTxtLookup({ servers: [resolver], timeoutMs: 200 })
}

describe('TXT records', () => {
  it('are whole texts, whatever number of parts they come in', async () => {
    const long = `entente-domain=${'x'.repeat(400)}`
    const txt = await serve({ '_entente.acme.example': ['v=spf1', long] })
    expect(await txt('_entente.acme.example')).toEqual(['v=spf1', long])
  })

  it('are none where the name does not exist, or has none', async () => {
    const txt = await serve({ 'empty.example': [] })
    expect(await txt('nobody.example')).toEqual([])
    expect(await txt('empty.example')).toEqual([])
  })

  it.each([
    ['refuses', 5],
    ['fails', 2],
    ['is silent', -1],
  ])('are unknown while the resolver %s', async (_title, code) => {
    const txt = await serve({ 'acme.example': code })
    await expect(txt('acme.example')).rejects.toMatchObject({ code: 'dns.unavailable' })
  })
})

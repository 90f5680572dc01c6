import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { createTxtLookup } from './dns.ts'

let socket: Socket | null = null
afterEach(() => socket?.close())

/** A resolver that answers TXT questions from a table: texts, or a response code. Source: RFC 1035 §4.1. */
async function serve(table: Readonly<Record<string, readonly string[] | number>>) {
  const server = createSocket('udp4')
  socket = server
  server.on('message', (question, peer) => {
    let at = 12
    const labels: string[] = []
    while (question[at] !== 0 && at < question.length) {
      const length = question[at] ?? 0
      labels.push(question.toString('ascii', at + 1, at + 1 + length))
      at += length + 1
    }
    const found = table[labels.join('.')] ?? 3
    if (found === -1) return
    const texts = typeof found === 'number' ? [] : found
    const head = Buffer.from(question.subarray(0, 12))
    head.writeUInt16BE(0x8180 | (typeof found === 'number' ? found : 0), 2)
    head.writeUInt16BE(texts.length, 6)
    head.writeUInt16BE(0, 10)
    const answers = texts.map((text) => {
      const parts = text.match(/.{1,255}/gs) ?? ['']
      const data = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])))
      const record = Buffer.alloc(12)
      record.writeUInt16BE(0xc00c, 0)
      record.writeUInt16BE(16, 2)
      record.writeUInt16BE(1, 4)
      record.writeUInt16BE(data.length, 10)
      return Buffer.concat([record, data])
    })
    server.send(Buffer.concat([head, question.subarray(12, at + 5), ...answers]), peer.port, peer.address)
  })
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  return createTxtLookup({ servers: [{ host: '127.0.0.1', port: server.address().port }], timeoutMs: 200 })
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

/** A resolver on the loopback address that answers TXT questions from a table. Source: RFC 1035 §4.1. */
import { createSocket } from 'node:dgram'

export interface TxtResolver {
  /** What `ENTENTE_DNS` takes. */
  readonly host: string
  readonly port: number
  close(): void
}

/** Name → its texts, or a response code; -1: no answer. A name that is not there does not exist. */
export type TxtTable = Readonly<Record<string, readonly string[] | number>>

const NO_SUCH_NAME = 3

/** Reads the table anew at each question. */
export async function startTxtResolver(table: TxtTable): Promise<TxtResolver> {
  const server = createSocket('udp4')
  server.on('message', (question, peer) => {
    const { name, end } = nameIn(question)
    const found = table[name] ?? NO_SUCH_NAME
    if (found === -1) return
    const texts = typeof found === 'number' ? [] : found
    const head = Buffer.from(question.subarray(0, 12))
    head.writeUInt16BE(0x8180 | (typeof found === 'number' ? found : 0), 2)
    head.writeUInt16BE(texts.length, 6)
    head.writeUInt16BE(0, 10)
    const answer = [head, question.subarray(12, end + 5), ...texts.map(recordOf)]
    server.send(Buffer.concat(answer), peer.port, peer.address)
  })
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  return { host: '127.0.0.1', port: server.address().port, close: () => server.close() }
}

function nameIn(question: Buffer): { name: string; end: number } {
  let end = 12
  const labels: string[] = []
  while (question[end] !== 0 && end < question.length) {
    const length = question[end] ?? 0
    labels.push(question.toString('ascii', end + 1, end + 1 + length))
    end += length + 1
  }
  return { name: labels.join('.'), end }
}

function recordOf(text: string): Buffer {
  const parts = text.match(/.{1,255}/gs) ?? ['']
  const data = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])))
  const record = Buffer.alloc(12)
  record.writeUInt16BE(0xc00c, 0)
  record.writeUInt16BE(16, 2)
  record.writeUInt16BE(1, 4)
  record.writeUInt16BE(data.length, 10)
  return Buffer.concat([record, data])
}

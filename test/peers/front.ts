/** What stands before identical processes: hands each request to the one that the test names, or to one after the other. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { close, LOOPBACK, listen } from '../../simulators/loopback.ts'

export interface Front {
  readonly url: string
  readonly port: number
  /** All requests from here on; null: by turns. Answers how many each has had so far. */
  lead(to: number | null): readonly number[]
  /** Ports of the processes; none of them need run yet. */
  stop(): Promise<void>
}

export async function startFront(ports: readonly number[]): Promise<Front> {
  let named: number | null = null
  let turn = 0
  const counts = ports.map(() => 0)
  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    const which = named ?? turn++ % ports.length
    counts[which] = (counts[which] ?? 0) + 1
    const { method = 'GET', url: path = '/', headers } = asked
    const sent = request({ host: LOOPBACK, port: ports[which], method, path, headers }, (back) => {
      answer.writeHead(back.statusCode ?? 502, back.rawHeaders)
      back.pipe(answer)
    })
    sent.on('error', () => answer.headersSent || answer.writeHead(502).end())
    asked.pipe(sent)
  }
  const server = createServer(pass)
  const port = await listen(server)
  return {
    port,
    url: `http://localhost:${port}`,
    lead(to) {
      named = to
      return [...counts]
    },
    stop: () => close(server),
  }
}

/** Serves pages on loopback as the program would, and keeps what is posted. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '../../src/planes/sign-in/pages/frame/page.ts'
import { headersOf } from '../../src/planes/sign-in/pages/frame/policy.ts'

export type Answer = Page | { readonly location: string }

export interface PageServer {
  readonly url: string
  /** Forms that came, oldest first, as `path?members`. */
  readonly posted: string[]
  close(): Promise<void>
}

/** `answer` is asked for every path, and for `POST {path}` after a form; null is a 404. */
export async function servePages(answer: (path: string) => Answer | null): Promise<PageServer> {
  const posted: string[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    let form = ''
    for await (const chunk of request) form += String(chunk)
    if (request.method === 'POST') posted.push(`${path}?${form}`)
    const answered = answer(request.method === 'POST' ? `POST ${path}` : path)
    if (answered === null) response.writeHead(404).end()
    else if ('location' in answered) response.writeHead(303, { location: answered.location }).end()
    else response.writeHead(200, headersOf(answered)).end(answered.html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Sound: a server that listens on a port has an address record.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

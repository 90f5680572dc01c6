/** A fetch that reaches simulated servers under the names they play, and follows no redirect. */
import { Agent, buildConnector, fetch } from 'undici'

export interface Reachable {
  readonly connectTo: string
}

export type Fetch = (
  url: string,
  init?: { readonly method?: string; readonly headers?: RequestInit['headers']; readonly body?: unknown },
) => Promise<Response>

export interface FetchOver {
  readonly fetch: Fetch
  close(): Promise<void>
}

/** Other names are not reached at all. */
export function fetchOver(caPem: string, servers: readonly Reachable[]): FetchOver {
  const ports = new Map(
    servers
      .flatMap(({ connectTo }) => connectTo.split(','))
      .map((one): [string, string] => {
        const [, from = '', to = ''] = /^(.*)=127\.0\.0\.1:(\d+)$/.exec(one) ?? []
        return [from, to]
      }),
  )
  const connect = buildConnector({ ca: caPem })
  const dispatcher = new Agent({
    connect(options, callback) {
      const port = ports.get(`${options.hostname}:${options.port === '' ? '443' : options.port}`)
      if (port === undefined) callback(new Error(`nobody plays ${options.hostname}`), null)
      else connect({ ...options, hostname: '127.0.0.1', port, servername: options.hostname }, callback)
    },
  })
  return {
    async fetch(url, init = {}) {
      const body = init.body === undefined || init.body === null ? {} : { body: String(init.body) }
      const headers = new Headers(init.headers)
      if (init.body instanceof URLSearchParams && !headers.has('content-type')) {
        headers.set('content-type', 'application/x-www-form-urlencoded')
      }
      const answer = await fetch(url, {
        method: init.method ?? 'GET',
        headers: [...headers],
        ...body,
        redirect: 'manual',
        dispatcher,
      })
      const { status } = answer
      return new Response(await answer.text(), { status, headers: [...answer.headers] })
    },
    close: () => dispatcher.close(),
  }
}

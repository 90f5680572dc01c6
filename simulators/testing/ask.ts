/** Asks a simulated server under the name it plays, at the address it really has. */
import { get } from 'node:https'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly location: string | null
  readonly body: string
}

export interface Whereabouts {
  readonly caPem: string
  readonly port: number
}

/** Rejects when the answer is not whole in time. */
export function ask(url: string, { caPem: ca, port }: Whereabouts, timeoutMs = 2_000): Promise<Answer> {
  const { hostname: name, pathname: path } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, ca, path, servername: name, headers: { host: name } }
    const request = get(options, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      const { 'content-type': type = '', location = null } = response.headers
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type, location, body }))
    })
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), timeoutMs)
    request.on('close', () => clearTimeout(timer)).on('error', reject)
  })
}

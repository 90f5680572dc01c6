/** A browser without a window: keeps cookies by site, follows redirects, sends forms that send themselves. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface Visited {
  readonly url: string
  /** Null where the browser was sent to an address that it does not go to. */
  readonly page: { readonly status: number; readonly headers: Headers; readonly text: string } | null
  /** Hosts on the way, each once. */
  readonly hosts: readonly string[]
}

export interface BrowserOptions {
  /** As `ENTENTE_UPSTREAM_CONNECT_TO` has it: where hosts of simulators really are. */
  readonly connectTo: string
  readonly caPem: string
  /** Addresses that begin so are the application's: the browser stops before them. */
  readonly until: string
}

interface Step {
  readonly url: URL
  readonly form: string | null
}

const HOPS = 30

/** Goes to the address and on, until a page asks something or the application's address is reached. */
export function openBrowser({ connectTo, caPem, until }: BrowserOptions): (url: string) => Promise<Visited> {
  const places = new Map(
    connectTo.split(',').map((one): [string, string] => [one.split('=')[0] ?? '', one.split(':').at(-1) ?? '']),
  )
  const jars = new Map<string, Map<string, string>>()

  function ask({ url, form }: Step): Promise<NonNullable<Visited['page']>> {
    const isTls = url.protocol === 'https:'
    const jar = jars.get(url.host) ?? new Map<string, string>()
    jars.set(url.host, jar)
    const played = places.get(`${url.hostname}:${url.port === '' ? '443' : url.port}`)
    const where =
      played === undefined ? {} : { hostname: '127.0.0.1', port: played, servername: url.hostname, ca: caPem }
    const headers = {
      host: url.host,
      accept: 'text/html',
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    return new Promise((resolve, reject) => {
      const send = isTls ? httpsRequest : httpRequest
      const sent = send(url, { method: form === null ? 'GET' : 'POST', headers, ...where }, (answer) => {
        for (const line of answer.headers['set-cookie'] ?? []) keep(jar, line)
        const shown = new Headers()
        for (const [name, value] of Object.entries(answer.headers)) shown.set(name, String(value))
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: shown, text }))
      })
      sent.on('error', reject)
      sent.end(form ?? undefined)
    })
  }

  return async (start) => {
    const hosts = new Set<string>()
    let step: Step = { url: new URL(start), form: null }
    for (let hop = 0; hop < HOPS; hop++) {
      const { url } = step
      if (url.href.startsWith(until)) return { url: url.href, page: null, hosts: [...hosts] }
      hosts.add(url.host)
      const page = await ask(step)
      const location = page.headers.get('location')
      const next: Step | null =
        location === null ? formThatSendsItself(url, page.text) : { url: new URL(location, url), form: null }
      if (next === null) return { url: url.href, page, hosts: [...hosts] }
      step = next
    }
    throw new Error(`sent to and fro without end, lastly to ${step.url.host}`)
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name)
  else jar.set(name, value)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string) => text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)

function formThatSendsItself(at: URL, text: string): Step | null {
  if (!/forms\[0\]\.submit\(\)|submit\.call\(document\.forms\[0\]\)/.test(text)) return null
  const action = /<form[^>]*\saction="([^"]*)"/.exec(text)?.[1] ?? ''
  const fields = [...text.matchAll(/<input[^>]*\sname="([^"]*)"[^>]*\svalue="([^"]*)"/g)]
  const form = new URLSearchParams(fields.map(([, name = '', value = '']): [string, string] => [name, plain(value)]))
  return { url: new URL(plain(action), at), form: form.toString() }
}

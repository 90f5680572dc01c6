/** A browser without a window: follows redirects, keeps cookies per host, reads forms and submits them. */
import { request } from 'node:https'

export interface Site {
  readonly host: string
  readonly port: number
}

export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
}

/** What a page or redirect wants to bring to an address that is not one of the sites. */
export interface Arrival {
  readonly url: string
  readonly parameters: Readonly<Record<string, string>>
  readonly method: 'GET' | 'POST'
}

export interface Browser {
  /** Goes there and on, as far as the sites lead. */
  open(url: string, form?: Readonly<Record<string, string>>): Promise<Page | Arrival>
}

const HOPS = 20

export function createBrowser(sites: readonly Site[], caPem: string): Browser {
  const cookies = new Map<string, Map<string, string>>()

  function ask(url: URL, form: string | null) {
    const site = sites.find(({ host }) => host === url.hostname)
    if (site === undefined) throw new Error(`no such site: ${url.host}`)
    const jar = cookies.get(url.hostname) ?? new Map<string, string>()
    cookies.set(url.hostname, jar)
    const headers: Record<string, string> = {
      host: url.host,
      accept: 'text/html',
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form === null
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(form)) }),
    }
    return new Promise<{ status: number; location: string | null; text: string }>((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: site.port,
          servername: url.hostname,
          ca: caPem,
          method: form === null ? 'GET' : 'POST',
          path: url.pathname + url.search,
          headers,
        },
        (answer) => {
          for (const line of answer.headers['set-cookie'] ?? []) keep(jar, line)
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              location: answer.headers.location ?? null,
              text: Buffer.concat(chunks).toString(),
            }),
          )
        },
      )
      sent.on('error', reject)
      sent.end(form ?? undefined)
    })
  }

  return {
    async open(start, given) {
      let url = new URL(start)
      let form = given === undefined ? null : new URLSearchParams(given).toString()
      for (let hop = 0; hop < HOPS; hop++) {
        if (!sites.some(({ host }) => host === url.hostname)) return arrivalAt(url, form)
        const { status, location, text } = await ask(url, form)
        if (location !== null && status >= 300 && status < 400) {
          url = new URL(location, url)
          form = null
          continue
        }
        const page = { url: url.href, status, text }
        const sending = selfSubmitting(page)
        if (sending === null) return page
        url = new URL(sending.action)
        form = new URLSearchParams(sending.fields).toString()
      }
      throw new Error('redirected too often')
    },
  }
}

export function isArrival(found: Page | Arrival): found is Arrival {
  return 'parameters' in found
}

/** The only form of the page: where it goes, and the fields that it has already. */
export function formOf({ url, text }: Page): { action: string; fields: Record<string, string> } {
  const action = /<form[^>]*\saction="([^"]*)"/.exec(text)?.[1]
  if (action === undefined) throw new Error(`no form at ${url}: ${text.slice(0, 300)}`)
  const fields: Record<string, string> = {}
  for (const [tag] of text.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1]
    if (name !== undefined) fields[name] = unescaped(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  return { action: new URL(unescaped(action), url).href, fields }
}

function selfSubmitting(page: Page) {
  return /forms\[0\]\.submit\(\)/.test(page.text) ? formOf(page) : null
}

function arrivalAt(url: URL, form: string | null): Arrival {
  const all = form === null ? url.searchParams : new URLSearchParams(form)
  return {
    url: url.origin + url.pathname,
    parameters: Object.fromEntries(all),
    method: form === null ? 'GET' : 'POST',
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (name === undefined || value === undefined) return
  if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name)
  else jar.set(name, value)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" }

function unescaped(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

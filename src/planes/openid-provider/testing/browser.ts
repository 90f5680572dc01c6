/** A browser as far as a login needs one: cookies by name and path, redirects followed by hand. */

export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

interface Cookie {
  readonly value: string
  readonly path: string
}

export interface Browser {
  readonly cookies: ReadonlyMap<string, Cookie>
  /** Every `Set-Cookie` seen. */
  readonly set: readonly string[]
  /** Follows redirects while they stay at `origin`; ends at the first that leads elsewhere, or at a page. */
  go(url: string, init?: { readonly method?: string; readonly form?: Readonly<Record<string, string>> }): Promise<Page>
  /** Puts a cookie there as somebody else might have, for the whole host. */
  plant(name: string, value: string): void
  /** Posts the page's only form with its hidden fields, and more. */
  submit(page: Page, more?: Readonly<Record<string, string>>): Promise<Page>
}

const HOPS = 20

/** `usual` headers go with every request. */
export function openBrowser(origin: string, usual: Readonly<Record<string, string>> = {}): Browser {
  const cookies = new Map<string, Cookie>()
  const set: string[] = []

  const keep = (header: string) => {
    set.push(header)
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/'
    const isGone =
      value === '' || attributes.some((one) => /^expires=/i.test(one) && Date.parse(one.slice(8)) < Date.now())
    if (isGone) cookies.delete(name)
    else cookies.set(name, { value, path })
  }

  const go: Browser['go'] = async (start, init = {}) => {
    let url = start
    let { method = init.form === undefined ? 'GET' : 'POST', form } = init
    for (let hop = 0; hop < HOPS; hop++) {
      const { pathname } = new URL(url)
      const cookie = [...cookies]
        .filter(([, { path }]) => pathname.startsWith(path))
        .map(([name, { value }]) => `${name}=${value}`)
      const answer = await fetch(url, {
        method,
        redirect: 'manual',
        headers: { ...usual, ...(cookie.length === 0 ? {} : { cookie: cookie.join('; ') }), accept: 'text/html' },
        ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      })
      for (const header of answer.headers.getSetCookie()) keep(header)
      const location = answer.headers.get('location')
      const { status, headers } = answer
      if (location === null || status < 300) return { url, status, text: await answer.text(), headers }
      const next = new URL(location, url).href
      if (new URL(next).origin !== origin) return { url: next, status, text: '', headers }
      url = next
      // RFC 9110 §15.4.4: 303 turns into GET.
      method = 'GET'
      form = undefined
    }
    throw new Error('too many redirects')
  }

  return {
    cookies,
    set,
    go,
    plant: (name, value) => void cookies.set(name, { value, path: '/' }),
    submit(page, more = {}) {
      const [, action = page.url] = /<form[^>]*action="([^"]*)"/i.exec(page.text) ?? []
      const fields = [...page.text.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]*)"[^>]*value="([^"]*)"/gi)]
      const hidden = Object.fromEntries(
        fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
      )
      return go(new URL(action.replaceAll('&amp;', '&'), page.url).href, { form: { ...hidden, ...more } })
    },
  }
}

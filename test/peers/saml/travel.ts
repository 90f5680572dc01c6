/** Two browsers that are one: ours and the one that the person has at the provider, and messages that go to and fro. */
import type { Browser } from '../../../src/planes/openid-provider/testing/browser.ts'
import { formOn, type Sent } from './identity-provider.ts'

export interface Sides {
  readonly ourOrigin: string
  readonly ours: Browser
  readonly theirOrigin: string
  readonly theirs: Browser
}

export interface Arrived {
  readonly url: string
  readonly status: number
  readonly text: string
  /** Every address on the way, without its query. */
  readonly path: readonly string[]
}

const HOPS = 20

/** Until a page asks something, or the way leads to neither side. */
export async function travel(sides: Sides, start: Sent): Promise<Arrived> {
  const { ourOrigin, ours, theirOrigin, theirs } = sides
  const path: string[] = []
  let next = start
  for (let hop = 0; hop < HOPS; hop++) {
    const { origin, pathname } = new URL(next.url)
    path.push(origin + pathname)
    if (origin !== ourOrigin && origin !== theirOrigin) return { url: next.url, status: 0, text: '', path }
    const page =
      origin === ourOrigin
        ? await (next.form === null ? ours.go(next.url) : broughtToUs(ours, next.url, next.form))
        : await theirs.go(next.url, next.form === null ? {} : { form: next.form })
    if (new URL(page.url).origin !== origin) {
      next = { url: page.url, form: null }
      continue
    }
    if (!/name="SAML(Request|Response)"/.test(page.text)) return { ...page, path }
    const { action, fields } = formOn(page)
    next = { url: action, form: fields }
  }
  throw new Error(`to and fro without end: ${path.join(' ')}`)
}

/** A POST of another site comes without cookies; where it leads, the browser has them again. */
async function broughtToUs(ours: Browser, url: string, form: Readonly<Record<string, string>>) {
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })
  const location = answer.headers.get('location')
  if (location === null) return { url, status: answer.status, text: await answer.text() }
  const next = new URL(location, url)
  return next.origin === new URL(url).origin ? await ours.go(next.href) : { url: next.href, status: 303, text: '' }
}

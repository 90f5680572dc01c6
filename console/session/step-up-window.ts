/** The window's side: it goes where the page that opened it says, and brings back the query of its return. It holds nothing. */
import type { WindowMessage } from './step-up.ts'

/** As much of `window` as it needs. */
export interface ChildWindow {
  readonly opener: unknown
  readonly location: { readonly origin: string; readonly search: string; replace(url: string): void }
  close(): void
  addEventListener(type: 'message', listener: (event: ChildMessage) => void): void
}

export interface ChildMessage {
  readonly origin: string
  readonly source: unknown
  readonly data: unknown
}

const AUTHORIZE = '/oauth2/authorize'

/** At `/console/step-up`: asks where to go. False where no page of ours opened it. */
export function goWhereTold(child: ChildWindow): boolean {
  if (!hasOpener(child)) return false
  hearOpener(child, ({ stepUp, url }) => {
    if (stepUp === 'go' && typeof url === 'string' && isAuthorize(url, child.location.origin))
      child.location.replace(url)
  })
  say(child, { stepUp: 'ready' })
  return true
}

/** At `/console/return` of a window: hands the answer over, and ends when it was judged. False likewise. */
export function handOver(child: ChildWindow): boolean {
  if (!hasOpener(child)) return false
  hearOpener(child, ({ stepUp, isProved }) => {
    if (stepUp !== 'end') return
    say(child, { stepUp: isProved === true ? 'done' : 'failed' })
    child.close()
  })
  say(child, { stepUp: 'answer', search: child.location.search })
  return true
}

function hasOpener({ opener }: ChildWindow): boolean {
  return typeof opener === 'object' && opener !== null
}

/** To a page of our own origin and no other. */
function say({ opener, location }: ChildWindow, message: WindowMessage | { readonly stepUp: 'done' | 'failed' }): void {
  Object(opener).postMessage(message, location.origin)
}

function hearOpener(child: ChildWindow, listener: (data: Readonly<Record<string, unknown>>) => void): void {
  child.addEventListener('message', ({ origin, source, data }) => {
    if (origin === child.location.origin && source === child.opener) listener(Object(data))
  })
}

/** Our own sign-in, so that no message makes this window show another page. */
function isAuthorize(text: string, origin: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.origin === origin && url.pathname === AUTHORIZE
}

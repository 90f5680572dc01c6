/**
 * For the page: meets the challenge of RFC 9470 and sends the request again, published as `entente/resource-server/browser`.
 * Knows nothing of Node.
 *
 * Source: RFC 9470 §3 and §4.
 */

/** What the resource server wants to see. */
export interface StepUpChallenge {
  readonly acrValues: string | null
  /** Seconds. */
  readonly maxAge: string | null
}

export interface StepUpFetchOptions {
  /** Asks the app for a stronger session or token; false where the person gave up. */
  readonly challenge: (wanted: StepUpChallenge) => Promise<boolean>
  /** Default: the global one. */
  readonly fetch?: typeof fetch
}

/** A `fetch` that runs the challenge once where it is asked to, and then sends the request once more. */
export function createStepUpFetch({ challenge, fetch: send = fetch }: StepUpFetchOptions): typeof fetch {
  return async (input, init) => {
    const again = input instanceof Request ? input.clone() : input
    const answer = await send(input, init)
    const wanted = stepUpOf(answer)
    if (wanted === null || !(await challenge(wanted))) return answer
    return await send(again, init)
  }
}

/** The challenge of an answer; null for every other answer. */
export function stepUpOf({ status, headers }: Pick<Response, 'status' | 'headers'>): StepUpChallenge | null {
  const header = headers.get('www-authenticate') ?? ''
  if (status !== 401 || parameterOf(header, 'error') !== 'insufficient_user_authentication') return null
  return { acrValues: parameterOf(header, 'acr_values'), maxAge: parameterOf(header, 'max_age') }
}

/** As much of `window` as the challenge needs. */
export interface PageWindow {
  readonly location: { readonly href: string; readonly origin: string }
  open(url: string, target: string, features: string): { readonly closed: boolean } | null
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void
  removeEventListener(type: 'message', listener: (event: PageMessage) => void): void
}

export interface PageMessage {
  readonly origin: string
  readonly source: unknown
  readonly data: unknown
}

/**
 * A challenge that opens the app's own sign-in in a window beside the page, with `acr_values` and `max_age`, and waits until a
 * page of the same origin in it says `{ stepUp: 'done' }` to its opener.
 */
export function popupChallenge(
  signInUrl: string,
  page: PageWindow = Object(globalThis),
): StepUpFetchOptions['challenge'] {
  return ({ acrValues, maxAge }) => {
    const url = new URL(signInUrl, page.location.href)
    if (acrValues !== null) url.searchParams.set('acr_values', acrValues)
    if (maxAge !== null) url.searchParams.set('max_age', maxAge)
    const opened = page.open(url.href, 'entente-step-up', 'popup,width=480,height=640')
    if (opened === null) return Promise.resolve(false)
    return new Promise((resolve) => {
      const end = (isDone: boolean) => {
        page.removeEventListener('message', hear)
        clearInterval(watch)
        resolve(isDone)
      }
      const hear = ({ origin, source, data }: PageMessage) => {
        if (origin !== page.location.origin || source !== opened) return
        if (Object(data).stepUp === 'done' || Object(data).stepUp === 'failed') end(Object(data).stepUp === 'done')
      }
      // Closed by hand: the person gave up. What the window said before it closed may still be on its way.
      let wasClosed = false
      const watch = setInterval(() => {
        if (wasClosed) end(false)
        wasClosed = opened.closed
      }, 500)
      page.addEventListener('message', hear)
    })
  }
}

function parameterOf(header: string, name: string): string | null {
  const [, quoted, plain] = new RegExp(`[ ,]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^ ,"]+))`).exec(header) ?? []
  return quoted?.replace(/\\(.)/g, '$1') ?? plain ?? null
}

/** What becomes of a token that does not count any more: a new one by the server's session, without a word, or the sign-in page. */
import type { Console } from './console.tsx'

/** A token that is refused so soon was not too old; asking again would go round in circles. */
const TOO_SOON_MS = 60_000
/** Who is still here after it has come back to this page. */
const LEAVING_MS = 10_000

type Parts = Pick<Console, 'session' | 'signIn'>

export function createRenewal({ session, signIn }: Parts, now: () => number): () => void {
  const since = new Map<string, number>()
  let askedAt = Number.NEGATIVE_INFINITY
  session.subscribe(() => {
    const found = session.get()
    since.clear()
    // Whenever the token is another one, a step-up's included.
    if (found.kind === 'person') since.set(found.accessToken, now())
  })
  const end = () => session.end({ tone: 'info', sentence: 'Your sign-in has ended. Sign in again to go on.' })
  return () => {
    const found = session.get()
    const at = found.kind === 'person' ? since.get(found.accessToken) : undefined
    if (at === undefined || now() - at < TOO_SOON_MS) return end()
    // Several calls learn of it at once, and the browser takes a moment to leave.
    if (now() - askedAt < LEAVING_MS) return
    askedAt = now()
    signIn({ prompt: 'none' }).catch(end)
  }
}

/** The cookie that binds a login to the browser that began it: an answer in any other browser is nobody's. Source: CONTRACT.md section 7. */
import { createHash } from 'node:crypto'

const COOKIE = 'entente.login'
/** As much of the state as keeps the logins of one browser apart. */
const TAIL_CHARACTERS = 12

/** `Set-Cookie` for a login; one of another login is not touched. Units: seconds */
export function bindingCookie(publicUrl: string, state: string, value: string, maxAgeSeconds: number): string {
  const isSecure = publicUrl.startsWith('https:')
  return `${nameOf(publicUrl, state)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}

/** `Set-Cookie` that takes it away: who signs in often would else carry all of them, until no request is small enough. */
export function endedBinding(publicUrl: string, state: string): string {
  return bindingCookie(publicUrl, state, '', 0)
}

/** The hash of the browser's cookie for this login; null where it has none. */
export function boundBrowser(publicUrl: string, state: string, header: string | undefined): string | null {
  const name = nameOf(publicUrl, state)
  const pair = header?.split(/;\s*/).find((one) => one.startsWith(`${name}=`))
  return pair === undefined ? null : hashOfBinding(pair.slice(name.length + 1))
}

/** What is stored: the cookie itself is a secret of the browser. */
export function hashOfBinding(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}

function nameOf(publicUrl: string, state: string): string {
  const tail = state.replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, TAIL_CHARACTERS)
  return `${publicUrl.startsWith('https:') ? '__Host-' : ''}${COOKIE}.${tail}`
}

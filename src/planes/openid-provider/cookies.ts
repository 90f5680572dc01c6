/**
 * Cookies of the library under the rules of the house: `__Host-` wants the path `/`, but the library gives the cookies of
 * one login the path of that login, so that two tabs do not disturb each other. Here the login goes into the name instead.
 *
 * Source: RFC 6265bis §4.1.3.2 (prefixes); CONTRACT.md section 7.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Names that belong to one login each, without its tail. */
export type LoginCookies = readonly string[]

/** As much of a login's id as keeps those of one browser apart; the value has all of it. */
const TAIL_CHARACTERS = 12

/** Shows the library the cookies of one login, by default the one that the path is about, under the names it knows. */
export function showLoginCookies(request: IncomingMessage, names: LoginCookies, login: string | null = null): void {
  const tail = login === null ? tailOf(request.url ?? '') : login.slice(0, TAIL_CHARACTERS)
  const { cookie } = request.headers
  if (tail === null || cookie === undefined) return
  const shown = cookie.split(/;\s*/).map((pair) => {
    const name = names.find((one) => pair.startsWith(`${one}.${tail}=`))
    return name === undefined ? pair : name + pair.slice(`${name}.${tail}`.length)
  })
  request.headers.cookie = shown.join('; ')
}

/** Renames what the library sets for one login, when the answer's headers are written. */
export function renameLoginCookies(response: ServerResponse, names: LoginCookies): void {
  const writeHead = response.writeHead.bind(response)
  // Every way of answering ends here; the overloads differ in what they take besides, which is passed on as it came.
  response.writeHead = ((...given: Parameters<typeof writeHead>) => {
    const cookies = response.getHeader('set-cookie')
    if (Array.isArray(cookies))
      response.setHeader(
        'set-cookie',
        cookies.map((one) => renamed(one, names)),
      )
    else if (typeof cookies === 'string') response.setHeader('set-cookie', renamed(cookies, names))
    return writeHead(...given)
  }) as typeof response.writeHead
}

function renamed(cookie: string, names: LoginCookies): string {
  const name = names.find((one) => cookie.startsWith(`${one}=`))
  const [, path] = /;\s*path=([^;]*)/i.exec(cookie) ?? []
  const tail = tailOf(path ?? '')
  if (name === undefined || tail === null) return cookie
  return `${name}.${tail}${cookie.slice(name.length)}`.replace(/;\s*path=[^;]*/i, '; path=/')
}

/** The login's id is the last segment of its paths. */
function tailOf(url: string): string | null {
  const [path = ''] = url.split('?', 1)
  const [, id] = /^\/(?:sign-in|oauth2\/(?:authorize|device))\/([\w-]{20,64})$/.exec(path) ?? []
  return id === undefined ? null : id.slice(0, TAIL_CHARACTERS)
}

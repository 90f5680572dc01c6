import type { UrlValue } from './values.ts'

/** Printable ASCII without space and backslash: a URI has nothing else, and lax readers disagree on the rest. */
const CHARACTERS = /^[!-[\]-~]*$/
const FORM = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/
/** `.` and `..` segments (also as %2e), and encoded slashes: whoever resolves them later reads another path than we did. */
const AMBIGUOUS_PATH = /%2f|%5c|\/(?:\.|%2e){1,2}(?:\/|$)/i

/**
 * Parts of an absolute URL with an authority, the path as written; undefined for anything else, for user information
 * before the host, and for a path that could be read in two ways. Source: RFC 3986 §3, §5.2.4, §6.2.2.1
 */
export function parseUrl(text: string): UrlValue | undefined {
  const parts = CHARACTERS.test(text) ? FORM.exec(text) : null
  const [, scheme = '', host = '', path = ''] = parts ?? []
  if (parts === null || host.includes('@') || AMBIGUOUS_PATH.test(path)) return undefined
  return { kind: 'url', scheme: scheme.toLowerCase(), host: host.toLowerCase(), path }
}

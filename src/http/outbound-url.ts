/** Which URLs an outbound request may name at all, before any name is resolved. Source: WHATWG URL, "host parsing"; RFC 6761 §6.3. */

export interface OutboundTarget {
  readonly protocol: 'https:' | 'http:'
  /** Lower case, without trailing dot; an IPv6 address without brackets. */
  readonly host: string
  readonly port: number
  /** Path and query as they go on the wire. */
  readonly path: string
  /** What `Host` says: host and port as written, canonical. */
  readonly authority: string
}

/** Longest URL that is asked for; issuers and document addresses are far shorter. */
const URL_CHARACTERS = 4096

/** Printable ASCII without space, quotes and backslash: everything a URL parser would drop or turn into something else. */
const PLAIN = /^[!#-[\]^-~]+$/

/** Parses strictly; a string is the (private) reason why not. */
export function parseOutboundUrl(text: string): OutboundTarget | string {
  if (text.length > URL_CHARACTERS || !PLAIN.test(text)) return 'the URL has characters that URLs do not have'
  const [, scheme, authority] = /^([a-z]+):\/\/([^/?#]+)(?:[/?]|$)/i.exec(text) ?? []
  if (scheme === undefined || authority === undefined || text.includes('#')) return 'the URL has no plain form'
  // Escapes in a host are decoded by the parser and would hide a name; a user part would hide the host.
  if (/[@%]/.test(authority)) return 'the URL has a user part or escapes in its host'
  if (!URL.canParse(text)) return 'the URL does not parse'
  const url = new URL(text)
  const { protocol } = url
  if (protocol !== 'https:' && protocol !== 'http:') return 'the scheme is not https'
  const port = url.port === '' ? (protocol === 'https:' ? 443 : 80) : Number(url.port)
  const host = normaliseHost(url.hostname)
  if (host === '' || port === 0) return 'the URL has no host or port'
  return { protocol, host, port, path: `${url.pathname}${url.search}`, authority: url.host }
}

/** Lower case, one trailing dot and IPv6 brackets taken away: one name for one host. */
export function normaliseHost(text: string): string {
  const host = text.toLowerCase()
  if (host.startsWith('[') && host.endsWith(']')) return host.slice(1, -1)
  return host.endsWith('.') ? host.slice(0, -1) : host
}

/** Names of this machine, whatever a resolver says. Source: RFC 6761 §6.3. */
export function isLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

/** Whose request it is, by address: canonical, after the trusted-proxies rule, and the key that limits count by. */
import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { canonicalAddress, cidrContains, type ParsedCidr, parseCidr } from '../cidr.ts'

/** The caller's address; forwarded headers count only from trusted proxies. `unknown` is in no range. */
export function clientAddress(request: FastifyRequest): string {
  // Of a caller who has hung up the socket tells nothing any more, whatever the type says.
  const ip: string | undefined = request.ip
  return ip === undefined ? 'unknown' : spelled(ip)
}

/** The longest spelling of an address has 45. */
const ADDRESS_CHARACTERS = 64

// Keep-alive connections ask again and again for the same few addresses.
const spellings = new LRUCache<string, string>({ max: 10_000 })

function spelled(ip: string): string {
  // Behind a trusted proxy this may be whatever somebody wrote into the header: nothing to remember.
  if (ip.length > ADDRESS_CHARACTERS) return 'unknown'
  const known = spellings.get(ip)
  if (known !== undefined) return known
  const spelling = canonicalAddress(ip) ?? 'unknown'
  spellings.set(ip, spelling)
  return spelling
}

/** IPv4 as it is, IPv6 by its /64: one subscriber has all of that (RFC 6177). */
export function limitKey(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  return `${[...groups, ...Array<string>(missing).fill('0')].slice(0, 4).join(':')}::/64`
}

const ranges = new LRUCache<string, { readonly range: ParsedCidr | null }>({ max: 10_000 })

/** Whether one of the ranges holds the address; what cannot be read holds nothing. */
export function inCidrs(address: string, cidrs: readonly string[]): boolean {
  return cidrs.some((cidr) => {
    let parsed = ranges.get(cidr)
    if (parsed === undefined) {
      parsed = { range: parseCidr(cidr) }
      ranges.set(cidr, parsed)
    }
    return parsed.range !== null && cidrContains(parsed.range, address)
  })
}

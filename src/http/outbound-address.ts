/**
 * Which addresses outbound requests may reach: those of the public internet, and what the operator allowed.
 *
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890; RFC 6052 (NAT64).
 */
import ipaddr from 'ipaddr.js'
import { normaliseHost } from './outbound-url.ts'

type Address = ReturnType<typeof ipaddr.parse>
type Range = readonly [Address, number]

export interface AllowList {
  /** True when the operator named the host or a range that holds the address. */
  allows(host: string, address: string): boolean
}

/** Entries are CIDRs, addresses or host names; a host name allows whatever it resolves to. */
export function createAllowList(entries: readonly string[]): AllowList {
  const ranges: Range[] = []
  const hosts = new Set<string>()
  for (const entry of entries) {
    const range = rangeOf(normaliseHost(entry.trim()))
    if (range === null) hosts.add(normaliseHost(entry.trim()))
    else ranges.push(range)
  }
  return {
    allows(host, text) {
      if (hosts.has(host)) return true
      const address = parseAddress(text)
      return address !== null && ranges.some((range) => isWithin(address, range))
    },
  }
}

function rangeOf(text: string): Range | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  const address = parseAddress(text)
  return address === null ? null : [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** Only the four-part decimal and the IPv6 forms; a mapped IPv4 address is that IPv4 address. Null for anything else. */
function parseAddress(text: string): Address | null {
  // A zone index names an interface of this machine, never somebody on the internet.
  if (text.includes('%')) return null
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  return ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : null
}

function isWithin(address: Address, [base, bits]: Range): boolean {
  return address.kind() === base.kind() && address.match(base, bits)
}

/** 2000::/3 is all that IANA has given out for global unicast; the rest of "unicast" belongs to nobody yet, or to the past. */
const GLOBAL: Range = [ipaddr.parse('2000::'), 3]

const REFUSED: readonly Range[] = [
  // Azure's wire server: a public address that answers only to virtual machines, with their secrets.
  [ipaddr.parse('168.63.129.16'), 32],
  // IETF protocol assignments: Teredo, ORCHID, benchmarking, anycast services.
  [ipaddr.parse('2001::'), 23],
]

/** The well-known NAT64 prefix: the address inside is the one that is reached. */
const NAT64: Range = [ipaddr.parse('64:ff9b::'), 96]

/** True for an address of the public internet, which anybody may reach. Anything unusual is not. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text)
  if (address === null) return false
  if (address.kind() === 'ipv4') return isPublic(address)
  if (isWithin(address, NAT64)) return isPublicAddress(address.toByteArray().slice(12).join('.'))
  return isWithin(address, GLOBAL) && isPublic(address)
}

function isPublic(address: Address): boolean {
  return address.range() === 'unicast' && !REFUSED.some((range) => isWithin(address, range))
}

/** True when the text is an address and not a name. */
export function isAddress(text: string): boolean {
  return ipaddr.isValid(text) && parseAddress(text) !== null
}

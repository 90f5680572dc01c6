/** Addresses and address ranges, IPv4 and IPv6, in one spelling. Pure; everyone may import it. */
import ipaddr from 'ipaddr.js'

export interface ParsedCidr {
  readonly kind: 'ipv4' | 'ipv6'
  readonly bytes: readonly number[]
  readonly prefix: number
}

/** A range, or null for a text that is none; an address alone is a range of one. */
export function parseCidr(text: string): ParsedCidr | null {
  const [address = '', prefix, ...rest] = text.split('/')
  const parsed = parseAddress(address)
  if (parsed === null || rest.length > 0) return null
  const bytes = parsed.toByteArray()
  const bits = bytes.length * 8
  if (prefix === undefined) return { kind: parsed.kind(), bytes, prefix: bits }
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bits) return null
  return { kind: parsed.kind(), bytes, prefix: Number(prefix) }
}

/** Whether the range holds the address; an address that cannot be read is in no range. */
export function cidrContains(range: ParsedCidr, address: string): boolean {
  const parsed = parseAddress(address)
  if (parsed === null || parsed.kind() !== range.kind) return false
  const bytes = parsed.toByteArray()
  for (let bit = 0; bit < range.prefix; bit += 8) {
    const kept = Math.min(8, range.prefix - bit)
    const mask = (0xff << (8 - kept)) & 0xff
    if (((bytes[bit / 8] ?? 0) & mask) !== ((range.bytes[bit / 8] ?? 0) & mask)) return false
  }
  return true
}

/** The address in its canonical spelling, an IPv4 one inside IPv6 unwrapped; null for a text that is none. */
export function canonicalAddress(text: string): string | null {
  return parseAddress(text)?.toString() ?? null
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  // Zones name an interface of one machine; four decimal parts are the only spelling of IPv4 that all parsers agree on.
  if (text.includes('%')) return null
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null
  if (!ipaddr.isValid(text)) return null
  const parsed = ipaddr.parse(text)
  return parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed
}

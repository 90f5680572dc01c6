/** Sign-in domains: DNS names in one spelling. Source: RFC 1035 §2.3.4, RFC 5890 (international names as A-labels). */
import { domainToASCII } from 'node:url'
import type { FieldFault } from '../fault.ts'
import { fieldFault } from './faults.ts'
import { DOMAINS } from './limits.ts'
import { domainOfEmail } from './person-rules.ts'

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?'
/** At least two labels, the last one no number: an address is no domain. */
const DOMAIN = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`)

/** Lower case, international names as xn--, without a trailing dot; null for what is no domain. */
export function normaliseDomain(text: string): string | null {
  if (text.length > 1_024) return null
  const domain = domainToASCII(text.trim().replace(/\.$/, '')).toLowerCase()
  return DOMAIN.test(domain) ? domain : null
}

/**
 * The sign-in domain of an address, in the spelling that domains are kept in; null where there is none. Letters that only turn
 * into ASCII on the way (full width, in circles) make no domain: nobody proved that address.
 */
export function domainOfAddress(email: string): string | null {
  const typed = domainOfEmail(email)
  const domain = typed === null ? null : normaliseDomain(typed)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  const isAscii = typed !== null && /^[\x00-\x7f]*$/.test(typed)
  return isAscii || domain?.includes('xn--') === true ? domain : null
}

/** The domains in one spelling and once each, or every fault. */
export function judgeDomains(given: readonly string[], path = 'domains'): { domains: string[]; faults: FieldFault[] } {
  const faults: FieldFault[] = []
  if (given.length > DOMAINS) faults.push(fieldFault('field.too_many', path, `must have at most ${DOMAINS} entries`))
  const domains: string[] = []
  for (const [index, text] of given.slice(0, DOMAINS).entries()) {
    const domain = normaliseDomain(text)
    if (domain === null) {
      faults.push(fieldFault('provider.domain_invalid', `${path}[${index}]`, 'must be a DNS name such as example.com'))
    } else if (!domains.includes(domain)) domains.push(domain)
  }
  return { domains, faults }
}

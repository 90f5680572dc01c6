/** Address ranges of trusts and credentials. */
import { parseCidr } from '../cidr.ts'
import type { FieldFault } from '../fault.ts'
import { LIMITS, tooMany } from './limits.ts'

/** Every bad entry is told by its place in the list. */
export function cidrFaults(cidrs: readonly string[], path: string): FieldFault[] {
  const faults = tooMany(cidrs, path, LIMITS.cidrs)
  cidrs.forEach((cidr, index) => {
    if (parseCidr(cidr) === null) {
      faults.push({ path: `${path}[${index}]`, code: 'cidr.invalid', message: 'is not an IPv4 or IPv6 range' })
    }
  })
  return faults
}

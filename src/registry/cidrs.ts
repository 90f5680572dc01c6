/** Address ranges of trusts and credentials. */
import { parseCidr } from '../cidr.ts'
import type { FieldFault } from '../fault.ts'
import { fieldFault } from './faults.ts'
import { SOURCE_CIDRS } from './limits.ts'

/** Every bad entry is told by its place in the list: `allowSourceCidrs[2]`. */
export function cidrFaults(path: string, cidrs: readonly string[] | undefined): FieldFault[] {
  if (cidrs === undefined) return []
  const faults: FieldFault[] = []
  if (cidrs.length > SOURCE_CIDRS) {
    faults.push(fieldFault('field.too_many', path, `must have at most ${SOURCE_CIDRS} items`))
  }
  // A list that is too long may be very long: its tail is not worth a fault each.
  cidrs.slice(0, SOURCE_CIDRS).forEach((cidr, index) => {
    if (parseCidr(cidr) !== null) return
    faults.push(fieldFault('cidr.invalid', `${path}[${index}]`, 'must be an IPv4 or IPv6 address or range'))
  })
  return faults
}

/** What the way out says no with. One code and one sentence for all fetches: a caller cannot use it to look around inside. */
import { faultsOf } from '../fault.ts'

export const outboundFaults = {
  'outbound.failed': {
    kind: 'upstream',
    message: 'The address could not be reached, may not be reached, or gave no usable answer.',
    remedy:
      'Check that it answers over https from a public address within five seconds; an operator may allow private ones by ENTENTE_UPSTREAM_ALLOW. The log has the reason.',
  },
  'dns.unavailable': {
    kind: 'upstream',
    message: 'DNS gave no answer.',
    remedy: 'Try again in a while; an operator may name other resolvers by ENTENTE_DNS.',
  },
} as const

export const outboundFault = faultsOf(outboundFaults)

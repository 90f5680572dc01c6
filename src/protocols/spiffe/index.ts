/**
 * PROTOCOL `spiffe`
 *
 * Owns: trust domains and their bundles, fetched over https_web.
 * Does not own yet: JWT-SVIDs. There is no `verifyToken`, so the plane refuses them by name.
 * Specification: SPIFFE-ID; SPIFFE Trust Domain and Bundle; SPIFFE Federation.
 */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { Protocol } from '../../registry/protocol.ts'
import { probeBundle } from './bundle.ts'
import { parseSpiffeSettings } from './settings.ts'

export function spiffeProtocol({ fetch }: { readonly fetch: OutboundFetch }): Protocol {
  return {
    name: 'spiffe',
    issuerSchemes: ['spiffe'],
    secretFields: [],
    parseSettings: (_use, input) => parseSpiffeSettings(input),
    probe: (request) => probeBundle(fetch, request),
  }
}

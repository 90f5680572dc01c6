/** The bundle of a trust domain: the keys its JWT-SVIDs are signed with. Source: SPIFFE Trust Domain and Bundle §4.2. */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { ProbeRequest, ProbeResult } from '../../registry/protocol.ts'
import { protocolFault, settingFault } from '../faults.ts'
import { fetchKeySet } from '../jose/fetch-document.ts'
import { parseSpiffeId } from './spiffe-id.ts'

/** Fetches the bundle before anything is stored. Faults: provider.bundle_invalid */
export async function probeBundle(fetch: OutboundFetch, { issuer, settings }: ProbeRequest): Promise<ProbeResult> {
  const { bundleEndpointUrl: url } = settings
  // Scheme and host of a URL may be typed in any case; a trust domain has one spelling.
  const expectedIssuer = issuer.toLowerCase().replace(/\/$/, '')
  try {
    if (parseSpiffeId(expectedIssuer)?.path !== '') throw new Error('the issuer is not a trust domain')
    await fetchKeySet(fetch, 'jwt-svid', { url: typeof url === 'string' ? url : '' })
  } catch (cause) {
    const message = 'does not answer with a usable SPIFFE bundle'
    throw protocolFault('provider.bundle_invalid', {
      fields: [settingFault('provider.bundle_invalid', 'spiffe.bundleEndpointUrl', message)],
      cause,
    })
  }
  return { expectedIssuer, settings }
}

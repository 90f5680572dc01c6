/**
 * OUTWARD SPEECH
 *
 * Owns: how each wire protocol asks its upstream, keeps its keys and judges its tokens, behind the port of the registry.
 * Does not own: who is trusted (registry/), what claims mean (claims/), how requests leave the house (http/outbound).
 *
 * oidc/    discovery, JWKS, ID tokens of workloads
 * spiffe/  trust domains and bundles
 * jose/    what they share: strict JSON and JWS, key sets, algorithms, the key cache
 *
 * Source: RFC 7515–7519, RFC 8725, OpenID Connect Core and Discovery 1.0, the SPIFFE specifications.
 */
import type { OutboundFetch } from '../http/outbound-port.ts'
import type { Protocols } from '../registry/protocol.ts'
import { oidcProtocol } from './oidc/index.ts'
import { spiffeProtocol } from './spiffe/index.ts'

/** Opens every protocol once, with the guarded fetch. */
export function openProtocols(options: { readonly fetch: OutboundFetch; readonly now: () => Date }): Protocols {
  return { oidc: oidcProtocol(options), spiffe: spiffeProtocol(options) }
}

/**
 * OUTWARD SPEECH
 *
 * Owns: how each wire protocol asks its upstream, keeps its keys and judges its tokens, behind the port of the registry
 * (registry/protocol.ts).
 * Does not own: who is trusted (registry/), what claims mean (claims/), how requests leave the house (http/outbound.ts),
 * what a token is exchanged for (planes/).
 *
 * oidc/     discovery, key sets, settings for workloads, people and step-up; ID tokens; how people sign in (sign-in/)
 * oauth2/   how people sign in without OpenID Connect, with GitHub; what both have in common: client, PKCE, code, answer
 * saml/     metadata and settings of SAML 2.0 providers, how people sign in with them, and the judging of their responses
 * spiffe/   trust domains, their bundles, JWT-SVIDs
 * jose/     what they share: strict JSON and JWS, algorithms, key sets, the cache of keys, the judging of tokens
 *
 * Specification: RFC 7515–7519, RFC 8725, OpenID Connect Core and Discovery 1.0, the SPIFFE specifications.
 */
import type { Protocols } from '../registry/protocol.ts'
import { oauth2Protocol } from './oauth2/index.ts'
import { type OidcOptions, oidcProtocol } from './oidc/index.ts'
import { type SamlOptions, samlProtocol } from './saml/index.ts'
import { spiffeProtocol } from './spiffe/index.ts'

export interface ProtocolOptions
  extends OidcOptions,
    Pick<SamlOptions, 'publicUrl' | 'randomBytes' | 'samlKey' | 'takeOnce'> {}

/** Opens every protocol once, with the guarded fetch. */
export function openProtocols(options: ProtocolOptions): Protocols {
  return {
    oidc: oidcProtocol(options),
    oauth2: oauth2Protocol(options),
    saml: samlProtocol({ ...options, allowHttp: options.allowsPlainHttp }),
    spiffe: spiffeProtocol(options),
  }
}

/**
 * PROTOCOL `spiffe`
 *
 * Owns: trust domains and their bundles, fetched over https_web or uploaded; JWT-SVIDs.
 * Does not own: X.509-SVIDs, and what needs them (bundle endpoints of profile https_spiffe, mutual TLS by RFC 8705); they
 * are refused by name where somebody asks for them.
 * Specification: SPIFFE-ID; JWT-SVID; SPIFFE Trust Domain and Bundle; SPIFFE Federation; CONTRACT.md section 5.
 */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { Protocol } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { createKeySource, type KeySourceOptions } from '../jose/key-source.ts'
import { uploadedKeys } from '../jose/uploaded-keys.ts'
import type { ProviderKeys } from '../jose/verify-jwt.ts'
import { createBundleFetch, probeBundle } from './bundle.ts'
import { verifyJwtSvid } from './jwt-svid.ts'
import { parseSpiffeSettings } from './settings.ts'

export interface SpiffeOptions extends Pick<KeySourceOptions, 'now' | 'onKeysChanged' | 'onFetchFailed'> {
  readonly fetch: OutboundFetch
}

export function spiffeProtocol(options: SpiffeOptions): Protocol {
  const source = createKeySource({
    ...options,
    isSamePlace: (one, other) => one.settings.bundleEndpointUrl === other.settings.bundleEndpointUrl,
    fetchKeys: createBundleFetch(options.fetch, options.now),
  })
  /** Provider records are immutable and replaced when they change, so what was made for one lives as long as it. */
  const keysOf = new WeakMap<Provider, ProviderKeys>()

  const open = (provider: Provider): ProviderKeys => {
    const { bundleJson } = provider.settings
    const keys: ProviderKeys =
      typeof bundleJson === 'string'
        ? uploadedKeys(bundleJson, 'jwt-svid')
        : {
            current: (asker) => source.keysOf(provider, asker),
            newer: (suit, patience, asker) => source.newerKeysOf(provider, suit, patience, asker),
          }
    keysOf.set(provider, keys)
    return keys
  }

  return {
    name: 'spiffe',
    issuerSchemes: ['spiffe'],
    secretFields: [],
    parseSettings: (_use, input) => parseSpiffeSettings(input),
    probe: (request) => probeBundle(options.fetch, request),
    verifyToken: (ask, ladder) => verifyJwtSvid(ask, keysOf.get(ask.provider) ?? open(ask.provider), ladder),
    forget: source.forget,
  }
}

/** Protocol `oidc`: discovery, keys and ID tokens of OpenID Connect issuers; for workloads in this version. */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { Protocol } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { type KeySet, parseKeySet } from '../jose/key-set.ts'
import { createKeySource } from '../jose/key-source.ts'
import { fetchKeys, probeOidc } from './discovery.ts'
import { parseOidcSettings } from './settings.ts'
import { type ProviderKeys, verifyOidcToken } from './verify-token.ts'

export function oidcProtocol({ fetch, now }: { fetch: OutboundFetch; now: () => Date }): Protocol {
  const source = createKeySource({ now })
  /** Uploaded keys, parsed once per version of the provider. */
  const uploaded = new WeakMap<Provider, KeySet>()

  const keysOf = (provider: Provider): ProviderKeys => {
    const { jwksJson, jwksUri, caPem } = provider.settings
    if (typeof jwksJson === 'string') {
      const known = uploaded.get(provider) ?? parseKeySet(JSON.parse(jwksJson)) ?? { keys: [], skipped: [] }
      uploaded.set(provider, known)
      return { current: () => known, renewed: async () => known }
    }
    const ask = () =>
      fetchKeys(fetch, typeof jwksUri === 'string' ? jwksUri : '', typeof caPem === 'string' ? caPem : undefined)
    return { current: () => source.current(provider.uid, ask), renewed: () => source.renewed(provider.uid, ask) }
  }

  return {
    name: 'oidc',
    issuerSchemes: ['https'],
    secretFields: ['clientSecret'],
    parseSettings: (_use, input) => parseOidcSettings(input),
    probe: (request) => probeOidc(fetch, request),
    verifyToken: (ask, ladder) => verifyOidcToken(ask, keysOf(ask.provider), ladder),
    forget: (uid) => source.forget(uid),
  }
}

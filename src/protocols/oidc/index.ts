/**
 * PROTOCOL `oidc`
 *
 * Owns: discovery, key sets and settings of OpenID Connect issuers, for workloads, people and step-up; their ID tokens;
 * how people sign in with them (sign-in/).
 * Specification: OpenID Connect Core 1.0, Discovery 1.0; RFC 7517, RFC 7519, RFC 8725; CONTRACT.md sections 4 and 5.
 */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { WebFetch } from '../../http/outbound-web-fetch.ts'
import type { Protocol } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { isSamePlace } from '../jose/key-place.ts'
import { createKeySource, type KeySourceOptions } from '../jose/key-source.ts'
import { uploadedKeys } from '../jose/uploaded-keys.ts'
import type { ProviderKeys } from '../jose/verify-jwt.ts'
import type { SignAssertion } from '../oauth2/own-key.ts'
import { createKeyFetch, probeOidc } from './discovery.ts'
import { importDiscovery, probeSignIn } from './probe-sign-in.ts'
import { parseWorkloadSettings } from './settings.ts'
import { beginSignIn } from './sign-in/begin.ts'
import { finishSignIn } from './sign-in/finish.ts'
import { logoutAtUpstream } from './sign-in/logout.ts'
import { parseStepUpSettings } from './step-up-settings.ts'
import { verifyOidcToken } from './verify-token.ts'
import { parseWorkforceSettings } from './workforce-settings.ts'

export interface OidcOptions extends Pick<KeySourceOptions, 'now' | 'onKeysChanged' | 'onFetchFailed'> {
  readonly fetch: OutboundFetch
  /** The same way out in the web's shape, within the limits of a login. */
  readonly webFetch: WebFetch
  /** How we prove to be the client of providers that want `private_key_jwt`; absent, nobody signs in with those. */
  readonly signAssertion?: SignAssertion
  /** True where the operator named the host of a plain http URL; never asked for workloads. */
  readonly allowsPlainHttp: (url: string) => boolean
  /** False for a URL that no request of ours can ever reach. */
  readonly mayAsk: (url: string) => boolean
}

/** Somebody said that none are fetched, and uploaded none: nothing verifies. */
const NO_KEYS: ProviderKeys = { current: () => Promise.resolve(null), newer: async () => 'unavailable' }

export function oidcProtocol(options: OidcOptions): Protocol {
  const source = createKeySource({
    ...options,
    isSamePlace,
    fetchKeys: createKeyFetch(options.fetch, options.now, options.allowsPlainHttp),
  })
  /** Provider records are immutable and replaced when they change, so what was made for one lives as long as it. */
  const keysOf = new WeakMap<Provider, ProviderKeys>()

  const makeKeys = (provider: Provider): ProviderKeys => {
    const { jwksJson, useJwksUrl } = provider.settings
    if (typeof jwksJson === 'string') return uploadedKeys(jwksJson, 'sig')
    if (useJwksUrl === false) return NO_KEYS
    return {
      current: (asker) => source.keysOf(provider, asker),
      newer: (suit, patience, asker) => source.newerKeysOf(provider, suit, patience, asker),
    }
  }

  const keysFor = (provider: Provider): ProviderKeys => {
    const known = keysOf.get(provider)
    if (known !== undefined) return known
    const keys = makeKeys(provider)
    keysOf.set(provider, keys)
    return keys
  }
  const { webFetch, now, signAssertion = null } = options
  const house = { webFetch, now, signAssertion, keysOf: keysFor }

  return {
    name: 'oidc',
    issuerSchemes: ['https'],
    // Workload providers have none.
    secretFields: ['clientSecret'],
    parseSettings(use, input) {
      if (use === 'workload') return parseWorkloadSettings(input)
      return use === 'step-up' ? parseStepUpSettings(input) : parseWorkforceSettings(input, options)
    },
    probe: (request) =>
      request.use === 'workload' ? probeOidc(options.fetch, request) : probeSignIn(options, request),
    importSettings: (source) => importDiscovery(options, source),
    verifyToken: (ask, ladder) => verifyOidcToken(ask, keysFor(ask.provider), ladder),
    signIn: {
      begin: (request) => beginSignIn(house, request),
      finish: (answer, ladder) => finishSignIn(house, answer, ladder),
      logout: logoutAtUpstream,
    },
    forget: source.forget,
  }
}

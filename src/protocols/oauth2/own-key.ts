/** `private_key_jwt`: we prove to be the client by a key of ours, which the provider finds in our JWKS. Source: RFC 7523 §2.2, §3. */
import * as openid from 'openid-client'
import type { Provider } from '../../registry/provider.ts'
import { protocolFault } from '../faults.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/** Signs with our key of that algorithm. */
export type SignAssertion = (assertion: {
  readonly algorithm: 'RS256' | 'ES256'
  readonly clientId: string
  readonly audience: string
}) => string

/** Every server that takes assertions takes the first, unless it says otherwise. */
const ALGORITHMS = ['RS256', 'ES256'] as const
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** The algorithm to sign with where those are taken, null where none of ours is; a server that says nothing takes the usual one. */
export function assertionAlgorithm(offered: readonly string[] | null): 'RS256' | 'ES256' | null {
  return ALGORITHMS.find((one) => offered?.includes(one) ?? true) ?? null
}

/**
 * By an assertion that is good where it is sent and nowhere else. All organisations share our key: were the audience an issuer
 * that somebody typed beside a token URL of their own, they could take the assertion there. Auth0 knows only its issuer.
 *
 * Faults: provider.client_key_unfit
 */
export function ownKey(
  provider: Provider,
  settings: UpstreamSettings,
  signAssertion: SignAssertion | null,
): openid.ClientAuth {
  const { clientId, tokenUrl, offeredAlgorithms } = settings
  const algorithm = assertionAlgorithm(offeredAlgorithms)
  if (algorithm === null || signAssertion === null) throw protocolFault('provider.client_key_unfit')
  // Nobody is asked for a token.
  if (tokenUrl === null) return openid.None()
  const issuer = provider.known === 'AUTH0' && settings.isTokenUrlDiscovered ? provider.expectedIssuer : ''
  const audience = issuer || tokenUrl
  return (_server, _client, body) => {
    body.set('client_id', clientId)
    body.set('client_assertion_type', JWT_BEARER)
    body.set('client_assertion', signAssertion({ algorithm, clientId, audience }))
  }
}

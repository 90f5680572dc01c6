/**
 * How we prove to others that we are their client: assertions by the keys of our JWKS, where they look the key up. Nothing
 * else is signed by this road, and never in our own name as an issuer.
 *
 * Source: RFC 7523 §3; OpenID Connect Core §9, `private_key_jwt`.
 */
import { keyFault } from './faults.ts'
import type { SigningKeys } from './signing-keys.ts'

export interface AssertionToSign {
  readonly algorithm: 'RS256' | 'ES256'
  /** As the other side registered us. */
  readonly clientId: string
  readonly audience: string
}

/** Faults: keys.client_id_is_issuer, keys.no_signing_key */
export type SignClientAssertion = (assertion: AssertionToSign) => string

export interface ClientAssertionOptions {
  readonly signing: Pick<SigningKeys, 'signAs'>
  readonly publicUrl: string
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** It is used at once. Units: seconds */
const LIFETIME_SECONDS = 60
/** 128 bits: no two share one. */
const ID_BYTES = 16

export function createClientAssertions(options: ClientAssertionOptions): SignClientAssertion {
  const { signing, publicUrl, now, randomBytes } = options
  return ({ algorithm, clientId, audience }) => {
    // It would be a token of ours, for whatever the provider calls its token endpoint.
    if (clientId.replace(/\/+$/, '') === publicUrl) throw keyFault('keys.client_id_is_issuer')
    const iat = Math.floor(now().getTime() / 1000)
    const jti = Buffer.from(randomBytes(ID_BYTES)).toString('base64url')
    const named = { iss: clientId, sub: clientId, aud: audience }
    return signing.signAs(algorithm, { ...named, jti, iat, exp: iat + LIFETIME_SECONDS })
  }
}

/** Port for our own signing keys and for the data keys that seal secrets. */

export interface SigningKey {
  readonly kid: string
  /** `SAML-RSA` signs SAML messages and stands in our metadata, never in the JWKS. */
  readonly algorithm: 'ES256' | 'RS256' | 'SAML-RSA'
  /** Public JWK as JSON text; of `SAML-RSA` with the certificate as `x5c` (RFC 7517 §4.7). */
  readonly publicJwk: string
  /** PKCS#8 PEM, sealed. */
  readonly sealedPrivateKey: string
  /** `next` is published but does not sign yet; `retired` is published until `removeAfter`. */
  readonly state: 'next' | 'active' | 'retired'
  readonly createdAt: Date
  readonly activeAt: Date
  readonly removeAfter: Date | null
}

export interface SigningKeyStore {
  list(): Promise<SigningKey[]>
  /** Inserts only if no key of that algorithm and state exists; true when this call inserted (one winner). */
  insertIfAbsent(key: SigningKey): Promise<boolean>
  update(key: SigningKey): Promise<boolean>
}

export interface DataKey {
  readonly id: string
  /** The data key wrapped under the master key. */
  readonly wrapped: string
  /** While the master key is being changed: the same data key wrapped under the new one. */
  readonly wrappedNext: string | null
  readonly createdAt: Date
}

/** Contract (proved by storage/conformance): a handful of rows, changed together or not at all. */
export interface DataKeyStore {
  /** Oldest first. */
  list(): Promise<DataKey[]>
  /** Writes `after` if the table holds exactly `before`, in the order of `list`; false when another write was first. */
  swap(before: readonly DataKey[], after: readonly DataKey[]): Promise<boolean>
}

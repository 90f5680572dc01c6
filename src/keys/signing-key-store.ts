/** Port for our own signing keys and for the data keys that seal secrets. */

export interface SigningKey {
  readonly kid: string
  readonly algorithm: 'ES256' | 'RS256'
  /** Public JWK as JSON text. */
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
  readonly createdAt: Date
}

export interface DataKeyStore {
  list(): Promise<DataKey[]>
  /** True when the table was empty and this call inserted the first one (one winner). */
  insertFirst(key: DataKey): Promise<boolean>
}

/**
 * WHAT WE SIGN
 *
 * Owns: our signing keys and their rotation, the JWKS, the form of the access tokens we issue (RFC 9068) and their
 * verification, and the sealing of secrets at rest.
 * Does not own: foreign keys (protocols/), what goes into a token (planes/), where keys are stored (storage/).
 *
 * signing-keys.ts  the keys: made at first start, published early, rotated, retired
 * access-token.ts  signing and verifying `at+jwt`
 * seal.ts          AES-256-GCM under data keys, data keys under the master key
 */
import { openSealing, type Sealing } from './seal.ts'
import type { DataKeyStore, SigningKeyStore } from './signing-key-store.ts'
import { openSigningKeys, type SigningKeys } from './signing-keys.ts'

export interface KeysOptions {
  readonly stores: { readonly dataKeys: DataKeyStore; readonly signingKeys: SigningKeyStore }
  /** 32 bytes. */
  readonly masterKey: Uint8Array
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** Opens what was sealed and the keys we sign with. Faults: keys.seal_key_wrong, keys.seal_broken */
export async function openKeys(options: KeysOptions): Promise<{ sealing: Sealing; signing: SigningKeys }> {
  const { stores, masterKey, now, randomBytes } = options
  const sealing = await openSealing({ store: stores.dataKeys, masterKey, now, randomBytes })
  return { sealing, signing: await openSigningKeys({ store: stores.signingKeys, sealing, now }) }
}

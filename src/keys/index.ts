/**
 * WHAT WE SIGN
 *
 * Owns: our signing keys and their rotation, the JWKS, the form of the access tokens we issue (RFC 9068) and their
 * verification, and the sealing of secrets at rest.
 * Does not own: foreign keys (protocols/), what goes into a token (planes/), where keys are stored (storage/).
 *
 * signing-keys.ts  the keys: made at first start, published early, rotated, retired
 * access-token.ts  signing and verifying `at+jwt`
 * saml-key.ts      the certificates of our SAML metadata: signing with them, what is encrypted for them
 * seal.ts          secrets under data keys (box.ts), data keys under the master key (data-key.ts)
 * master-key.ts    changing the master key while servers run
 */
import { openSamlKey, type SamlKey } from './saml-key.ts'
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

export interface Keys {
  readonly sealing: Sealing
  readonly signing: SigningKeys
  readonly saml: SamlKey
}

/** Opens what was sealed and the keys we sign with. Faults: keys.seal_key_wrong, keys.seal_broken */
export async function openKeys(options: KeysOptions): Promise<Keys> {
  const { stores, masterKey, now, randomBytes } = options
  const sealing = await openSealing({ store: stores.dataKeys, masterKey, now, randomBytes })
  const signing = await openSigningKeys({ store: stores.signingKeys, sealing, now })
  const saml = openSamlKey({ store: stores.signingKeys, sealing, now })
  const maintain = async () => {
    // First: signing keys that others made may be sealed under data keys that others added.
    const refreshed = await Promise.allSettled([sealing.refresh()])
    await signing.maintain()
    await saml.maintain()
    for (const one of refreshed) if (one.status === 'rejected') throw one.reason
  }
  return {
    sealing,
    signing: { ...signing, maintain },
    saml,
  }
}

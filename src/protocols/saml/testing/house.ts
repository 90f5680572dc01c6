/** What the protocol `saml` needs of the house around it, for tests: one key of ours, and a memory of what was taken once. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { SamlOptions } from '../index.ts'

export type SamlHouse = Pick<SamlOptions, 'publicUrl' | 'randomBytes' | 'samlKey' | 'takeOnce'> & {
  readonly publicKey: KeyObject
}

export const PUBLIC_URL = 'https://entente.example'

/** The certificate is no real one: nothing of ours reads it. */
export function createSamlHouse(publicUrl = PUBLIC_URL): SamlHouse {
  let made: { publicKey: KeyObject; privateKey: KeyObject } | null = null
  const pair = () => {
    made ??= generateKeyPairSync('rsa', { modulusLength: 2_048 })
    return made
  }
  const taken = new Set<string>()
  return {
    publicUrl,
    randomBytes,
    samlKey: {
      certificate: async () => 'MIIC',
      certificates: async () => ['MIIC', 'MIID'],
      sign: async (bytes) => sign('sha256', bytes, pair().privateKey),
      decryptionKeys: async () => [pair().privateKey],
      maintain: async () => undefined,
    },
    takeOnce: async (scope, key) => {
      const name = `${scope} ${key}`
      if (taken.has(name)) return false
      taken.add(name)
      return true
    },
    get publicKey() {
      return pair().publicKey
    },
  }
}

/** Keys of the provider's certificates. Nothing in a message ever says which key counts, nor brings one along. */
import { type KeyObject, X509Certificate } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { TrustedSigner } from '../response/port.ts'

export interface SignerKey {
  readonly key: KeyObject
  readonly type: 'rsa' | 'ec'
  /** Units: milliseconds, like `Date`. */
  readonly from: number
  readonly until: number
}

/** A provider has three at most; parsing one costs more than verifying with it. */
const known = new LRUCache<string, { readonly key: SignerKey | null }>({ max: 5_000 })

/** Clocks may differ by this much. Source: CONTRACT.md section 5. */
export const SKEW_MS = 60_000

/** The keys of one type; what cannot be read as a certificate was refused when it was registered, and is left out. */
export function signerKeys({ certificates }: TrustedSigner, type: SignerKey['type']): SignerKey[] {
  return certificates.flatMap((one) => {
    const key = keyOf(one)
    return key?.type === type ? [key] : []
  })
}

export function isInUse({ from, until }: SignerKey, now: Date): boolean {
  return from <= now.getTime() + SKEW_MS && until > now.getTime() - SKEW_MS
}

function keyOf(base64: string): SignerKey | null {
  const found = known.get(base64)
  if (found !== undefined) return found.key
  const key = readKey(base64)
  known.set(base64, { key })
  return key
}

function readKey(base64: string): SignerKey | null {
  try {
    const { publicKey, validFrom, validTo } = new X509Certificate(Buffer.from(base64, 'base64'))
    const type = publicKey.asymmetricKeyType
    if (type !== 'rsa' && type !== 'ec') return null
    return { key: publicKey, type, from: Date.parse(validFrom), until: Date.parse(validTo) }
  } catch {
    return null
  }
}

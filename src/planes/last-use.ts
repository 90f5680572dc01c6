/** Notes when a credential was last used: at most once a minute each, beside the request and never in its way. */
import { LRUCache } from 'lru-cache'
import type { Credential } from '../registry/service-principal.ts'
import type { CredentialStore } from '../registry/service-principal-store.ts'

const EVERY_MS = 60_000

export function createLastUse(
  credentials: Pick<CredentialStore, 'touch'>,
  onFailure: (error: unknown) => void,
): (credential: Credential, at: Date) => void {
  const noted = new LRUCache<string, number>({ max: 10_000 })
  return ({ uid }, at) => {
    if (at.getTime() - (noted.get(uid) ?? 0) < EVERY_MS) return
    noted.set(uid, at.getTime())
    credentials.touch(uid, at).catch(onFailure)
  }
}

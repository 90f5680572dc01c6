/** What an issuer did with its keys, for the audit: whoever looks into a strange token wants to know when they changed. */
import type { JsonObject } from '../json.ts'
import type { RegistryStores, RegistryWrite, Write } from './stores.ts'

export interface PublishedKeys {
  readonly kids: readonly string[]
  /** Source: RFC 7638 */
  readonly thumbprints: readonly string[]
}

export interface KeysChange {
  readonly providerUid: string
  /** Where the keys were found. */
  readonly uri: string
  readonly before: PublishedKeys
  readonly after: PublishedKeys
}

/** Issuers have a handful; a record names no more than these. */
const NAMED = 20

/** Records that a provider's issuer publishes other keys than before, as action `provider.keys_changed` of the program itself. */
export async function recordKeysChanged(
  at: Pick<RegistryStores, 'providers'> & { readonly write: Write<RegistryWrite> },
  { providerUid, uri, before, after }: KeysChange,
): Promise<void> {
  const provider = await at.providers.getByUid(providerUid)
  // Removed meanwhile: there is nobody left to tell.
  if (provider === null) return
  const { organisation, id, uid } = provider
  await at.write(async (tx) =>
    tx.audit({
      organisation,
      actor: { organisation, subject: 'system', requestId: null },
      action: 'provider.keys_changed',
      target: { kind: 'provider', id, uid },
      before: recorded(uri, before),
      after: recorded(uri, after),
    }),
  )
}

function recorded(uri: string, { kids, thumbprints }: PublishedKeys): JsonObject {
  return { uri, kids: kids.slice(0, NAMED), thumbprints: thumbprints.slice(0, NAMED) }
}

/** What a SAML login remembers from its beginning to its end. Kept sealed by the plane. */
import type { JsonObject } from '../../../json.ts'

export interface LoginMemory {
  /** ID of our AuthnRequest, which the response must answer. */
  readonly requestId: string
  /** True: the person had to prove who they are for this very login. */
  readonly isForced: boolean
  /** The classes that were asked for, one of which must have been used; empty where none were. */
  readonly contexts: readonly string[]
  /** Milliseconds since 1970. */
  readonly begunAt: number
}

export function toMemory({ requestId, isForced, contexts, begunAt }: LoginMemory): JsonObject {
  return { saml: { requestId, isForced, contexts: [...contexts], begunAt } }
}

/** Null for anything that `toMemory` did not make: a login of another protocol, or of an older version. */
export function fromMemory({ saml }: JsonObject): LoginMemory | null {
  const { requestId, isForced, contexts, begunAt }: JsonObject = Object(saml)
  if (typeof requestId !== 'string' || requestId === '' || typeof begunAt !== 'number') return null
  if (typeof isForced !== 'boolean' || !Array.isArray(contexts)) return null
  return { requestId, isForced, contexts: contexts.filter((one) => typeof one === 'string'), begunAt }
}

/** What a login of OpenID Connect remembers from its beginning to its end. Kept sealed by the plane. */
import type { JsonObject } from '../../../json.ts'

export interface LoginMemory {
  readonly carries: 'code' | 'id_token'
  readonly nonce: string
  /** PKCE; null where none was sent. */
  readonly verifier: string | null
  /** Seconds, as sent; null where no fresh login was asked for. */
  readonly maxAge: number | null
  /** True: authentication contexts of Entra were asked for, whose tokens say no `auth_time` of their own. */
  readonly asksContexts: boolean
  /** Milliseconds since 1970. An ID token of this login cannot be older. */
  readonly begunAt: number
}

export function toMemory(memory: LoginMemory): JsonObject {
  return { ...memory }
}

/** Null for anything that `toMemory` did not make: a login of another protocol, or of an older version. */
export function fromMemory(memory: JsonObject): LoginMemory | null {
  const { carries, nonce, verifier, maxAge, asksContexts, begunAt } = memory
  if (carries !== 'code' && carries !== 'id_token') return null
  if (typeof nonce !== 'string' || nonce === '' || typeof begunAt !== 'number') return null
  if (verifier !== null && typeof verifier !== 'string') return null
  if (maxAge !== null && typeof maxAge !== 'number') return null
  return { carries, nonce, verifier, maxAge, asksContexts: asksContexts === true, begunAt }
}

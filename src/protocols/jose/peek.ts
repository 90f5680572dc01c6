/** Claims of a token without verifying anything: for showing to the operator who pasted it, never for a decision. */
import type { JsonObject } from '../../json.ts'
import { parseJws } from './jws.ts'

/** The claims as written, or null when there is nothing to read. */
export function peekClaims(token: string): JsonObject | null {
  const jws = parseJws(token)
  return typeof jws === 'string' ? null : jws.payload
}

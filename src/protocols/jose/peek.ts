/** Claims of a token without verifying anything: for showing to the operator who pasted it, never for a decision. */
import type { JsonObject } from '../../json.ts'
import { TOKEN_CHARACTERS } from './jws.ts'
import { parseStrictJson } from './strict-json.ts'

/** The claims as far as they can be read, whatever is wrong with the rest; null when there is nothing to read. */
export function peekClaims(token: string): JsonObject | null {
  if (token.length > TOKEN_CHARACTERS) return null
  const claims = parseStrictJson(Buffer.from(token.split('.', 2)[1] ?? '', 'base64url'))
  return typeof claims === 'string' ? null : claims
}

/** What may be an e-mail address at all. */
import type { Json } from '../../json.ts'

/** Source: RFC 5321 §4.5.3.1.3, less its two brackets. */
const CHARACTERS = 254

/** One `@` between something and something, without spaces; that mail arrives there is for the provider to say. */
export function isAddress(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length <= CHARACTERS && /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u.test(value)
}

/** Values of claims that are shown to operators and kept in decisions, without what could be used to come in. */
import type { Json } from '../json.ts'
import { isJsonList } from './values.ts'

export const WITHHELD = '(withheld)'

/** Names of members that hold secrets, or what vouches for them; `token_type` and `token_use` do not. */
const SECRET_NAME =
  /secret|passw(?:or)?d|credential|private_?key|api_?key|cookie|authorization|nonce|(?:token|assertion|hash|otp)s?$/i

/** Tokens and keys by their looks: JWTs, PEM, and the prefixes that well-known services give theirs. */
const SECRET_TEXT =
  /\beyJ[\w-]{8,}\.[\w-]+|-----BEGIN [A-Z ]+-----|\b(?:gh[oprsu]_|github_pat_|glpat-|xox[abeprs]-|AKIA|ASIA|sk-|hvs\.|ya29\.)[\w.-]{10,}/

/** Whether a member of this name is shown at all. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}

/** The value with each text that looks like a secret, and each member with such a name, replaced. */
export function withoutSecrets(json: Json): Json {
  if (typeof json === 'string') return SECRET_TEXT.test(json) ? WITHHELD : json
  if (typeof json !== 'object' || json === null) return json
  if (isJsonList(json)) return json.map(withoutSecrets)
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, isSecretName(name) ? WITHHELD : withoutSecrets(value)]),
  )
}

/** `WWW-Authenticate` of a refusal. Source: RFC 6750 §3, RFC 9449 §7.1, RFC 9470 §3. */

export interface Challenge {
  readonly isDpop: boolean
  /** Null: there was no token, and nothing is said of it. */
  readonly error:
    | 'invalid_token'
    | 'invalid_dpop_proof'
    | 'insufficient_scope'
    | 'insufficient_user_authentication'
    | null
  readonly description?: string
  readonly scope?: readonly string[]
  readonly acrValues?: readonly string[]
  /** Seconds. */
  readonly maxAge?: number | null
}

export function challengeOf({
  isDpop,
  error,
  description,
  scope = [],
  acrValues = [],
  maxAge = null,
}: Challenge): string {
  const parameters = [
    ...(error === null ? [] : [`error=${quoted(error)}`]),
    ...(description === undefined ? [] : [`error_description=${quoted(description)}`]),
    ...(scope.length === 0 ? [] : [`scope=${quoted(scope.join(' '))}`]),
    ...(acrValues.length === 0 ? [] : [`acr_values=${quoted(acrValues.join(' '))}`]),
    ...(maxAge === null ? [] : [`max_age=${quoted(String(maxAge))}`]),
  ]
  const scheme = isDpop ? 'DPoP' : 'Bearer'
  return parameters.length === 0 ? scheme : `${scheme} ${parameters.join(', ')}`
}

/** Source: RFC 9110 §5.6.4, quoted-string. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

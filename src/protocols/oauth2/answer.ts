/**
 * The rungs `state`, `sender` and `answer`: does this answer belong to the login, who gave it, and is it a yes. All of them
 * are climbed before anything is sent to a token endpoint, so that a mixed-up code never leaves the house.
 *
 * Source: RFC 6749 §4.1.2, RFC 9207 §2.4, OpenID Connect Core §3.1.2.6.
 */

import type { Ladder } from '../../decisions/ladder.ts'
import type { SignInCode } from '../../decisions/sign-in-codes.ts'
import type { SignInReturn } from '../../registry/protocol.ts'

export interface ExpectedAnswer {
  /** The parameter that holds what was asked for. */
  readonly carries: 'code' | 'id_token'
  /** True: an answer without `iss` is refused. */
  readonly namesIssuer: boolean
  /** Every issuer that may have answered, letter for letter; empty where the provider has none. */
  readonly issuers: readonly string[]
}

/** Codes in use have up to two thousand characters; an ID token is held to its own limit. */
const CODE_CHARACTERS = 16_384

/** The code or the ID token; null, on a lenient ladder, when there is none that may be used. */
export function judgeAnswer(answer: SignInReturn, expected: ExpectedAnswer, ladder: Ladder): string | null {
  const { parameters, state } = answer
  const isOurs = ladder.check('state', state !== '' && parameters.state === state, 'answer.state_mismatch')
  const isSender = judgeSender(parameters.iss, expected, ladder)
  if (parameters.error !== undefined) {
    const said = parameters.error_description === undefined ? '' : `: ${parameters.error_description}`
    ladder.check('answer', false, errorCode(parameters.error), `a ${expected.carries}`, `${parameters.error}${said}`)
    return null
  }
  const found = parameters[expected.carries] ?? ''
  const isThere = found !== '' && found.length <= CODE_CHARACTERS
  const holds = ladder.check('answer', isThere, 'answer.empty', `a ${expected.carries}`, isThere ? undefined : 'none')
  return isOurs && isSender && holds ? found : null
}

function judgeSender(iss: string | undefined, { issuers, namesIssuer }: ExpectedAnswer, ladder: Ladder): boolean {
  if (iss === undefined) {
    if (namesIssuer) return ladder.check('sender', false, 'answer.issuer_missing', () => issuers.join(' '), 'none')
    ladder.skip('sender', 'the provider does not name its issuer in answers')
    return true
  }
  if (issuers.length === 0) {
    // OAuth 2.0 without OpenID Connect: no issuer is known that it could be compared with.
    ladder.skip('sender', 'no issuer of the provider is known')
    return true
  }
  return ladder.check('sender', issuers.includes(iss), 'answer.issuer_mismatch', () => issuers.join(' '), iss)
}

const ERRORS: ReadonlyMap<string, SignInCode> = new Map([
  ['access_denied', 'upstream.access_denied'],
  ['login_required', 'upstream.login_required'],
  ['interaction_required', 'upstream.interaction_required'],
  ['consent_required', 'upstream.interaction_required'],
  ['account_selection_required', 'upstream.interaction_required'],
  ['unmet_authentication_requirements', 'upstream.level_unmet'],
  ['invalid_request', 'upstream.request_refused'],
  ['unauthorized_client', 'upstream.request_refused'],
  ['unsupported_response_type', 'upstream.request_refused'],
  ['invalid_scope', 'upstream.request_refused'],
  ['application_suspended', 'upstream.request_refused'],
  ['redirect_uri_mismatch', 'upstream.request_refused'],
  ['server_error', 'upstream.unavailable'],
  ['temporarily_unavailable', 'upstream.unavailable'],
])

function errorCode(error: string): SignInCode {
  return ERRORS.get(error) ?? 'upstream.error'
}

/** The token-exchange grant: parameters in, RFC 8693 body out. Source: RFC 8693 §2.1, §2.2.1. */
import { type Attempt, refuse } from '../attempt.ts'
import type { Form, Grant } from '../grant.ts'
import { malformed } from '../oauth-error.ts'
import { type ExchangePlane, type ExchangeRequest, exchange } from './exchange.ts'
import { findTrust, targetsAmong } from './find-trust.ts'
import type { TokenSubjects } from './subjects.ts'

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** Types a workload may name its token by; which of them a token really is, the protocol judges. */
const SUBJECT_TOKEN_TYPES = new Set(
  ['jwt', 'id_token', 'access_token'].map((name) => `urn:ietf:params:oauth:token-type:${name}`),
)
const SAML2 = 'urn:ietf:params:oauth:token-type:saml2'

/** 16 KiB. Source: CONTRACT.md section 5. */
const TOKEN_BYTES = 16 * 1024

export function tokenExchangeGrant(at: ExchangePlane & { readonly subjects: TokenSubjects }): Grant {
  return {
    grantType: TOKEN_EXCHANGE,
    plane: 'token-exchange',
    async handle({ form, attempt }) {
      const request = readRequest(attempt, form)
      const names = { clientId: form.one('client_id'), audiences: form.all('audience') }
      const addressed = await findTrust(at.subjects, attempt, names)
      const { accessToken, lifetimeSeconds, scope } = await exchange(at, attempt, addressed, request)
      return {
        access_token: accessToken,
        issued_token_type: ACCESS_TOKEN,
        token_type: 'Bearer',
        expires_in: lifetimeSeconds,
        ...(scope === null ? {} : { scope }),
      }
    },
  }
}

/** The rung `request`: what can be said of the form alone. */
function readRequest(attempt: Attempt, form: Form): ExchangeRequest {
  const wrong = (description: string) =>
    refuse(attempt, 'request', 'request.invalid', { error: malformed(description), actual: description })
  const subjectToken = form.one('subject_token')
  const subjectTokenType = form.one('subject_token_type')
  if (subjectToken === undefined) return wrong('subject_token is missing.')
  if (subjectTokenType === undefined) return wrong('subject_token_type is missing.')
  if (subjectTokenType === SAML2) return wrong('SAML assertions are not exchanged by this version of Entente.')
  if (!SUBJECT_TOKEN_TYPES.has(subjectTokenType)) return wrong('subject_token_type is not supported.')
  if (subjectToken.length > TOKEN_BYTES) {
    const error = malformed('subject_token is larger than 16 KiB.')
    refuse(attempt, 'request', 'token.malformed', {
      error,
      expected: '16 KiB at most',
      actual: `${subjectToken.length} bytes`,
    })
  }
  const requested = form.one('requested_token_type')
  if (requested !== undefined && requested !== ACCESS_TOKEN)
    return wrong('requested_token_type must be an access token.')
  if (form.one('actor_token') !== undefined || form.one('actor_token_type') !== undefined)
    return wrong('actor_token is not supported.')
  if (form.one('client_secret') !== undefined || form.one('client_assertion') !== undefined) {
    return wrong('A trust is a public client: send client_id without a secret or assertion.')
  }
  attempt.ladder.check('request', true, 'request.invalid')
  const targets = [...form.all('resource'), ...targetsAmong(form.all('audience'))]
  if (targets.length > 1) {
    const error = malformed('More than one target was requested.', 'invalid_target')
    refuse(attempt, 'request', 'request.invalid', {
      error,
      expected: 'one target',
      actual: `${targets.length} targets`,
    })
  }
  return { subjectToken, subjectTokenType, targets, scope: form.one('scope') }
}

/**
 * The JWT bearer grant: an outside token as the grant itself, under the rules of the exchange.
 *
 * Source: RFC 7523 §2.1, §3.1. `aud` follows the rule of subject tokens (CONTRACT.md section 5) and not the RFC's hint
 * at the token endpoint's URL, which all organisations share: a token must be meant for the one that takes it.
 */
import { refuse } from '../attempt.ts'
import { answerOf, type Grant } from '../grant.ts'
import { malformed, refusedGrant } from '../oauth-error.ts'
import { namedApp } from './app-caller.ts'
import { type ExchangeGrant, exchangeFor, requirePublicClient, requireSize } from './grant.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'

export function jwtBearerGrant(at: ExchangeGrant): Grant {
  return {
    grantType: JWT_BEARER,
    plane: 'token-exchange',
    isForApps: true,
    async handle(request) {
      const { form, attempt, endpoint } = request
      attempt.refusal = refusedGrant
      const app = await namedApp(at, request)
      const assertion = form.one('assertion')
      if (assertion === undefined) {
        const text = 'assertion is missing.'
        refuse(attempt, 'request', 'request.invalid', { error: malformed(text), actual: text })
      }
      requireSize(attempt, 'assertion', assertion)
      if (app === null) requirePublicClient(attempt, form)
      attempt.ladder.check('request', true, 'request.invalid')
      const token = { subjectToken: assertion, subjectTokenType: JWT, endpoint }
      return answerOf(await exchangeFor(at, request, token, app))
    },
  }
}

/** The token-exchange grant: parameters in, RFC 8693 body out. Source: RFC 8693 §2.1, §2.2.1. */
import type { App } from '../../registry/app.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { readProof } from '../dpop/token-request.ts'
import { answerOf, type Form, type Grant, type GrantRequest } from '../grant.ts'
import type { Issued } from '../issue.ts'
import { malformed } from '../oauth-error.ts'
import { requestedTargets } from '../target.ts'
import { type AppCallers, findPeopleFor, namedApp, requireApp } from './app-caller.ts'
import { EXCHANGE_LIFETIME_SECONDS, exchange } from './exchange.ts'
import { exchangePerson, type PersonExchange } from './exchange-person.ts'
import { findTrust, providerAmong, targetsAmong } from './find-trust.ts'
import { type PresentedToken, SAML2 } from './subject-token.ts'

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** Types a workload may name its token by; which of them a token really is, the protocol judges. */
const SUBJECT_TOKEN_TYPES = new Set(
  ['jwt', 'id_token', 'access_token'].map((name) => `urn:ietf:params:oauth:token-type:${name}`),
)

/** 16 KiB. Source: CONTRACT.md section 5. */
const TOKEN_BYTES = 16 * 1024
/** 256 KiB in base64, which may have line ends. Source: CONTRACT.md section 5. */
const ASSERTION_CHARACTERS = 400_000

export type ExchangeGrant = PersonExchange & AppCallers

export function tokenExchangeGrant(at: ExchangeGrant): Grant {
  return {
    grantType: TOKEN_EXCHANGE,
    plane: 'token-exchange',
    isForApps: true,
    async handle(request) {
      const app = await namedApp(at, request)
      const issued = await exchangeFor(at, request, readRequest(request, app), app)
      const { access_token, ...rest } = answerOf(issued)
      return { access_token, issued_token_type: ACCESS_TOKEN, ...rest }
    },
  }
}

/** What all grants of outside tokens have in common: who is addressed, what is asked for, and the climb. */
export async function exchangeFor(
  at: ExchangeGrant,
  request: GrantRequest,
  token: PresentedToken,
  app: App | null,
): Promise<Issued> {
  const { form, attempt } = request
  if (app !== null) await requireApp(at, request, app)
  const audiences = form.all('audience')
  const targets = requestedTargets(attempt, [...form.all('resource'), ...targetsAmong(audiences)])
  const addressed =
    app === null
      ? await findTrust(at.subjects, attempt, { clientId: form.one('client_id'), audiences })
      : await findPeopleFor(at.subjects, attempt, app, providerAmong(attempt, audiences))
  const proof = readProof(at, request, app?.requireDpop)
  const asked = { targets, scope: form.one('scope'), lifetimeSeconds: EXCHANGE_LIFETIME_SECONDS, proof, ...token }
  return addressed.kind === 'people'
    ? await exchangePerson(at, attempt, addressed, asked)
    : await exchange(at, attempt, addressed, asked)
}

/** The rung `request`: what can be said of the form alone. */
function readRequest({ attempt, form, endpoint }: GrantRequest, app: App | null): PresentedToken {
  const wrong = (description: string) =>
    refuse(attempt, 'request', 'request.invalid', { error: malformed(description), actual: description })
  const subjectToken = form.one('subject_token')
  const subjectTokenType = form.one('subject_token_type')
  if (subjectToken === undefined) return wrong('subject_token is missing.')
  if (subjectTokenType === undefined) return wrong('subject_token_type is missing.')
  if (subjectTokenType === SAML2) requireAssertionSize(attempt, subjectToken)
  else if (SUBJECT_TOKEN_TYPES.has(subjectTokenType)) requireSize(attempt, 'subject_token', subjectToken)
  else return wrong('subject_token_type is not supported.')
  const requested = form.one('requested_token_type')
  if (requested !== undefined && requested !== ACCESS_TOKEN)
    return wrong('requested_token_type must be an access token.')
  if (form.one('actor_token') !== undefined || form.one('actor_token_type') !== undefined)
    return wrong('actor_token is not supported.')
  if (app === null) requirePublicClient(attempt, form)
  attempt.ladder.check('request', true, 'request.invalid')
  return { subjectToken, subjectTokenType, endpoint }
}

/** Before anything is decoded. */
export function requireSize(attempt: Attempt, parameter: string, token: string): void {
  if (token.length <= TOKEN_BYTES) return
  const error = malformed(`${parameter} is larger than 16 KiB.`)
  const actual = `${token.length} characters`
  refuse(attempt, 'request', 'token.malformed', { error, expected: '16 KiB at most', actual })
}

function requireAssertionSize(attempt: Attempt, token: string): void {
  if (token.length <= ASSERTION_CHARACTERS) return
  const error = malformed('subject_token is larger than 256 KiB.')
  const actual = `${token.length} characters`
  refuse(attempt, 'request', 'saml.too_large', { error, expected: '256 KiB at most', actual })
}

export function requirePublicClient(attempt: Attempt, form: Form): void {
  if (form.one('client_secret') === undefined && form.one('client_assertion') === undefined) return
  const text = 'A trust is a public client: send client_id without a secret or assertion.'
  refuse(attempt, 'request', 'request.invalid', { error: malformed(text), actual: text })
}

/**
 * The grants of the token endpoint that the library answers: codes, refresh tokens, device codes. Judged by it, recorded
 * and worded by us like every other grant.
 *
 * Source: CONTRACT.md section 6, "Refusals".
 */

import type { IncomingMessage } from 'node:http'
import { decodeJwt } from 'jose'
import type { App } from '../../registry/app.ts'
import { type Attempt, refuse } from '../attempt.ts'
import type { Form } from '../grant.ts'
import { namedClient } from '../named-client.ts'
import { type OAuthError, refusedClient, refusedGrant, unavailable } from '../oauth-error.ts'
import { requestedTargets } from '../target.ts'
import { answerOf, type LibraryAnswer } from './answer.ts'
import { LIBRARY_GRANTS } from './clients.ts'
import type { OpenIdLibrary } from './library.ts'

export interface TokenGrantOptions {
  readonly library: OpenIdLibrary
  readonly findApp: (clientId: string) => Promise<App | null>
}

export interface LibraryGrants {
  readonly grantTypes: readonly string[]
  /** The enabled app of that client id, or null. */
  findApp(clientId: string): Promise<App | null>
  /** The answer to give; a failed rung throws `Refused`, after what to say was set on the attempt. Null: nothing to record. */
  answer(attempt: Attempt, form: Form, request: IncomingMessage): Promise<LibraryAnswer>
}

/** Everything else that is sent is ignored. Source: RFC 6749 §3.2. */
const PARAMETERS = [
  'grant_type',
  'code',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'device_code',
  'scope',
  'resource',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
] as const

/** Errors that say what to do differently and nothing of anybody's token. */
const TOLD = [
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'access_denied',
  'expired_token',
  'unmet_authentication_requirements',
  'invalid_dpop_proof',
] as const

/** A device that asks too early is told to wait: neither a grant nor a refusal. Source: RFC 8628 §3.5. */
const PATIENCE: readonly string[] = ['authorization_pending', 'slow_down']

export function libraryGrants({ library, findApp }: TokenGrantOptions): LibraryGrants {
  return {
    grantTypes: LIBRARY_GRANTS,
    findApp,
    async answer(attempt, form, request) {
      const given = PARAMETERS.flatMap((name) => {
        const value = form.one(name)
        return value === undefined ? [] : [[name, value] as const]
      })
      const app = await findApp(namedClient(form, request.headers.authorization) ?? '')
      if (app !== null) attempt.organisation = app.organisation
      requestedTargets(attempt, form.all('resource'))
      attempt.ladder.check('request', true, 'request.invalid')
      const answer = await answerOf(library, request, Object.fromEntries(given))
      const body: Readonly<Record<string, unknown>> = Object(parsed(answer.text))
      if (answer.status === 200) noteIssued(attempt, body)
      else if (!PATIENCE.includes(String(body.error))) refuseBy(attempt, answer, body)
      return answer
    },
  }
}

/** True where the answer only asks for patience: no decision is made of it. */
export function isPatience({ status, text }: Pick<LibraryAnswer, 'status' | 'text'>): boolean {
  return status === 400 && PATIENCE.includes(String(Object(parsed(text)).error))
}

/** Of our own token, just signed: what the decision says of it. */
function noteIssued(attempt: Attempt, body: Readonly<Record<string, unknown>>): void {
  const { jti = '', sub = '', exp = 0, scope, organization, provider } = decodeJwt(String(body.access_token))
  if (typeof organization === 'string') attempt.organisation = organization
  if (typeof provider === 'string') attempt.provider = provider
  attempt.ladder.check('grant', true, 'grant.invalid')
  const expiresAt = new Date(exp * 1000).toISOString()
  attempt.issued = { jti, sub, scope: typeof scope === 'string' ? scope : null, expiresAt }
}

/** The library's words where an app that has to bind its tokens sends no proof. */
const DPOP_MISSING = 'DPoP proof JWT not provided'

/** What the library was told by us while it judged: `configuration.ts`. */
const TOLD_BY_US = ['app.organization_denied', 'app.provider_denied', 'client.unauthenticated'] as const

function refuseBy(attempt: Attempt, { status, detail }: LibraryAnswer, body: Readonly<Record<string, unknown>>): never {
  const error = typeof body.error === 'string' ? body.error : 'server_error'
  const described = detail ?? body.error_description
  const why = typeof described === 'string' ? `${error}: ${described}` : error
  if (detail === DPOP_MISSING) {
    const told = {
      ...refusedGrant,
      error: 'invalid_dpop_proof' as const,
      description: 'This client must send a DPoP proof.',
    }
    refuse(attempt, 'dpop', 'dpop.missing', { error: told, expected: 'a DPoP proof', actual: 'none' })
  }
  const ours = TOLD_BY_US.find((one) => one === detail)
  if (ours !== undefined) refuse(attempt, 'client', ours, { error: refusedGrant })
  if (status >= 500) refuse(attempt, 'grant', 'grant.invalid', { error: unavailable, actual: why })
  if (error === 'invalid_client')
    refuse(attempt, 'client', 'client.unauthenticated', { error: refusedClient, actual: why })
  const known = TOLD.find((one) => one === error)
  const other: OAuthError = { ...refusedGrant, error: known ?? 'invalid_request' }
  const told = error === 'invalid_grant' ? refusedGrant : other
  refuse(attempt, 'grant', 'grant.invalid', { error: told, actual: why })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

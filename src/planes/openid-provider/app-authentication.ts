/**
 * Which app a request proves to come from, at every endpoint by the same rules: the library that knows apps judges secrets
 * and assertions, also where it does not answer itself.
 *
 * Source: RFC 6749 §2.3, RFC 7523 §3; CONTRACT.md section 6, "Client assertions".
 */
import type { IncomingMessage } from 'node:http'
import type { App } from '../../registry/app.ts'
import { type Attempt, refuse } from '../attempt.ts'
import type { Form } from '../grant.ts'
import { refusedClient, unavailable } from '../oauth-error.ts'
import { answerOf } from './answer.ts'
import { CALLED_AT, CLIENT_PROOF } from './clients.ts'
import type { OpenIdLibrary } from './library.ts'
import { ROUTES } from './paths.ts'

export interface ClientRequest {
  readonly form: Form
  /** As it came, its body read. */
  readonly request: IncomingMessage
  /** URL of the endpoint called, as we publish it: what an assertion may be meant for. */
  readonly endpoint: string
}

export interface AppAuthentication {
  /** The enabled app of that client id, or null. */
  findApp(clientId: string): Promise<App | null>
  /** Climbs the rung `client`: the app that the request names has proved itself, or is a public one. */
  prove(attempt: Attempt, app: App, asked: ClientRequest): Promise<void>
}

export interface AppAuthenticationOptions {
  readonly library: OpenIdLibrary
  readonly findApp: (clientId: string) => Promise<App | null>
}

/** Nothing else of the form is the library's business here. */
const PARAMETERS = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type']

export function createAppAuthentication({ library, findApp }: AppAuthenticationOptions): AppAuthentication {
  return {
    findApp,
    async prove(attempt, app, { form, request, endpoint }) {
      attempt.organisation = app.organisation
      const given = PARAMETERS.flatMap((name) => {
        const value = form.one(name)
        return value === undefined ? [] : [[name, value] as const]
      })
      const question = { ...Object.fromEntries(given), grant_type: CLIENT_PROOF, [CALLED_AT]: endpoint }
      const { status, text, detail } = await answerOf(library, asTokenRequest(request), question)
      if (status >= 500) refuse(attempt, 'client', 'client.unauthenticated', { error: unavailable, actual: text })
      if (status !== 200) {
        const expected = app.tokenEndpointAuthMethod
        refuse(attempt, 'client', 'client.unauthenticated', { error: refusedClient, expected, actual: detail ?? text })
      }
      attempt.ladder.check('client', true, 'client.unauthenticated')
    },
  }
}

/** The same request as if it had come to the token endpoint with a form, whatever it came with. */
function asTokenRequest(request: IncomingMessage): IncomingMessage {
  const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' }
  return Object.create(request, {
    url: { value: ROUTES.token, writable: true },
    method: { value: 'POST' },
    headers: { value: headers },
  })
}

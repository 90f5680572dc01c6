/** The client that asks about a token or ends one: an app or a credential, authenticated in the header or the form. */
import type { FastifyRequest } from 'fastify'
import { Refused } from '../decisions/ladder.ts'
import { clientAddress, limitKey } from '../http/client-address.ts'
import type { RefusalLimit } from '../http/refusal-limit.ts'
import { type App, clientIdOf } from '../registry/app.ts'
import { createAttempt } from './attempt.ts'
import { authenticateClient, type ClientAuthentication } from './client-credentials/authenticate.ts'
import type { Form } from './grant.ts'
import { type BasicCredentials, basicCredentials, namedClient } from './named-client.ts'
import { limited, malformed, type OAuthError, refusedClient } from './oauth-error.ts'
import type { AppAuthentication } from './openid-provider/app-authentication.ts'

export interface CallingClients extends ClientAuthentication {
  readonly apps: AppAuthentication
  readonly limit: RefusalLimit
  readonly now: () => Date
  readonly newUid: () => string
}

/** Proved; a public app has only said its name. */
export type CallingClient =
  | { readonly kind: 'app'; readonly app: App; readonly clientId: string; readonly organisation: string }
  | { readonly kind: 'credential'; readonly credential: string; readonly organisation: string }

/** True where the header is a client's, not a token's. */
export function isClientHeader(authorization: string | undefined): boolean {
  return authorization === undefined || /^basic /i.test(authorization)
}

/** The client, or what to tell it: it named none, did not prove itself, or was refused too often. */
export async function callingClient(
  at: CallingClients,
  request: FastifyRequest,
  form: Form,
): Promise<CallingClient | OAuthError> {
  const basic = basicCredentials(request.headers.authorization)
  const clientId = namedClient(form, request.headers.authorization)
  if (clientId === undefined) return refusedClient
  // Source: RFC 6749 §2.3.
  if (basic !== null && (form.one('client_secret') ?? form.one('client_assertion')) !== undefined)
    return malformed('A client proves itself in one way only.')
  const address = clientAddress(request)
  const key = limitKey(address)
  const credential = await at.subjects.credentials.get(clientId)
  const app = credential === null ? await at.apps.findApp(clientId) : null
  if (!at.limit.judge(key, app !== null || credential !== null).allowed) return limited
  const [id, now] = [at.newUid(), at.now()]
  const attempt = createAttempt({
    id,
    at: now,
    address,
    plane: 'client-credentials',
    mode: 'strict',
    refusal: refusedClient,
  })
  const endpoint = at.publicUrl + request.routeOptions.url
  try {
    if (app !== null) {
      await at.apps.prove(attempt, app, { form, request: request.raw, endpoint })
      return { kind: 'app', app, clientId: clientIdOf(app), organisation: app.organisation }
    }
    const found = await authenticateClient(at, attempt, basic === null ? form : inForm(form, basic), endpoint)
    return { kind: 'credential', credential: found.credential.id, organisation: found.organisation.id }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    at.limit.refused(key)
    return attempt.refusal
  }
}

/** What the header says, said in the form. */
function inForm(form: Form, { clientId, secret }: BasicCredentials): Form {
  const said = new Map([
    ['client_id', clientId],
    ['client_secret', secret],
  ])
  return { one: (name) => said.get(name) ?? form.one(name), all: form.all }
}

/**
 * The OpenID Provider library, opened for the keys that sign at the moment and handed requests as they came. Whoever opens it
 * takes late-library.ts, which does not load it before it is asked.
 */

import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider, { type Interaction, type InteractionResults, type KoaContextWithOIDC } from 'oidc-provider'
import type { OneTimeStore } from '../one-time-store.ts'
import type { Session } from '../sign-in/session.ts'
import { ASSERTION_AUDIENCES, CALLED_AT, CLIENT_PROOF } from './clients.ts'
import { configurationOf, type OpenIdProviderOptions } from './configuration.ts'
import type { Allowed } from './consents.ts'
import { renameLoginCookies, showLoginCookies } from './cookies.ts'
import { ROUTES } from './paths.ts'
import { type AppNotice, endLibrarySession } from './session-end.ts'
import { hashOfOpSession } from './stored-hash.ts'

export interface LibraryOptions extends OpenIdProviderOptions {
  /** Takes client assertions and DPoP proofs once. */
  readonly oneTime: OneTimeStore
  /** The library's session is over: signed out, or another person signed in. `opSession` as it is stored. Answers ours. */
  readonly onSessionEnded: (opSession: string) => Promise<readonly Session[]>
  readonly onError: (error: unknown) => void
}

export interface OpenIdLibrary {
  /** Answers the request; the caller has taken its hands off. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Ends the grant: no code or token that came of it counts any more. */
  endGrant(grantId: string): Promise<void>
  /** Ends the library's session, as it is stored, with all that hangs on it; answers whom to tell. */
  endSession(opSession: string): Promise<readonly AppNotice[]>
  /** Our sessions that this request has signed out of; none where it has not. */
  endedBy(request: IncomingMessage): Promise<readonly Session[]>
  /** `Set-Cookie` for a browser whose session was ended without the library. */
  endedCookie(): Promise<string>
  /** Adds to the grant of the interaction, or makes one; answers its id. `person` is a uid. */
  grant(interaction: Interaction, person: string, allowed: Allowed): Promise<string>
  /** Why this token request was refused, for operators; null where it was not. */
  refusalOf(request: IncomingMessage): string | null
  /** The interaction that the browser is in, by its cookie; null where there is none. */
  interaction(request: IncomingMessage, response: ServerResponse, uid: string): Promise<Interaction | null>
  /** The library's session that the browser is signed in with; null where there is none. */
  signedIn(request: IncomingMessage): Promise<string | null>
  /** Ends the interaction: answers where the browser goes on. */
  finish(request: IncomingMessage, response: ServerResponse, result: InteractionResults, uid: string): Promise<string>
  /** The library itself, for its artefacts. */
  provider(): Promise<Provider>
}

export function openLibrary(options: LibraryOptions): OpenIdLibrary {
  const { publicUrl, privateKeys } = options
  const url = new URL(publicUrl)
  let opened: { readonly keys: string; readonly provider: Provider } | null = null
  const refusals = new WeakMap<IncomingMessage, string>()
  const endings = new WeakMap<object, Promise<readonly Session[]>>()

  /** Anew only when a key has changed: every few months. */
  const provider = (): Provider => {
    const keys = privateKeys()
      .map(({ kid }) => String(kid))
      .join()
    if (opened?.keys === keys) return opened.provider
    const made = new Provider(publicUrl, configurationOf(options))
    // What the library takes for its own address is what we publish, whatever the request says: see `present`.
    made.proxy = true
    made.on('server_error', (_ctx, error) => options.onError(error))
    made.on('session.destroyed', (session) => {
      const ended = options.onSessionEnded(hashOfOpSession(session.uid))
      ended.catch(options.onError)
      endings.set(session, ended)
    })
    made.on('end_session.success', (ctx) => {
      const ended = ctx.oidc.session === undefined ? undefined : endings.get(ctx.oidc.session)
      if (ended !== undefined) endings.set(ctx.req, ended)
    })
    made.on('backchannel.error', (_ctx, error) => options.onError(error))
    made.on('grant.error', (ctx, { error_detail }) => {
      if (error_detail !== undefined) refusals.set(ctx.req, error_detail)
    })
    const proof = (ctx: KoaContextWithOIDC) => {
      ctx.body = { client_id: ctx.oidc.client?.clientId }
    }
    made.registerGrantType(CLIENT_PROOF, proof, [CALLED_AT])
    made.ReplayDetection.unique = takenOnce
    made.OIDCContext.prototype.clientJwtAuthExpectedAudience = function () {
      const { client, params = {}, route } = this
      const called = params.grant_type === CLIENT_PROOF ? String(params[CALLED_AT]) : this.urlFor(route)
      const more: unknown = client?.[ASSERTION_AUDIENCES]
      return new Set([publicUrl, publicUrl + ROUTES.token, called, ...(Array.isArray(more) ? more.map(String) : [])])
    }
    opened = { keys, provider: made }
    return made
  }

  /** The library looks and then writes, so that of two at once both would pass: here one statement says who was first. */
  const takenOnce = (client: string, jti: string, exp: number): Promise<boolean> => {
    const [at, until] = [options.now(), new Date(exp * 1000)]
    return options.oneTime.consume(`op:${client}`, createHash('sha256').update(jti).digest('base64url'), until, at)
  }

  /** The request as it looks behind our own address. */
  const present = (request: IncomingMessage, uid: string | null = null) => {
    request.headers.host = url.host
    request.headers['x-forwarded-host'] = url.host
    request.headers['x-forwarded-proto'] = url.protocol.slice(0, -1)
    showLoginCookies(request, loginCookies(), uid)
  }
  const loginCookies = () => ['interaction', 'resume'].map((name) => provider().cookieName(name))

  return {
    provider: async () => provider(),
    async endGrant(grantId) {
      await provider().RefreshToken.revokeByGrantId(grantId)
      // Without it nothing new hangs on what was ended.
      await (await provider().Grant.find(grantId, { ignoreExpiration: true }))?.destroy()
    },
    endSession: (opSession) => endLibrarySession(provider(), options, opSession),
    endedBy: async (request) => (await endings.get(request)) ?? [],
    endedCookie: async () =>
      `${provider().cookieName('session')}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${url.protocol === 'https:' ? '; Secure' : ''}`,
    async grant({ grantId, params }, person, allowed) {
      const known = grantId === undefined ? undefined : await provider().Grant.find(grantId)
      const grant = known ?? new (provider().Grant)({ accountId: person, clientId: String(params.client_id) })
      grant.addOIDCScope(allowed.scopes.join(' '))
      grant.addOIDCClaims([...allowed.claims])
      for (const [resource, scopes] of Object.entries(allowed.resources))
        grant.addResourceScope(resource, scopes.join(' '))
      return await grant.save()
    },
    refusalOf: (request) => refusals.get(request) ?? null,
    async handle(request, response) {
      present(request)
      renameLoginCookies(response, loginCookies())
      await provider().callback()(request, response)
    },
    async interaction(request, response, uid) {
      present(request, uid)
      try {
        return await provider().interactionDetails(request, response)
      } catch (error) {
        if (error instanceof Error && error.name === 'SessionNotFound') return null
        throw error
      }
    },
    async signedIn({ headers }) {
      const name = provider().cookieName('session')
      const pair = headers.cookie?.split(/;\s*/).find((one) => one.startsWith(`${name}=`))
      const session = pair === undefined ? undefined : await provider().Session.find(pair.slice(name.length + 1))
      return session?.accountId === undefined ? null : session.uid
    },
    async finish(request, response, result, uid) {
      present(request, uid)
      // A consent goes on from the login before it; a login begins anew.
      return await provider().interactionResult(request, response, result, {
        mergeWithLastSubmission: 'consent' in result,
      })
    },
  }
}

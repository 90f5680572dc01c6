/** The OpenID Provider library, opened for the keys that sign at the moment and handed requests as they came. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider, { type Interaction, type InteractionResults } from 'oidc-provider'
import { hashOfOpSession } from './adapter.ts'
import { configurationOf, type OpenIdProviderOptions } from './configuration.ts'
import { renameLoginCookies, showLoginCookies } from './cookies.ts'

export interface LibraryOptions extends OpenIdProviderOptions {
  /** The library's session is over: signed out, or another person signed in. `opSession` as it is stored. */
  readonly onSessionEnded: (opSession: string) => void
  readonly onError: (error: unknown) => void
}

export interface OpenIdLibrary {
  /** Answers the request; the caller has taken its hands off. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** The interaction that the browser is in, by its cookie; null where there is none. */
  interaction(request: IncomingMessage, response: ServerResponse, uid: string): Promise<Interaction | null>
  /** Ends the interaction: answers where the browser goes on. */
  finish(request: IncomingMessage, response: ServerResponse, result: InteractionResults, uid: string): Promise<string>
  /** Discovery as the library would publish it: what is switched on, in its own words. */
  readonly provider: () => Provider
}

export function openLibrary(options: LibraryOptions): OpenIdLibrary {
  const { publicUrl, privateKeys } = options
  const url = new URL(publicUrl)
  let opened: { readonly keys: string; readonly provider: Provider } | null = null

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
    made.on('session.destroyed', (session) => options.onSessionEnded(hashOfOpSession(session.uid)))
    opened = { keys, provider: made }
    return made
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
    provider,
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
    async finish(request, response, result, uid) {
      present(request, uid)
      return await provider().interactionResult(request, response, result, { mergeWithLastSubmission: false })
    },
  }
}

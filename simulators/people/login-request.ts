/**
 * What an application asks of a login, read from its request. An unknown client or address is nobody's to answer; anything
 * else that is wrong goes back to the application.
 *
 * Source: OpenID Connect Core §3.1.2.1, §5.5; RFC 7636 §4.3; Multiple Response Types §5.
 */
import type { Client, Clients } from './clients.ts'
import type { Claims } from './person.ts'

export interface LoginRequest {
  readonly client: Client
  readonly redirectUri: string
  readonly carries: 'code' | 'id_token'
  readonly responseMode: 'query' | 'form_post'
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly nonce: string | null
  readonly codeChallenge: string | null
  /** Seconds. */
  readonly maxAge: number | null
  /** As asked for, best first: by `acr_values`, or as a claim. */
  readonly acrValues: readonly string[]
  /** The part of `claims` that is about the ID token. */
  readonly idTokenClaims: Claims
  readonly loginHint: string | null
  readonly prompt: string | null
}

export type Read =
  | { readonly request: LoginRequest }
  /** Not to be sent anywhere. */
  | { readonly refusal: string }
  /** To be sent back. */
  | {
      readonly error: string
      readonly says: string
      readonly to: Pick<LoginRequest, 'redirectUri' | 'responseMode' | 'state'>
    }

export function readLoginRequest(parameters: URLSearchParams, clients: Clients): Read {
  const twice = [...new Set(parameters.keys())].find((name) => parameters.getAll(name).length > 1)
  const client = clients.get(parameters.get('client_id') ?? '')
  if (client === null) return { refusal: 'no such client' }
  const redirectUri = parameters.get('redirect_uri') ?? ''
  if (!isRegistered(client, redirectUri)) return { refusal: 'redirect_uri is not one of the client' }
  const carries = parameters.get('response_type')
  const mode = parameters.get('response_mode')
  const state = parameters.get('state')
  const to = { redirectUri, responseMode: mode === 'form_post' ? 'form_post' : 'query', state } as const
  const wrong = (error: string, says: string): Read => ({ error, says, to })
  if (twice !== undefined) return wrong('invalid_request', `${twice} is there twice`)
  if (carries !== 'code' && carries !== 'id_token') return wrong('unsupported_response_type', 'code or id_token')
  if (mode !== null && mode !== 'query' && mode !== 'form_post') return wrong('invalid_request', 'response_mode')
  const scopes = (parameters.get('scope') ?? '').split(' ').filter((one) => one !== '')
  const nonce = parameters.get('nonce')
  if (carries === 'id_token' && nonce === null) return wrong('invalid_request', 'an ID token from here needs a nonce')
  if (carries === 'id_token' && mode !== 'form_post') return wrong('invalid_request', 'an ID token goes by form_post')
  const codeChallenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (codeChallenge !== null && method !== 'S256') return wrong('invalid_request', 'code_challenge_method is not S256')
  const isPublic = client.secret === undefined && client.jwks === undefined && client.jwksUri === undefined
  if (carries === 'code' && isPublic && codeChallenge === null) return wrong('invalid_request', 'PKCE is needed')
  const maxAge = parameters.get('max_age')
  if (maxAge !== null && !/^\d{1,9}$/.test(maxAge)) return wrong('invalid_request', 'max_age')
  const idTokenClaims = idTokenPart(parameters.get('claims'))
  if (idTokenClaims === null) return wrong('invalid_request', 'claims')
  return {
    request: {
      client,
      ...to,
      carries,
      scopes,
      nonce,
      codeChallenge,
      maxAge: maxAge === null ? null : Number(maxAge),
      acrValues: [...(parameters.get('acr_values') ?? '').split(' '), ...valuesOf(idTokenClaims.acr)].filter(
        (one) => one !== '',
      ),
      idTokenClaims,
      loginHint: parameters.get('login_hint'),
      prompt: parameters.get('prompt'),
    },
  }
}

/** `{"value": …}` and `{"values": […]}` of a requested claim, as texts. */
export function valuesOf(asked: unknown): readonly string[] {
  const { value, values } = Object(asked)
  const all: readonly unknown[] = Array.isArray(values) ? values : value === undefined ? [] : [value]
  return all.filter((one) => typeof one === 'string')
}

function isRegistered({ redirectUris }: Client, redirectUri: string): boolean {
  return redirectUris === undefined ? URL.canParse(redirectUri) : redirectUris.includes(redirectUri)
}

/** Null for what is no object of objects. */
function idTokenPart(text: string | null): Claims | null {
  if (text === null) return {}
  try {
    const { id_token: part = {} } = Object(JSON.parse(text))
    return typeof part === 'object' && part !== null ? { ...part } : null
  } catch {
    return null
  }
}

/**
 * The endpoints of an OpenID Provider that asks nobody anything: whoever is chosen has signed in already. What a provider
 * says of its people, and under which names, is its profile's.
 *
 * Source: OpenID Connect Core §3.1, §3.2.2.5, §5.3; RFC 7636 §4.6; RFC 9207 §2; RP-Initiated Logout 1.0.
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { deliver } from '../documents.ts'
import { answerJson } from '../loopback.ts'
import type { IssuerKeys } from '../signing-keys.ts'
import { type FaultRow, NO_FAULT, tokenFault } from '../workloads/token-faults.ts'
import type { Clients } from './clients.ts'
import { createCodes, createKeepsakes, type Login } from './codes.ts'
import { bearerOf, formOf, queryOf } from './forms.ts'
import type { Happening, Parameters, Setting } from './login-faults.ts'
import { type LoginRequest, readLoginRequest } from './login-request.ts'
import { answerPage, sendBack } from './pages.ts'
import type { Cast, Claims, Person } from './person.ts'

/** How one provider differs from another. */
export interface Profile {
  issuerOf(person: Person): string
  /** Whether answers name the issuer, as RFC 9207 has it. */
  readonly namesIssuer: boolean
  /** Of the ID token, beside issuer, audience, times, nonce and hashes. */
  claimsOf(person: Person, asked: LoginRequest, at: number): Claims
  userInfoOf(person: Person, scopes: readonly string[]): Claims
  /** A sentence for who has no business here; null for who may sign in. */
  refusalOf?(person: Person): string | null
  /** What it says about its errors; default a word of no meaning. */
  readonly says?: Readonly<Record<string, string>>
  /** Where a client may address an assertion to. */
  readonly addresses: readonly string[]
}

export interface AuthorizationServer {
  authorize(request: IncomingMessage, response: ServerResponse, profile: Profile): Promise<void>
  token(request: IncomingMessage, response: ServerResponse, profile: Profile): Promise<void>
  userInfo(request: IncomingMessage, response: ServerResponse): void
  logOut(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Who the bearer token of the request was given to; null for none. */
  bearer(request: IncomingMessage): Person | null
}

export interface AuthorizationServerOptions {
  readonly keys: IssuerKeys
  readonly cast: Cast
  readonly clients: Clients
  readonly happening: Happening
  readonly now: () => Date
}

interface Access {
  readonly person: Person
  readonly profile: Profile
  readonly scopes: readonly string[]
}

const TOKEN_SECONDS = 3_600

export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const { keys, cast, clients, happening, now } = options
  const seconds = () => Math.floor(now().getTime() / 1000)
  const codes = createCodes(cast, happening, seconds)
  const access = createKeepsakes<Access>()
  let lastToken: string | null = null

  async function idToken(profile: Profile, { person, asked, at }: Login, accessToken: string | null): Promise<string> {
    const issuer = profile.issuerOf(person)
    const good: Claims = {
      iss: issuer,
      aud: asked.client.id,
      iat: at,
      exp: at + TOKEN_SECONDS,
      ...(asked.nonce === null ? {} : { nonce: asked.nonce }),
      ...(accessToken === null ? {} : { at_hash: halfHash(accessToken) }),
      ...profile.claimsOf(person, asked, at),
    }
    const setting: Setting = { issuer, cast, person, asked, at }
    const claims = happening.rows.reduce((before, row) => row.claims?.(before, setting) ?? before, good)
    const name = happening.rows.find((row) => row.token !== undefined)?.token
    if (name === 'replayed' && lastToken !== null) return lastToken
    const fault: FaultRow = name === undefined || name === 'replayed' ? NO_FAULT : tokenFault(name)
    const draft = fault.alter?.({ claims, header: {}, key: 'current' }, at) ?? {
      claims,
      header: {},
      key: 'current' as const,
    }
    const token = await keys.sign(draft.claims, { header: draft.header, key: draft.key })
    if (name === undefined) lastToken = token
    const [key] = keys.jwks().keys
    return fault.spoil === undefined || key === undefined ? token : fault.spoil(token, key)
  }

  return {
    async authorize(request, response, profile) {
      const how = happening.endpoint('authorize')
      if (how.kind !== 'none') return deliver(response, how, { path: '', content: () => ({}) })
      const parameters = request.method === 'POST' ? await formOf(request) : queryOf(request)
      const read = readLoginRequest(parameters, clients)
      if ('refusal' in read) return answerPage(response, 400, 'This request is nobody’s', read.refusal)
      if ('error' in read) {
        const { error, says, to } = read
        return sendBack(response, to, withState({ error, error_description: says }, to.state))
      }
      const asked = read.request
      const hinted = cast.comes(asked.loginHint)
      const person = happening.rows.reduce((before, row) => row.person?.(before, cast) ?? before, hinted)
      const refusal = profile.refusalOf?.(person) ?? null
      if (refusal !== null) return answerPage(response, 400, 'Sign-in is not possible', refusal)
      const login: Login = { person, asked, at: seconds() }
      const issuer = profile.issuerOf(person)
      const brings: Parameters =
        asked.carries === 'code' ? { code: codes.give(login) } : { id_token: await idToken(profile, login, null) }
      const good = withState({ ...brings, ...(profile.namesIssuer ? { iss: issuer } : {}) }, asked.state)
      const setting: Setting = { issuer, cast, ...login }
      sendBack(
        response,
        asked,
        happening.rows.reduce((before, row) => row.answer?.(before, setting) ?? before, good),
      )
    },
    async token(request, response, profile) {
      const form = await formOf(request)
      const { authorization } = request.headers
      const client = await clients.authenticate({ authorization, form }, profile.addresses)
      const refuse = (status: number, error: string) =>
        answerJson(response, status, { error, error_description: profile.says?.[error] ?? 'simulated' })
      if (client === null) return refuse(401, 'invalid_client')
      if (form.get('grant_type') !== 'authorization_code') return refuse(400, 'unsupported_grant_type')
      const login = codes.take(client, form)
      if (login === null) return refuse(400, 'invalid_grant')
      const { person, asked } = login
      const accessToken = access.keep({ person, profile, scopes: asked.scopes })
      const answer: Claims = {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: TOKEN_SECONDS,
        scope: asked.scopes.join(' '),
        ...(asked.scopes.includes('openid') ? { id_token: await idToken(profile, login, accessToken) } : {}),
      }
      const given = happening.rows.reduce((before, row) => row.tokens?.(before) ?? before, answer)
      deliver(response, happening.endpoint('token'), { path: '', content: () => given })
    },
    userInfo(request, response) {
      const found = access.get(bearerOf(request))
      if (found === null) return answerJson(response, 401, { error: 'invalid_token' })
      const { person, profile, scopes } = found
      const good = profile.userInfoOf(person, scopes)
      const claims = happening.rows.reduce((before, row) => row.userInfo?.(before, { cast, person }) ?? before, good)
      deliver(response, happening.endpoint('userinfo'), { path: '', content: () => claims })
    },
    async logOut(request, response) {
      const parameters = request.method === 'POST' ? await formOf(request) : queryOf(request)
      const to = parameters.get('post_logout_redirect_uri')
      const client = clients.get(parameters.get('client_id') ?? audienceOf(parameters.get('id_token_hint')))
      const isKnown = client !== null && (client.postLogoutRedirectUris?.includes(to ?? '') ?? true)
      if (to === null || !isKnown) return answerPage(response, 200, 'Signed out', 'Nothing else happens here.')
      const state = parameters.get('state')
      sendBack(response, { redirectUri: to, responseMode: 'query' }, withState({}, state))
    },
    bearer: (request) => access.get(bearerOf(request))?.person ?? null,
  }
}

function withState(parameters: Parameters, state: string | null): Parameters {
  return state === null ? parameters : { ...parameters, state }
}

/** Unverified: whose logout it is decides nothing but where the browser goes. */
function audienceOf(token: string | null): string {
  try {
    const { aud } = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString())
    return typeof aud === 'string' ? aud : ''
  } catch {
    return ''
  }
}

/** Source: OpenID Connect Core §3.1.3.6; all simulated providers sign with SHA-256. */
function halfHash(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')
}

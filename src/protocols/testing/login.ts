/** A whole login against a provider that exists only as answers to the outbound fetch, and that lies where it is told to. */
import { createHash } from 'node:crypto'
import type { Rung } from '../../decisions/decision.ts'
import { createLadder, Refused } from '../../decisions/ladder.ts'
import { Fault } from '../../fault.ts'
import type { OutboundAnswer, OutboundFetch } from '../../http/outbound-port.ts'
import { createWebFetch } from '../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../json.ts'
import type { Protocol, SignedIn, SignInRequest, SignInReturn } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { createTestKey, mint, type TestKey } from './minting.ts'
import { ISSUER, KEYS_URL, NOW, providerOf } from './upstream.ts'

export const CLIENT = 'entente-at-upstream'
export const SECRET = 'canary-secret-of-the-client'
export const ACCESS_TOKEN = 'canary-access-token'
export const CODE = 'canary-code'
export const STATE = 'canary-state'
export const RETURN_URL = 'https://entente.example/sign-in/default/corp/return'
export const AUTHORIZE_URL = `${ISSUER}/authorize`
export const TOKEN_URL = `${ISSUER}/token`
export const USERINFO_URL = `${ISSUER}/userinfo`

export interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly form: Readonly<Record<string, string>>
}

/** What a URL answers: a JSON value, a raw answer, or the one failure of the guarded fetch. */
export type Answer = { readonly json: unknown; readonly status?: number } | { readonly raw: string } | 'unreachable'

export interface FakeProvider {
  readonly fetch: OutboundFetch
  readonly webFetch: ReturnType<typeof createWebFetch>
  readonly key: TestKey
  readonly sent: Sent[]
  reply(url: string, answer: Answer | ((sent: Sent) => Answer)): void
}

export function createFakeProvider(key: TestKey = createTestKey('RS256', 'rs')): FakeProvider {
  const answers = new Map<string, Answer | ((sent: Sent) => Answer)>()
  const sent: Sent[] = []
  const fetch: OutboundFetch = async ({ url, method = 'GET', headers = {}, body }) => {
    const form = Object.fromEntries(new URLSearchParams(Buffer.from(body ?? []).toString()))
    const request = { url, method, headers, form }
    sent.push(request)
    const found = answers.get(url) ?? { json: {}, status: 404 }
    const answer = typeof found === 'function' ? found(request) : found
    if (answer === 'unreachable') throw new Fault('upstream', 'outbound.failed', 'no')
    if ('raw' in answer) return answerOf(200, answer.raw)
    return answerOf(answer.status ?? 200, JSON.stringify(answer.json))
  }
  answers.set(KEYS_URL, { json: { keys: [key.jwk] } })
  return { fetch, webFetch: createWebFetch(fetch), key, sent, reply: (url, answer) => void answers.set(url, answer) }
}

function answerOf(status: number, text: string): OutboundAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) }
}

export function corporate(settings: JsonObject = {}, change: Partial<Provider> = {}): Provider {
  const { discovered = {}, ...given } = settings
  const endpoints = { authorizationUrl: AUTHORIZE_URL, tokenUrl: TOKEN_URL, jwksUrl: KEYS_URL }
  return providerOf(
    { clientId: CLIENT, ...given, discovered: { ...endpoints, ...(discovered as JsonObject) } }, // see the tables
    { id: 'corp', use: 'workforce', known: 'UNSPECIFIED', ...change },
  )
}

export function requestOf(provider: Provider, change: Partial<SignInRequest> = {}): SignInRequest {
  return {
    provider,
    secret: (name) => (name === 'clientSecret' ? SECRET : null),
    returnUrl: RETURN_URL,
    state: STATE,
    loginHint: null,
    domainHint: null,
    demands: {},
    ...change,
  }
}

export const leftHalf = (text: string, hash = 'sha256') => {
  const digest = createHash(hash).update(text).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

export interface Lie {
  readonly request?: Partial<SignInRequest>
  /** Over the good claims; undefined takes a claim away. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: object
  readonly signedBy?: TestKey
  /** In place of the good token. */
  readonly idToken?: unknown
  /** Over the token endpoint's good answer. */
  readonly tokens?: Readonly<Record<string, unknown>>
  /** In place of the token endpoint's whole answer. */
  readonly tokenAnswer?: Answer
  readonly parameters?: Readonly<Record<string, string | undefined>>
  readonly userInfo?: Answer
  readonly memory?: JsonObject
  readonly mode?: 'strict' | 'lenient'
  /** Seconds between beginning and end. Default 5. */
  readonly lasts?: number
}

export interface Told {
  /** `accepted {subject}`, or the rung and the code that refused. */
  readonly told: string
  readonly person: SignedIn | null
  readonly rungs: readonly Rung[]
  readonly asked: URLSearchParams
  readonly memory: JsonObject
}

/** Begins, lets the provider answer, and finishes. */
export async function logIn(
  fake: FakeProvider,
  openProtocol: (now: () => Date) => Protocol,
  provider: Provider,
  lie: Lie = {},
): Promise<Told> {
  let at = NOW
  const { signIn } = openProtocol(() => at)
  if (signIn === undefined) throw new Error('nobody can sign in')
  const request = requestOf(provider, lie.request)
  const { url, memory } = await signIn.begin(request)
  const asked = new URL(url).searchParams
  at = new Date(NOW.getTime() + (lie.lasts ?? 5) * 1000)
  const idToken = lie.idToken ?? mint(lie.signedBy ?? fake.key, goodClaims(provider, asked, at, lie), lie.header)
  const tokens = {
    access_token: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: 3600,
    id_token: idToken,
    ...lie.tokens,
  }
  fake.reply(TOKEN_URL, lie.tokenAnswer ?? { json: tokens })
  if (lie.userInfo !== undefined) fake.reply(USERINFO_URL, lie.userInfo)
  const carried = asked.get('response_type') === 'id_token' ? { id_token: String(idToken) } : { code: CODE }
  const parameters = { state: asked.get('state') ?? '', ...carried, ...lie.parameters }
  const { loginHint: _, domainHint: __, ...kept } = request
  const answer: SignInReturn = {
    ...kept,
    parameters: Object.fromEntries(
      Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    memory: { ...memory, ...lie.memory },
    now: at,
  }
  const ladder = createLadder(lie.mode ?? 'strict')
  const seen = { asked, memory, rungs: ladder.rungs }
  try {
    const person = await signIn.finish(answer, ladder)
    const failure = ladder.failure
    if (failure !== null) return { ...seen, person, told: `${failure.rung} ${failure.code}` }
    return { ...seen, person, told: person === null ? 'null' : `accepted ${person.subject}` }
  } catch (error) {
    if (error instanceof Refused) return { ...seen, person: null, told: `${error.rung} ${error.code}` }
    throw error
  }
}

function goodClaims(provider: Provider, asked: URLSearchParams, at: Date, { claims }: Lie): Record<string, unknown> {
  const seconds = Math.floor(at.getTime() / 1000)
  return {
    iss: provider.expectedIssuer,
    sub: 'alice',
    aud: CLIENT,
    iat: seconds,
    exp: seconds + 300,
    nonce: asked.get('nonce') ?? undefined,
    ...claims,
  }
}

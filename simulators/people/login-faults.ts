/** The named things that can go wrong with a login by OpenID Connect: each is one change of a good one. */
import type { Misdelivery } from '../documents.ts'
import { TOKEN_FAULTS, type TokenFault } from '../workloads/token-faults.ts'
import type { LoginRequest } from './login-request.ts'
import type { Cast, Claims, Person } from './person.ts'

/** Of an answer that goes back with the browser. */
export type Parameters = Readonly<Record<string, string>>

export interface Setting {
  readonly issuer: string
  readonly cast: Cast
  readonly person: Person
  readonly asked: LoginRequest
  /** Seconds since 1970. */
  readonly at: number
}

export type EndpointName = 'authorize' | 'token' | 'userinfo' | 'graph' | 'emails'

export interface LoginFault {
  readonly says: string
  /** Who comes instead. */
  readonly person?: (person: Person, cast: Cast) => Person
  readonly claims?: (claims: Claims, setting: Setting) => Claims
  /** What is wrong with the ID token as a token. */
  readonly token?: TokenFault
  readonly answer?: (parameters: Parameters, setting: Setting) => Parameters
  readonly userInfo?: (claims: Claims, setting: Pick<Setting, 'cast' | 'person'>) => Claims
  /** What comes from the token endpoint, beside the ID token's own faults. */
  readonly tokens?: (answer: Claims) => Claims
  readonly endpoint?: { readonly name: EndpointName; readonly how: Misdelivery }
  readonly odd?: Oddity
  /** Where Graph says that its next page is, after each page. */
  readonly nextPage?: 'again' | 'elsewhere'
}

/**
 * `reuse`: a code is good for ever. `pkce`: no verifier is looked at. `other-code`: the code of another login is sent.
 * `unverified`: addresses count as unproved. `no-emails`: they may not be read.
 */
export type Oddity = 'reuse' | 'pkce' | 'other-code' | 'unverified' | 'no-emails'

const DAY = 86_400
const MINUTE = 60
const SLOW_MS = 2_000
const HUGE_BYTES = 64 * 1_048_576

const claims = (change: (setting: Setting, claims: Claims) => Claims) => (before: Claims, setting: Setting) => ({
  ...before,
  ...change(setting, before),
})
const answer = (change: Readonly<Record<string, string | undefined>>) => (parameters: Parameters) =>
  Object.fromEntries(
    Object.entries({ ...parameters, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
/** An answer that brings nothing but an error. */
const refused = (error: string) =>
  answer({ code: undefined, id_token: undefined, error, error_description: 'simulated' })
const failing = (name: EndpointName, how: Misdelivery) => ({ endpoint: { name, how } })

const ANSWERS: Readonly<Record<string, LoginFault>> = {
  'wrong-state': { says: 'the answer has the state of another login', answer: answer({ state: 'of-another-login' }) },
  'missing-state': { says: 'the answer has no state', answer: answer({ state: undefined }) },
  'missing-iss': { says: 'the answer does not name its issuer', answer: answer({ iss: undefined }) },
  'other-iss': { says: 'the answer names another issuer', answer: answer({ iss: 'https://issuer.other.example' }) },
  'missing-code': { says: 'the answer brings nothing', answer: answer({ code: undefined, id_token: undefined }) },
  'wrong-code': { says: 'the answer brings a code that nobody was given', answer: answer({ code: 'nobodys-code' }) },
  'code-of-another': { says: 'the answer brings the code of somebody else’s login', odd: 'other-code' },
  'access-denied': { says: 'the person says no', answer: refused('access_denied') },
  'login-required': { says: 'nobody is signed in and nobody may be asked', answer: refused('login_required') },
  'level-refused': {
    says: 'the asked level cannot be reached, and an error says so',
    answer: refused('unmet_authentication_requirements'),
  },
  'server-error': { says: 'the answer is an error of the server', answer: refused('server_error') },
  'authorize-unavailable': {
    says: 'the login page answers 503',
    ...failing('authorize', { kind: 'status', status: 503 }),
  },
}

const PERSONS: Readonly<Record<string, LoginFault>> = {
  'other-person': { says: 'somebody else signs in', person: (person, cast) => cast.otherThan(person) },
  'unverified-email': {
    says: 'nobody has proved the e-mail address',
    claims: (before) => ({
      ...before,
      email_verified: false,
      ...('xms_edov' in before ? { email_verified: undefined, xms_edov: false } : {}),
    }),
    userInfo: (before) => ({ ...before, ...('email_verified' in before ? { email_verified: false } : {}) }),
  },
  'email-verified-as-text': {
    says: 'email_verified is the text "true"',
    claims: claims(() => ({ email_verified: 'true' })),
    userInfo: (before) => ({ ...before, email_verified: 'true' }),
  },
  'missing-email': {
    says: 'there is no e-mail address',
    claims: claims(() => ({ email: undefined, email_verified: undefined })),
    userInfo: (before) => ({ ...before, email: undefined, email_verified: undefined }),
  },
  'missing-sub': { says: 'the ID token has no subject', claims: claims(() => ({ sub: undefined })) },
}

const PROOFS: Readonly<Record<string, LoginFault>> = {
  'wrong-nonce': {
    says: 'the ID token has the nonce of another login',
    claims: claims(() => ({ nonce: 'of-another-login' })),
  },
  'missing-nonce': { says: 'the ID token has no nonce', claims: claims(() => ({ nonce: undefined })) },
  'wrong-at-hash': {
    says: 'the ID token belongs to another access token',
    claims: claims(() => ({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  },
  'other-party': {
    says: 'the ID token is for us among others, and was given to another',
    claims: claims((_, { aud }) => ({ aud: [aud, 'somebody-else'], azp: 'somebody-else' })),
  },
  'no-acr': {
    says: 'the ID token says nothing about the level',
    claims: claims(() => ({ acr: undefined, amr: undefined })),
  },
  'other-acr': {
    says: 'the ID token names a level nobody asked for',
    claims: claims(() => ({ acr: 'urn:other:level' })),
  },
  'acr-as-list': {
    says: 'the level is a list of the asked ones',
    claims: claims(({ asked }) => ({ acr: asked.acrValues })),
  },
  'stale-auth-time': {
    says: 'the person proved themselves two days ago',
    claims: claims(({ at }) => ({ auth_time: at - 2 * DAY })),
  },
  'missing-auth-time': {
    says: 'the ID token does not say when that was',
    claims: claims(() => ({ auth_time: undefined })),
  },
  'zero-auth-time': { says: 'it was in 1970', claims: claims(() => ({ auth_time: 0 })) },
  'future-auth-time': { says: 'it will be in an hour', claims: claims(({ at }) => ({ auth_time: at + 60 * MINUTE })) },
  'auth-time-as-text': { says: 'the time is a text', claims: claims(({ at }) => ({ auth_time: String(at) })) },
  'issued-before': {
    says: 'the ID token was issued ten minutes before',
    claims: claims(({ at }) => ({ iat: at - 10 * MINUTE, nbf: undefined })),
  },
}

const ENDPOINTS: Readonly<Record<string, LoginFault>> = {
  'code-reuse': { says: 'a code is good as often as it is sent', odd: 'reuse' },
  'ignores-pkce': { says: 'a code is good without its verifier', odd: 'pkce' },
  'token-unavailable': { says: 'the token endpoint answers 503', ...failing('token', { kind: 'status', status: 503 }) },
  'token-slow': {
    says: 'the token endpoint takes two seconds',
    ...failing('token', { kind: 'slow', delayMs: SLOW_MS }),
  },
  'token-hangs': { says: 'the token endpoint begins to answer and never ends', ...failing('token', { kind: 'hang' }) },
  'token-html': { says: 'the token endpoint answers with a page of HTML', ...failing('token', { kind: 'html' }) },
  'token-huge': {
    says: 'the tokens come behind 64 MiB of spaces',
    ...failing('token', { kind: 'huge', bytes: HUGE_BYTES }),
  },
  'without-id-token': {
    says: 'the token endpoint gives no ID token',
    tokens: ({ id_token: _, ...rest }) => rest,
  },
  'userinfo-of-another': {
    says: 'the user info is about somebody else',
    userInfo: (before) => ({ ...before, sub: 'somebody-else' }),
  },
  'userinfo-without-sub': { says: 'the user info is about nobody', userInfo: ({ sub: _, ...rest }) => rest },
  'userinfo-unavailable': {
    says: 'the user info answers 503',
    ...failing('userinfo', { kind: 'status', status: 503 }),
  },
  'userinfo-slow': {
    says: 'the user info takes two seconds',
    ...failing('userinfo', { kind: 'slow', delayMs: SLOW_MS }),
  },
  'userinfo-hangs': { says: 'the user info begins to answer and never ends', ...failing('userinfo', { kind: 'hang' }) },
}

/** The ID token as a token: signature, algorithm, times, audience, issuer. */
const TOKENS: Readonly<Record<string, LoginFault>> = Object.fromEntries(
  Object.entries(TOKEN_FAULTS).map(([name, says]) => [
    name,
    // The same keys as those of the table it comes from.
    { says: `the ID token ${says}`, token: name as TokenFault },
  ]),
)

/** Those of a login whatever it speaks, by name. */
export function sharedFaults(...names: readonly string[]): Readonly<Record<string, LoginFault>> {
  return Object.fromEntries(
    names.map((name) => {
      const row = LOGIN_FAULTS[name]
      if (row === undefined) throw new Error(`no such fault: ${name}`)
      return [name, row]
    }),
  )
}

export const LOGIN_FAULTS: Readonly<Record<string, LoginFault>> = {
  ...ANSWERS,
  ...PERSONS,
  ...PROOFS,
  ...ENDPOINTS,
  ...TOKENS,
}

/** `lowest`: what a login gets that was not asked for anything. */
export function lowerAcr(lowest: string, amr: readonly string[]): LoginFault {
  return { says: 'a lower level is reached than was asked for', claims: claims(() => ({ acr: lowest, amr })) }
}

/** Name → what it does. */
export function saidOf(table: Readonly<Record<string, LoginFault>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(table).map(([name, { says }]) => [name, says]))
}

/** The faults that happen at the moment. */
export interface Happening {
  readonly rows: readonly LoginFault[]
  add(name: string): boolean
  clear(): void
  is(oddity: Oddity): boolean
  endpoint(name: EndpointName): Misdelivery
}

export function createHappening(table: Readonly<Record<string, LoginFault>>): Happening {
  const names = new Set<string>()
  const rows = () => [...names].flatMap((name) => table[name] ?? [])
  return {
    get rows() {
      return rows()
    },
    add(name) {
      if (!Object.hasOwn(table, name)) return false
      names.add(name)
      return true
    },
    clear: () => names.clear(),
    is: (oddity) => rows().some((row) => row.odd === oddity),
    endpoint: (name) => rows().find((row) => row.endpoint?.name === name)?.endpoint?.how ?? { kind: 'none' },
  }
}

/**
 * The rung `code`: trades the code for tokens at the token endpoint, through the guarded fetch. What the endpoint writes is
 * read strictly, once; the library sends the request and never sees an ID token, which is for our own verifier.
 *
 * Source: RFC 6749 §4.1.3, §5.1, §5.2. Nothing that was sent there is repeated in a decision.
 */
import { genericGrantRequest } from 'openid-client'
import type { Ladder } from '../../decisions/ladder.ts'
import type { SignInCode } from '../../decisions/sign-in-codes.ts'
import { Fault } from '../../fault.ts'
import type { WebFetch } from '../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../json.ts'
import { parseStrictJson } from '../jose/strict-json.ts'
import type { Upstream } from './client.ts'

export interface CodeToExchange {
  readonly code: string
  /** Exactly as it was sent with the browser. */
  readonly returnUrl: string
  readonly verifier: string | null
}

export interface Tokens {
  readonly accessToken: string
  /** Unverified; null where the endpoint gave none. */
  readonly idToken: string | null
}

/** Null, on a lenient ladder, when there are no tokens. */
export async function exchangeCode(
  fetch: WebFetch,
  upstream: Upstream,
  code: CodeToExchange,
  ladder: Ladder,
): Promise<Tokens | null> {
  const found = await ask(fetch, upstream, code)
  if ('accessToken' in found) {
    ladder.check('code', true, 'code.refused')
    return found
  }
  ladder.check('code', false, found.refusal, 'tokens', found.actual)
  return null
}

interface NoTokens {
  readonly refusal: SignInCode
  readonly actual: string
}

/** What the endpoint answered, as far as it could be read. */
interface Seen {
  status: number
  document: JsonObject | null
}

async function ask(
  fetch: WebFetch,
  upstream: Upstream,
  { code, returnUrl, verifier }: CodeToExchange,
): Promise<Tokens | NoTokens> {
  const seen: Seen = { status: 0, document: null }
  const strictFetch: WebFetch = async (url, init) => {
    const answer = await fetch(url, init)
    seen.status = answer.status
    const parsed = parseStrictJson(Buffer.from(await answer.arrayBuffer()))
    if (typeof parsed === 'string') throw new TypeError(parsed)
    seen.document = parsed
    const { id_token: _, ...shown } = parsed
    // Without the header of a challenge, which would hide the error that stands beside it.
    const headers = { 'content-type': 'application/json' }
    return new Response(JSON.stringify(shown), { status: answer.status, headers })
  }
  const parameters = { code, redirect_uri: returnUrl, ...(verifier === null ? {} : { code_verifier: verifier }) }
  try {
    const tokens = await genericGrantRequest(upstream.config(strictFetch), 'authorization_code', parameters)
    const { id_token: idToken = null, error } = seen.document ?? {}
    if (error !== undefined) return reasonOf(seen, null)
    if (tokens.token_type !== 'bearer') return malformed('another token type')
    if (idToken !== null && typeof idToken !== 'string') return malformed('an ID token that is no text')
    return { accessToken: tokens.access_token, idToken }
  } catch (error) {
    return reasonOf(seen, error)
  }
}

function malformed(actual: string): NoTokens {
  return { refusal: 'code.answer_malformed', actual }
}

/** The words of RFC 6749 §5.2 and RFC 8628; any other could be what we sent, returned. */
const ERRORS: ReadonlyMap<string, SignInCode> = new Map([
  ['invalid_client', 'code.client_refused'],
  ['unauthorized_client', 'code.client_refused'],
  ['incorrect_client_credentials', 'code.client_refused'],
  ['invalid_grant', 'code.refused'],
  ['bad_verification_code', 'code.refused'],
  ['redirect_uri_mismatch', 'code.refused'],
  ['invalid_request', 'code.refused'],
  ['unsupported_grant_type', 'code.refused'],
  ['invalid_scope', 'code.refused'],
  ['access_denied', 'code.refused'],
  ['server_error', 'code.unavailable'],
  ['temporarily_unavailable', 'code.unavailable'],
])

function reasonOf({ status, document }: Seen, error: unknown): NoTokens {
  const said = document?.error
  if (typeof said === 'string') {
    const refusal = ERRORS.get(said)
    if (refusal === undefined && status >= 500) return { refusal: 'code.unavailable', actual: `status ${status}` }
    if (refusal === undefined) return { refusal: 'code.refused', actual: 'an error of its own' }
    return { refusal, actual: `${said}${numberOf(document)}` }
  }
  if (isUnreachable(error)) return { refusal: 'code.unavailable', actual: 'no answer' }
  if (status >= 500) return { refusal: 'code.unavailable', actual: `status ${status}` }
  return malformed(document === null ? `status ${status}, no JSON object` : 'no tokens and no error')
}

/** Microsoft's numbers say what its one word does not: an expired secret, a return URL that is not registered. */
function numberOf(document: JsonObject | null): string {
  const text = document?.error_description
  const number = typeof text === 'string' ? /\bAADSTS\d{5,7}\b/.exec(text)?.[0] : undefined
  return number === undefined ? '' : ` ${number}`
}

/** The guarded fetch has one fault for all that can go wrong on the way; the library wraps it. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof Fault) return true
  return error instanceof Error && error.cause instanceof Fault
}

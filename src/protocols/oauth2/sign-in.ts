/**
 * How people sign in with GitHub: a code, then its user object. There is no ID token, so the account is what the API says of
 * the access token that our own code was traded for.
 *
 * Source: GitHub documentation, "Authorizing OAuth apps", "Get the authenticated user", "List email addresses for the
 * authenticated user"; on Enterprise Server the same paths below /api/v3.
 */
import type { Ladder } from '../../decisions/ladder.ts'
import type { WebFetch } from '../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../json.ts'
import type { SignedIn, SignIn, SignInRequest, SignInReturn } from '../../registry/protocol.ts'
import { protocolFault } from '../faults.ts'
import { isAddress } from './address.ts'
import { judgeAnswer } from './answer.ts'
import { authorizationUrl, promptOf } from './authorization-url.ts'
import { openUpstream, type Upstream } from './client.ts'
import { exchangeCode } from './code-exchange.ts'
import { createPkce } from './pkce.ts'
import { askList, askResource } from './resource.ts'

const SCOPES = ['read:user', 'user:email']
const ACCEPT = 'application/vnd.github+json'

export function githubSignIn(fetch: WebFetch): SignIn {
  return { begin, finish: (answer, ladder) => finish(fetch, answer, ladder) }
}

/** Faults: provider.endpoint_missing, provider.freshness_unsupported */
async function begin(request: SignInRequest) {
  const upstream = openUpstream(request, null)
  const { settings } = upstream
  const { demands, loginHint, state, returnUrl: redirect_uri } = request
  if (settings.tokenUrl === null || settings.userInfoUrl === null) throw protocolFault('provider.endpoint_missing')
  // Its session may be weeks old, and nothing that comes back says so.
  if (demands.maxAge !== undefined || (demands.acrs ?? []).length > 0) {
    throw protocolFault('provider.freshness_unsupported')
  }
  // Always: without a nonce there is nothing else that binds the code to this login. Source: RFC 9700 §2.1.1.
  const pkce = await createPkce(settings, true)
  const prompt = promptOf(settings.prompt, demands)
  const url = authorizationUrl(upstream, {
    client_id: settings.clientId,
    response_type: 'code',
    redirect_uri,
    scope: (settings.scopes ?? SCOPES).join(' '),
    state,
    ...pkce?.parameters,
    // Its hint is the name of an account; it knows nobody by an address.
    ...(loginHint === null || /[@.]/.test(loginHint) ? {} : { login: loginHint }),
    ...(prompt === null || prompt === 'none' ? {} : { prompt: 'select_account' }),
  })
  return { method: 'GET', url, fields: {}, memory: { verifier: pkce?.verifier ?? null } } as const
}

/** Null, on a lenient ladder, when nobody came. */
async function finish(fetch: WebFetch, answer: SignInReturn, ladder: Ladder): Promise<SignedIn | null> {
  const upstream = openUpstream(answer, null)
  const { verifier } = answer.memory
  const { returnUrl } = answer
  if (typeof verifier !== 'string') {
    ladder.check('state', false, 'answer.state_mismatch', 'what the login began with', 'another protocol')
    return ended(ladder, 'answer')
  }
  const code = judgeAnswer(answer, { carries: 'code', namesIssuer: false, issuers: [] }, ladder)
  if (code === null) return ended(ladder, 'code')
  const tokens = await exchangeCode(fetch, upstream, { code, returnUrl, verifier }, ladder)
  if (tokens === null) return ended(ladder, 'userinfo')
  const { accessToken } = tokens
  const user = await askUser(fetch, upstream, accessToken, ladder)
  if (user === null) return ended(ladder, 'subject')
  const subject = judgeAccount(user, ladder)
  if (subject === null) return ended(ladder, 'emails')
  const email = await askEmail(fetch, upstream, accessToken, user, ladder)
  return {
    subject,
    claims: claimsOf(user, subject, email),
    email,
    acr: null,
    amr: [],
    authTime: null,
    session: null,
    logout: {},
    sessionEndsAt: null,
  }
}

const RUNGS = ['answer', 'code', 'userinfo', 'subject', 'emails']

function ended(ladder: Ladder, next: string): null {
  for (const rung of RUNGS.slice(RUNGS.indexOf(next))) ladder.skip(rung, 'an earlier rung failed')
  return null
}

async function askUser(fetch: WebFetch, upstream: Upstream, accessToken: string, ladder: Ladder) {
  const { userInfoUrl: url } = upstream.settings
  const found = url === null ? 'unavailable' : await askResource(fetch, upstream, { url, accessToken, accept: ACCEPT })
  if (typeof found !== 'string') {
    ladder.check('userinfo', true, 'userinfo.unavailable')
    return found.document
  }
  ladder.check('userinfo', false, `userinfo.${found}`, 'a JSON object', found)
  return null
}

/** The numeric id: a login can be given up, and then belongs to whoever takes it next. */
function judgeAccount({ id, type }: JsonObject, ladder: Ladder): string | null {
  const isAccount = typeof id === 'number' && Number.isSafeInteger(id) && id > 0
  // Apps and organisations have ids, too; only people sign in.
  const isPerson = type === undefined || type === 'User'
  if (isAccount && isPerson) {
    ladder.check('subject', true, 'subject.account_missing', undefined, String(id))
    return String(id)
  }
  ladder.check('subject', false, 'subject.account_missing', 'the numeric id of a user', isAccount ? 'no user' : 'none')
  return null
}

/** The primary address where GitHub says that it is verified; else one that nobody vouches for. */
async function askEmail(
  fetch: WebFetch,
  upstream: Upstream,
  accessToken: string,
  user: JsonObject,
  ladder: Ladder,
): Promise<SignedIn['email']> {
  const url = `${upstream.settings.userInfoUrl}/emails`
  const list = await askList(fetch, upstream, { url, accessToken, accept: ACCEPT })
  if (typeof list === 'string') {
    ladder.skip('emails', `the addresses are ${list}: the scope user:email may be missing`)
    return unverified(user.email)
  }
  for (const item of list) {
    if (typeof item !== 'object' || item === null || !('email' in item) || item.primary !== true) continue
    const isVerified = item.verified === true
    ladder.check('emails', true, 'userinfo.unavailable', undefined, `primary, ${isVerified ? '' : 'not '}verified`)
    const found = unverified(item.email)
    return found === null ? null : { ...found, isVerified }
  }
  ladder.skip('emails', 'none is the primary one')
  return unverified(user.email)
}

function unverified(address: JsonObject[string] | undefined): SignedIn['email'] {
  return isAddress(address) ? { address, isVerified: false } : null
}

/** The user object, with what OpenID Connect calls things, so that mappings and mappers need not know whose it is. */
function claimsOf(user: JsonObject, subject: string, email: SignedIn['email']): JsonObject {
  const { email: _, email_verified: __, ...others } = user
  return {
    ...others,
    sub: subject,
    ...(typeof user.login === 'string' ? { preferred_username: user.login } : {}),
    ...(email === null ? {} : { email: email.address, email_verified: email.isVerified }),
  }
}

/**
 * What comes back from an OpenID Provider, rung by rung: whose answer it is, tokens for its code, the ID token, and what is
 * known beside it. Nothing is read from a token before its rungs have passed.
 *
 * Source: OpenID Connect Core §3.1.2.7, §3.1.3, §3.2.2.8; RFC 9207; CONTRACT.md sections 5 and 7.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { WebFetch } from '../../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../../json.ts'
import type { SignedIn, SignInReturn, VerifiedToken } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import type { ProviderKeys } from '../../jose/verify-jwt.ts'
import { judgeAnswer } from '../../oauth2/answer.ts'
import { openUpstream, type Upstream } from '../../oauth2/client.ts'
import { exchangeCode } from '../../oauth2/code-exchange.ts'
import type { SignAssertion } from '../../oauth2/own-key.ts'
import { isMicrosoftProvider, issuersOf } from '../microsoft.ts'
import { emailOf } from './email.ts'
import { withGroups } from './entra-groups.ts'
import { type LoginToken, verifyLoginToken } from './id-token.ts'
import { fromMemory, type LoginMemory } from './memory.ts'
import { withUserInfo } from './userinfo.ts'

export interface SignInHouse {
  readonly webFetch: WebFetch
  readonly now: () => Date
  readonly signAssertion: SignAssertion | null
  keysOf(provider: Provider): ProviderKeys
}

/**
 * Null, on a lenient ladder, when there is no ID token of this login to believe. With one that failed a later rung
 * (freshness, user info, groups, identity) the answer shows what is known; whoever grants anything asks `ladder.failure`.
 */
export async function finishSignIn(house: SignInHouse, answer: SignInReturn, ladder: Ladder): Promise<SignedIn | null> {
  const { provider, parameters } = answer
  const upstream = openUpstream(answer, house.signAssertion)
  const memory = fromMemory(answer.memory)
  if (memory === null) {
    ladder.check('state', false, 'answer.state_mismatch', 'what the login began with', 'another protocol')
    return ended(ladder, 'answer')
  }
  const expected = {
    carries: memory.carries,
    // An ID token names its issuer itself, and no code could leave. Source: RFC 9207 §2.4.
    namesIssuer: memory.carries === 'code' && upstream.settings.namesIssuer,
    issuers: issuersOf(provider),
  }
  const found = judgeAnswer(answer, expected, ladder)
  if (found === null) return ended(ladder, 'code')
  const login = await loginToken(house, upstream, answer, memory, found, ladder)
  if (login === null) return ended(ladder, 'token')
  const verified = await verifyLoginToken(answer, login, memory, house.keysOf(provider), ladder)
  if (verified === null) return ended(ladder, 'identity')
  // The template of all tenants allows several issuers: the one that answered has to be the one that signed.
  const { iss } = parameters
  if (iss !== undefined && !ladder.check('sender', iss === verified.claims.iss, 'answer.issuer_mismatch')) return null
  return await signedIn(house, upstream, login, verified, ladder)
}

/** Rungs after the token, in order; what ends before them skips them. */
const RUNGS = [
  ...['answer', 'code', 'token', 'issuer', 'key', 'signature', 'audience', 'time', 'subject', 'nonce', 'hash'],
  ...['freshness', 'identity', 'userinfo', 'groups'],
]

function ended(ladder: Ladder, next: string): null {
  for (const rung of RUNGS.slice(RUNGS.indexOf(next))) ladder.skip(rung, 'an earlier rung failed')
  return null
}

async function loginToken(
  { webFetch }: SignInHouse,
  upstream: Upstream,
  { returnUrl }: SignInReturn,
  { carries, verifier }: LoginMemory,
  found: string,
  ladder: Ladder,
): Promise<LoginToken | null> {
  const { clientId, tokenUrl, validatesSignature } = upstream.settings
  if (carries === 'id_token') {
    ladder.skip('code', 'the ID token came with the browser')
    return { token: found, clientId, isSignatureJudged: true, accessToken: null, code: null }
  }
  const tokens = await exchangeCode(webFetch, upstream, { code: found, returnUrl, verifier }, ladder)
  if (tokens === null) return null
  const { idToken: token, accessToken } = tokens
  if (token === null) {
    ladder.check('token', false, 'token.missing', 'an ID token', 'none')
    return null
  }
  const isOverTls = tokenUrl !== null && /^https:/i.test(tokenUrl)
  return { token, clientId, isSignatureJudged: validatesSignature || !isOverTls, accessToken, code: found }
}

async function signedIn(
  { webFetch, now }: SignInHouse,
  upstream: Upstream,
  { accessToken, token }: LoginToken,
  verified: VerifiedToken,
  ladder: Ladder,
): Promise<SignedIn> {
  const { provider } = upstream
  const subject = judgeIdentity(provider, verified, ladder)
  const informed = await withUserInfo(webFetch, upstream, accessToken, verified.claims, ladder)
  const claims = await withGroups({ fetch: webFetch, now }, upstream, accessToken, informed ?? verified.claims, ladder)
  const { acr, amr, auth_time: authTime, sid } = verified.claims
  return {
    subject,
    claims,
    email: emailOf(provider, claims),
    acr: typeof acr === 'string' ? acr : null,
    amr: Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : [],
    authTime: typeof authTime === 'number' ? new Date(authTime * 1000) : null,
    session: typeof sid === 'string' ? sid : null,
    logout: { idToken: token },
    sessionEndsAt: null,
  }
}

/** Entra's `sub` differs from one application to the next: its people are known by tenant and object, or not at all. */
function judgeIdentity(
  provider: Provider,
  { subject, linkedAs, claims }: VerifiedToken,
  ladder: Ladder,
): string | null {
  if (!isMicrosoftProvider(provider)) {
    ladder.skip('identity', 'the subject is the identity')
    return subject
  }
  const isKnown = ladder.check('identity', linkedAs !== undefined, 'subject.object_missing', 'tid and oid', () =>
    namesIn(claims),
  )
  return isKnown ? (linkedAs ?? null) : null
}

function namesIn({ tid, oid }: JsonObject): string {
  return `tid ${tid === undefined ? 'missing' : 'present'}, oid ${oid === undefined ? 'missing' : 'present'}`
}

/**
 * The rung `userinfo`: what the provider says of the person beside the ID token, merged over its claims.
 *
 * Source: OpenID Connect Core §5.3.2 (`sub` must be equal), §5.3.4; the values of assertionClaimsBehavior: wire.md section 3.1.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { WebFetch } from '../../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../../json.ts'
import type { Upstream } from '../../oauth2/client.ts'
import { askResource } from '../../oauth2/resource.ts'

/**
 * The claims with the user info over them. Null, on a lenient ladder, where it was wanted and cannot be had: the claims of
 * the token alone would be other ones than the mapping was written for.
 */
export async function withUserInfo(
  fetch: WebFetch,
  upstream: Upstream,
  accessToken: string | null,
  claims: JsonObject,
  ladder: Ladder,
): Promise<JsonObject | null> {
  const { claimsBehavior, userInfoUrl } = upstream.settings
  const isWanted = claimsBehavior === 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS'
  const why = reasonToSkip(upstream, accessToken)
  if (why !== null && !(isWanted && userInfoUrl === null)) {
    ladder.skip('userinfo', why)
    return claims
  }
  if (userInfoUrl === null || accessToken === null) {
    ladder.check('userinfo', false, 'userinfo.unavailable', 'a user-info URL', 'none')
    return null
  }
  const found = await askResource(fetch, upstream, { url: userInfoUrl, accessToken })
  if (typeof found === 'string') {
    ladder.check('userinfo', false, `userinfo.${found}`, 'a JSON object', found)
    return null
  }
  const { document } = found
  const isSame = typeof document.sub === 'string' && document.sub === claims.sub
  if (
    !ladder.check(
      'userinfo',
      isSame,
      'userinfo.subject_mismatch',
      () => `sub ${String(claims.sub)}`,
      isSame ? undefined : 'another',
    )
  )
    return null
  return merged(claims, document)
}

function reasonToSkip({ provider, settings }: Upstream, accessToken: string | null): string | null {
  if (settings.claimsBehavior === 'ONLY_ID_TOKEN_CLAIMS') return 'claims are taken from the ID token only'
  // A step-up asks what was proved, and only the signed token says that.
  if (provider.use === 'step-up') return 'a step-up goes by the ID token'
  if (accessToken === null) return 'there is no access token'
  return settings.userInfoUrl === null ? 'the provider has no user-info endpoint' : null
}

/** What the signed token says of itself, of the login and of whose token it is: nothing beside it can say otherwise. */
const OF_THE_TOKEN = new Set([
  ...['iss', 'sub', 'aud', 'azp', 'exp', 'iat', 'nbf', 'jti', 'nonce', 'at_hash', 'c_hash', 's_hash', 'sid', 'events'],
  ...['acr', 'amr', 'auth_time', 'acrs', 'tid', 'oid', 'hd', '_claim_names', '_claim_sources', 'hasgroups'],
])

/** What says that an address is verified holds for the address that it stands beside, and for no other. */
const OF_THE_ADDRESS = ['email_verified', 'xms_edov']

function merged(claims: JsonObject, info: JsonObject): JsonObject {
  const over = Object.fromEntries(Object.entries(info).filter(([name]) => !OF_THE_TOKEN.has(name)))
  const isOtherAddress = over.email !== undefined && over.email !== claims.email
  const kept = isOtherAddress
    ? Object.fromEntries(Object.entries(claims).filter(([name]) => !OF_THE_ADDRESS.includes(name)))
    : claims
  // Nor does it hold the other way round: verified there, of an address that only the token names.
  const said =
    over.email === undefined && claims.email !== undefined
      ? Object.fromEntries(Object.entries(over).filter(([name]) => !OF_THE_ADDRESS.includes(name)))
      : over
  return { ...kept, ...said }
}

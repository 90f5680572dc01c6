/** Which scope shows which claims of a person. Source: OpenID Connect Core §5.4; `groups` and the rest of `openid` are ours. */

export const CLAIMS_OF_SCOPES: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub', 'organization', 'provider', 'roles', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'given_name', 'family_name', 'preferred_username'],
  email: ['email', 'email_verified'],
  groups: ['groups'],
}

/** Everything that these scopes show together. */
export function claimsOfScopes(scopes: Iterable<string>): ReadonlySet<string> {
  const shown = new Set<string>()
  for (const scope of scopes) {
    const claims = Object.hasOwn(CLAIMS_OF_SCOPES, scope) ? CLAIMS_OF_SCOPES[scope] : undefined
    for (const claim of claims ?? []) shown.add(claim)
  }
  return shown
}

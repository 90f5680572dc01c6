/** What Entra's tokens say of a person. Source: Microsoft identity platform, "ID token claims reference", "Groups overage claim". */
import { hexOf, uuidOf } from '../workloads/made-up.ts'
import { type LoginRequest, valuesOf } from './login-request.ts'
import { type Claims, objectIdOf, type Person, subjectOf, tenantIdOf, withOwnClaims } from './person.ts'

export type Version = 1 | 2

/** How many groups a token holds, by the road that it takes. */
const GROUPS_LIMIT = { code: 200, id_token: 6 } as const
const CONTEXT = /^c[1-9]\d?$/

/** Groups are known by ids only. */
export function groupIdsOf({ groups }: Person): readonly string[] {
  return groups.map((group) => uuidOf(`group ${group}`))
}

export function entraClaims(person: Person, asked: LoginRequest, at: number, version: Version): Claims {
  const { name, login, email, isEmailVerified, company } = person
  const { scopes, idTokenClaims } = asked
  const contexts = valuesOf(idTokenClaims.acrs).filter((one) => CONTEXT.test(one))
  const asksTime = asked.maxAge !== null || 'auth_time' in idTokenClaims
  return withOwnClaims(
    {
      sub: subjectOf(person),
      nbf: at,
      ver: `${version}.0`,
      uti: hexOf(`${login} ${at}`, 22),
      ...(scopes.includes('profile')
        ? {
            name,
            oid: objectIdOf(person),
            tid: tenantIdOf(company),
            ...(version === 1 ? { unique_name: email, upn: email } : { preferred_username: email }),
          }
        : {}),
      // By xms_edov the tenant says that the domain of the address is its own.
      ...(scopes.includes('email') ? { email, ...(isEmailVerified ? { xms_edov: true } : {}) } : {}),
      ...(asksTime ? { auth_time: at } : {}),
      ...(contexts.length === 0 ? {} : { acrs: contexts }),
      ...groupsOf(person, asked),
    },
    person,
  )
}

export function entraUserInfo(person: Person, scopes: readonly string[]): Claims {
  const { name, email } = person
  const [given, family] = name.split(' ')
  return {
    sub: subjectOf(person),
    ...(scopes.includes('profile') ? { name, given_name: given, family_name: family } : {}),
    ...(scopes.includes('email') ? { email } : {}),
  }
}

function groupsOf(person: Person, { carries }: LoginRequest): Claims {
  const groups = groupIdsOf(person)
  if (groups.length <= GROUPS_LIMIT[carries]) return { groups }
  if (carries === 'id_token') return { hasgroups: true }
  const endpoint = `https://graph.windows.net/${tenantIdOf(person.company)}/users/${objectIdOf(person)}/getMemberObjects`
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } }
}

/** What GitHub says of an account, and what can go wrong with it. */
import { hexOf } from '../workloads/made-up.ts'
import { type LoginFault, sharedFaults } from './login-faults.ts'
import { accountIdOf, type Claims, type Person, withOwnClaims } from './person.ts'

export function userOf(person: Person, scopes: readonly string[]): Claims {
  const { login, name, company } = person
  const id = accountIdOf(person)
  return withOwnClaims(
    {
      login,
      id,
      node_id: `U_${hexOf(login, 12)}`,
      avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
      html_url: `https://github.com/${login}`,
      type: 'User',
      user_view_type: scopes.includes('user') ? 'private' : 'public',
      site_admin: false,
      name,
      company,
      // Nobody shows it to everybody.
      email: null,
      created_at: '2015-03-14T09:26:53Z',
      updated_at: '2026-01-02T03:04:05Z',
    },
    person,
  )
}

/** The primary address, one of one's own that is verified, and one that somebody typed and never proved. */
export function emailsOf({ login, email, isEmailVerified }: Person, isUnverified: boolean): readonly Claims[] {
  return [
    { email: `${login}@users.noreply.github.com`, primary: false, verified: true, visibility: null },
    { email, primary: true, verified: isEmailVerified && !isUnverified, visibility: 'private' },
    { email: `${login}@typed.example`, primary: false, verified: false, visibility: null },
  ]
}

const SLOW_MS = 2_000

export const GITHUB_FAULTS: Readonly<Record<string, LoginFault>> = {
  ...sharedFaults('wrong-state', 'missing-state', 'other-iss', 'missing-code', 'wrong-code', 'code-of-another'),
  ...sharedFaults('access-denied', 'server-error', 'other-person', 'code-reuse', 'ignores-pkce'),
  ...sharedFaults('token-unavailable', 'token-slow', 'token-hangs', 'token-html', 'token-huge'),
  ...sharedFaults('userinfo-unavailable', 'userinfo-slow', 'userinfo-hangs'),
  'unverified-email': { says: 'the primary address is not verified', odd: 'unverified' },
  'without-emails': { says: 'the addresses may not be read, as without the scope user:email', odd: 'no-emails' },
  'emails-unavailable': {
    says: 'the addresses answer 503',
    endpoint: { name: 'emails', how: { kind: 'status', status: 503 } },
  },
  'emails-slow': {
    says: 'the addresses take two seconds',
    endpoint: { name: 'emails', how: { kind: 'slow', delayMs: SLOW_MS } },
  },
  'missing-id': { says: 'the account has no number', userInfo: (before) => ({ ...before, id: undefined }) },
  'id-as-text': {
    says: 'the number of the account is a text',
    userInfo: (before) => ({ ...before, id: String(before.id) }),
  },
  'other-id': {
    says: 'the name of the account belongs to somebody else by now',
    userInfo: (before) => ({ ...before, id: Number(before.id) + 1 }),
  },
  organization: { says: 'it is no person', userInfo: (before) => ({ ...before, type: 'Organization' }) },
}

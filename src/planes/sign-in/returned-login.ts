/**
 * What every return of a browser begins with, whatever the login was for: the login is this browser's and used up, and the
 * provider's answer is judged by its protocol.
 *
 * Source: CONTRACT.md sections 1 and 7; threats.md section 3.
 */
import type { JsonObject } from '../../json.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import type { Registry } from '../../registry/registry.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { type BeginOptions, openSecret, placeOfMemory, returnUrlOf } from './begin.ts'
import type { Login } from './login.ts'

export interface ReturnOptions extends BeginOptions {
  readonly registry: Registry
}

/** What the browser brought. */
export interface Answer {
  /** In the path: it must be the login's own. */
  readonly organisation: string
  readonly provider: string
  /** Of the paths that answers come to, the one that this came to: SAML has one of its own. */
  readonly door: 'return' | 'acs'
  readonly parameters: Readonly<Record<string, string>>
  /** Of the binding cookie of this login; null where the browser has none. */
  readonly browserHash: string | null
  /** Called when the login is used up, before anything is answered. */
  readonly onUsed?: () => void
}

export interface ReturnedLogin {
  readonly login: Login
  readonly provider: Provider
  readonly organisation: Organisation
}

/** Climbs the rung `login` and consumes the login; throws `Refused` on any ladder, before anything is asked of anybody. */
export async function requireLogin(
  at: ReturnOptions,
  attempt: Attempt,
  state: string,
  answer: Answer,
): Promise<ReturnedLogin> {
  const { stores } = at.registry
  // Looked at first, so that an answer in another browser uses nothing up.
  const seen = await at.logins.peek(state, at.now())
  if (seen === null) refuse(attempt, 'login', 'login.unknown', { actual: 'no login under way has this state' })
  attempt.organisation = seen.organisation
  const provider = await stores.providers.getByUid(seen.provider)
  if (provider === null) refuse(attempt, 'login', 'provider.unknown')
  attempt.provider = provider.id
  const isOwnDoor = answer.door === (provider.protocol === 'saml' ? 'acs' : 'return')
  const isOwnPath = isOwnDoor && answer.organisation === provider.organisation && answer.provider === provider.id
  if (!isOwnPath) {
    refuse(attempt, 'login', 'login.other_provider', { expected: provider.id, actual: answer.provider })
  }
  if (answer.browserHash === null)
    refuse(attempt, 'login', 'login.other_browser', { actual: 'no cookie of this login' })
  const login = await at.logins.consume(state, answer.browserHash, at.now())
  if (login === null) refuse(attempt, 'login', 'login.other_browser', { actual: 'the cookie of another browser' })
  answer.onUsed?.()
  attempt.ladder.check('login', true, 'login.unknown')
  const organisation = await stores.organisations.get(provider.organisation)
  if (organisation === null) refuse(attempt, 'provider', 'provider.unknown')
  return { login, provider, organisation }
}

/** Climbs the rung `provider`: it may have been switched off while the person was away. */
export function requireOpenProvider({ now }: Pick<ReturnOptions, 'now'>, attempt: Attempt, provider: Provider): void {
  const { enabled } = provider
  attempt.ladder.check('provider', enabled, 'provider.disabled', 'enabled', enabled ? undefined : 'disabled')
  if (!enabled) return
  attempt.ladder.check('provider', isProviderUsable(provider, now()), 'provider.expired', 'not expired')
}

/** Climbs the protocol's rungs. Null only on a lenient ladder, where nothing could be trusted. */
export async function judgeAnswer(
  at: ReturnOptions,
  attempt: Attempt,
  { login, provider }: Pick<ReturnedLogin, 'login' | 'provider'>,
  { parameters }: Answer,
): Promise<SignedIn | null> {
  const signIn = at.protocols[provider.protocol]?.signIn
  if (signIn === undefined) refuse(attempt, 'provider', 'provider.disabled')
  // Sealed by `beginLogin`.
  const memory: JsonObject = JSON.parse(at.sealing.open(placeOfMemory(login.state), login.sealedMemory))
  return await signIn.finish(
    {
      provider,
      secret: (name) => openSecret(at.sealing, provider, name),
      returnUrl: returnUrlOf(at.publicUrl, provider),
      state: login.state,
      demands: Object(login.demands),
      parameters,
      memory,
      now: at.now(),
    },
    attempt.ladder,
  )
}

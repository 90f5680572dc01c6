/**
 * The provider's own session, after ours: the browser goes there and comes back to where the app wants it. In the words of the
 * port, so that every protocol that has a logout takes part; which browser began is held against the return as at a login.
 */
import { Fault } from '../../../fault.ts'
import type { JsonObject } from '../../../json.ts'
import type { SignInRedirect } from '../../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../../registry/provider.ts'
import type { RegistryStores } from '../../../registry/stores.ts'
import { type BeginOptions, placeOfMemory } from '../begin.ts'
import { bindingCookie, hashOfBinding } from '../binding.ts'
import type { Login } from '../login.ts'
import { placeOfLogout } from '../new-session.ts'
import type { Session } from '../session.ts'

export interface LeaveOptions extends BeginOptions {
  readonly stores: Pick<RegistryStores, 'providers'>
  /** Told why a provider could not be left, where it should have been. */
  readonly onFailure: (error: unknown) => void
}

export interface Leaving {
  readonly provider: Provider
  readonly redirect: SignInRedirect
  /** `Set-Cookie`. */
  readonly cookie: string
}

/** Somebody may be asked there, too. */
const LEAVE_SECONDS = 600
/** 256 bits. */
const RANDOM_BYTES = 32

/**
 * Null where the provider has no logout, is switched off, or cannot be asked: then its own session stays. `next` is where the
 * browser goes afterwards, judged by the caller; null: a page of ours.
 */
export async function leaveUpstream(at: LeaveOptions, session: Session, next: string | null): Promise<Leaving | null> {
  const provider = await at.stores.providers.getByUid(session.provider)
  if (provider === null || !isProviderUsable(provider, at.now()) || session.sealedLogout === null) return null
  const signIn = at.protocols[provider.protocol]?.signIn
  if (signIn?.logout === undefined) return null
  // Sealed by `newSession`.
  const memory: JsonObject = JSON.parse(at.sealing.open(placeOfLogout(session.uid), session.sealedLogout))
  const random = () => Buffer.from(at.randomBytes(RANDOM_BYTES)).toString('base64url')
  const [state, binding] = [random(), random()]
  const redirect = await asked(at, () =>
    signIn.logout?.({ provider, memory, returnUrl: leftUrlOf(at.publicUrl, provider), state }),
  )
  if (redirect === null) return null
  await at.logins.insert(loginOf(at, { provider, state, binding, redirect, next }))
  return { provider, redirect, cookie: bindingCookie(at.publicUrl, state, binding, LEAVE_SECONDS) }
}

/** Where the provider sends the browser back to; to be registered there. Source: CONTRACT.md section 1 for SAML. */
export function leftUrlOf(publicUrl: string, { protocol, organisation, id }: Provider): string {
  return protocol === 'saml'
    ? `${publicUrl}/saml/${organisation}/${id}/slo`
    : `${publicUrl}/sign-in/${organisation}/${id}/signed-out`
}

async function asked(
  { onFailure }: LeaveOptions,
  ask: () => Promise<SignInRedirect | null> | undefined,
): Promise<SignInRedirect | null> {
  try {
    return (await ask()) ?? null
  } catch (error) {
    // The person is signed out here in any case.
    if (!(error instanceof Fault)) throw error
    onFailure(error)
    return null
  }
}

function loginOf(
  at: LeaveOptions,
  {
    provider,
    state,
    binding,
    redirect,
    next,
  }: Pick<Leaving, 'provider' | 'redirect'> & {
    readonly state: string
    readonly binding: string
    readonly next: string | null
  },
): Login {
  const now = at.now()
  return {
    state,
    organisation: provider.organisation,
    provider: provider.uid,
    purpose: 'sign-out',
    reference: next,
    browserHash: hashOfBinding(binding),
    sealedMemory: at.sealing.seal(placeOfMemory(state), JSON.stringify(redirect.memory)),
    demands: {},
    parked: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LEAVE_SECONDS * 1000),
  }
}

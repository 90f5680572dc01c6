/** Sends a browser to its provider: a login is stored with everything that the return will be held against. */

import type { JsonObject } from '../../json.ts'
import { normaliseDomain } from '../../registry/domains.ts'
import { domainOfEmail } from '../../registry/person-rules.ts'
import type { Protocols, SignInDemands, SignInRedirect } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { placeOfSecret } from '../../registry/provider-secrets.ts'
import type { SealedPlace } from '../../registry/registry.ts'
import { bindingCookie, hashOfBinding } from './binding.ts'
import type { Login } from './login.ts'
import type { LoginStore } from './login-store.ts'

export interface BeginOptions {
  readonly logins: LoginStore
  readonly protocols: Protocols
  readonly sealing: { seal(place: SealedPlace, text: string): string; open(place: SealedPlace, sealed: string): string }
  readonly publicUrl: string
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

export interface Beginning {
  readonly provider: Provider
  readonly purpose: Exclude<Login['purpose'], 'sign-out'>
  readonly reference: string | null
  /** What the person typed, or the app's hint. */
  readonly identifier: string | null
  readonly demands: SignInDemands
  /** What the purpose wants to see again, beside the demands. */
  readonly remembered?: JsonObject
}

export interface Begun {
  readonly redirect: SignInRedirect
  /** `Set-Cookie`. */
  readonly cookie: string
}

/** A person may look for their phone, or reset a password, in the meantime. */
export const LOGIN_SECONDS = 1_800
/** 256 bits. */
const RANDOM_BYTES = 32

/** Faults: those of the protocol's `begin`. */
export async function beginLogin(
  at: BeginOptions,
  { provider, purpose, reference, identifier, demands, remembered = {} }: Beginning,
): Promise<Begun> {
  const signIn = at.protocols[provider.protocol]?.signIn
  if (signIn === undefined) throw new TypeError(`nobody signs in by ${provider.protocol}`)
  const random = () => Buffer.from(at.randomBytes(RANDOM_BYTES)).toString('base64url')
  const [state, binding] = [random(), random()]
  const typed = identifier?.trim() ?? ''
  const domain = normaliseDomain(domainOfEmail(typed) ?? typed) ?? provider.domains[0] ?? null
  const redirect = await signIn.begin({
    provider,
    secret: (name) => openSecret(at.sealing, provider, name),
    returnUrl: returnUrlOf(at.publicUrl, provider),
    state,
    // Source: CONTRACT.md section 7: the typed e-mail, else the domain.
    loginHint: typed.includes('@') ? typed : domain,
    domainHint: domain,
    demands,
  })
  const now = at.now()
  await at.logins.insert({
    state,
    organisation: provider.organisation,
    provider: provider.uid,
    purpose,
    reference,
    browserHash: hashOfBinding(binding),
    sealedMemory: at.sealing.seal(placeOfMemory(state), JSON.stringify(redirect.memory)),
    demands: { ...Object(demands), ...remembered },
    parked: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LOGIN_SECONDS * 1000),
  })
  return { redirect, cookie: bindingCookie(at.publicUrl, state, binding, LOGIN_SECONDS) }
}

/** Source: CONTRACT.md section 1, fixed paths. */
export function returnUrlOf(publicUrl: string, { use, protocol, organisation, id }: Provider): string {
  if (use === 'step-up') return `${publicUrl}/step-up/${organisation}/${id}/return`
  return protocol === 'saml'
    ? `${publicUrl}/saml/${organisation}/${id}/acs`
    : `${publicUrl}/sign-in/${organisation}/${id}/return`
}

export function placeOfMemory(state: string): SealedPlace {
  return { organisation: '', table: 'logins', id: state, column: 'memory' }
}

export function openSecret(sealing: BeginOptions['sealing'], provider: Provider, name: string): string | null {
  const sealed = Object.hasOwn(provider.secrets, name) ? provider.secrets[name] : undefined
  return sealed === undefined ? null : sealing.open(placeOfSecret(provider.organisation, provider.uid, name), sealed)
}

/**
 * Sends the browser to a SAML identity provider with an AuthnRequest.
 *
 * Source: SAML 2.0 Core §3.4.1; Profiles §4.1.4.1; CONTRACT.md section 7.
 */
import type { SignInRedirect, SignInRequest } from '../../../registry/protocol.ts'
import { protocolFault } from '../../faults.ts'
import { byPost, byRedirect } from '../bindings.ts'
import { element, text } from '../canonical.ts'
import { samlFault } from '../faults.ts'
import { ASSERTION, BINDINGS, PROTOCOL } from '../names.ts'
import { serviceProviderOf } from '../service-provider.ts'
import type { Signer, ToSign } from '../sign-xml.ts'
import { isPast, type SignInUpstream, signInUpstreamOf } from '../upstream.ts'
import { toMemory } from './memory.ts'

export interface Speaker {
  readonly publicUrl: string
  readonly signer: Signer
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** Faults: provider.endpoint_missing, saml.metadata_expired, provider.freshness_unsupported, keys.seal_broken */
export async function beginSignIn(at: Speaker, request: SignInRequest): Promise<SignInRedirect> {
  const { provider, demands, state, loginHint } = request
  const upstream = signInUpstreamOf(provider.settings)
  if (upstream === null) throw protocolFault('provider.endpoint_missing')
  if (isPast(upstream, at.now())) throw samlFault('saml.metadata_expired')
  // Authentication contexts of Entra are a claim of OpenID Connect.
  if ((demands.acrs ?? []).length > 0) throw protocolFault('provider.freshness_unsupported')
  const us = serviceProviderOf(at.publicUrl, provider)
  const asked = {
    requestId: newId(at),
    // No age can be asked for in SAML: whoever wants a recent proof gets a new one.
    isForced: upstream.forceAuthn || demands.prompt === 'login' || demands.maxAge !== undefined,
    contexts: demands.acrValues === undefined || demands.acrValues.length === 0 ? upstream.contexts : demands.acrValues,
    begunAt: at.now().getTime(),
  }
  const message = authnRequest(upstream, us, asked, demands.prompt === 'none')
  const signer = upstream.signsRequests ? at.signer : null
  const outgoing = { parameter: 'SAMLRequest', message, to: upstream.ssoUrl, relayState: state, signer } as const
  const sent = upstream.ssoBinding === 'post' ? await byPost(outgoing) : await byRedirect(outgoing)
  return { ...withHint(sent, loginHint), memory: toMemory(asked) }
}

/** An XML name of 160 random bits. Source: SAML 2.0 Core §1.3.4. */
export function newId({ randomBytes }: Pick<Speaker, 'randomBytes'>): string {
  return `_${Buffer.from(randomBytes(20)).toString('hex')}`
}

interface Asked {
  readonly requestId: string
  readonly isForced: boolean
  readonly contexts: readonly string[]
  readonly begunAt: number
}

function authnRequest(
  { ssoUrl, nameIdFormat }: SignInUpstream,
  { entityId, acsUrl }: ReturnType<typeof serviceProviderOf>,
  { requestId, isForced, contexts, begunAt }: Asked,
  isPassive: boolean,
): ToSign {
  const policy = { AllowCreate: 'true', ...(nameIdFormat === null ? {} : { Format: nameIdFormat }) }
  return {
    name: 'samlp:AuthnRequest',
    attributes: {
      'xmlns:samlp': PROTOCOL,
      ID: requestId,
      Version: '2.0',
      IssueInstant: new Date(begunAt).toISOString(),
      Destination: ssoUrl,
      ProtocolBinding: BINDINGS.post,
      AssertionConsumerServiceURL: acsUrl,
      ...(isForced ? { ForceAuthn: 'true' } : {}),
      ...(isPassive ? { IsPassive: 'true' } : {}),
    },
    before: [element('saml:Issuer', { 'xmlns:saml': ASSERTION }, [text(entityId)])],
    after: [element('samlp:NameIDPolicy', policy), ...(contexts.length === 0 ? [] : [requestedContext(contexts)])],
  }
}

/** Source: SAML 2.0 Core §3.3.2.2.1: one of the listed, and no other. */
function requestedContext(contexts: readonly string[]): string {
  const references = contexts.map((one) =>
    element('saml:AuthnContextClassRef', { 'xmlns:saml': ASSERTION }, [text(one)]),
  )
  return element('samlp:RequestedAuthnContext', { Comparison: 'exact' }, references)
}

/** Not of SAML, but what Okta, Entra and Keycloak read from the address. The signature does not cover it, nor should it. */
function withHint<T extends { readonly method: 'GET' | 'POST'; readonly url: string }>(
  sent: T,
  loginHint: string | null,
): T {
  if (sent.method === 'POST' || loginHint === null) return sent
  return { ...sent, url: `${sent.url}&login_hint=${encodeURIComponent(loginHint)}` }
}

/**
 * Sends the browser to an OpenID Provider. Source: OpenID Connect Core §3.1.2.1, §3.2.2.1; Multiple Response Types §5
 * (form_post); CONTRACT.md section 7.
 */
import { randomNonce } from 'openid-client'
import type { SignInRedirect, SignInRequest } from '../../../registry/protocol.ts'
import { protocolFault } from '../../faults.ts'
import { authorizationUrl, promptOf } from '../../oauth2/authorization-url.ts'
import { openUpstream, type Upstream } from '../../oauth2/client.ts'
import { createPkce } from '../../oauth2/pkce.ts'
import { isMicrosoftProvider } from '../microsoft.ts'
import type { SignInHouse } from './finish.ts'
import { toMemory } from './memory.ts'

/** Source: the identity-providers page, `default_scope`. */
const PEOPLE = ['openid', 'email', 'profile']

/** Faults: provider.client_key_unfit, provider.endpoint_missing */
export async function beginSignIn(
  { now, signAssertion }: Pick<SignInHouse, 'now' | 'signAssertion'>,
  request: SignInRequest,
): Promise<SignInRedirect> {
  const upstream = openUpstream(request, signAssertion)
  const { settings, secret } = upstream
  const { demands, state, returnUrl: redirect_uri } = request
  const carries = settings.responseType === 'ID_TOKEN' ? 'id_token' : 'code'
  if (carries === 'code' && settings.tokenUrl === null) throw protocolFault('provider.endpoint_missing')
  const nonce = randomNonce()
  const pkce = carries === 'code' ? await createPkce(settings, secret === null) : null
  const prompt = promptOf(settings.prompt, demands)
  const maxAge = smaller(settings.maxAge, demands.maxAge)
  const acrs = demands.acrs ?? []
  const parameters: Readonly<Record<string, string>> = {
    client_id: settings.clientId,
    response_type: carries,
    // An ID token in a fragment would be read by scripts, and in a query be logged.
    ...(carries === 'id_token' ? { response_mode: 'form_post' } : {}),
    redirect_uri,
    scope: scopesOf(upstream),
    state,
    nonce,
    ...pkce?.parameters,
    ...hintsOf(request),
    ...(prompt === null ? {} : { prompt }),
    ...(maxAge === null ? {} : { max_age: String(maxAge) }),
    ...((demands.acrValues ?? []).length === 0 ? {} : { acr_values: demands.acrValues?.join(' ') ?? '' }),
    ...(acrs.length === 0 ? {} : { claims: contextsClaim(acrs) }),
  }
  const memory = toMemory({
    carries,
    nonce,
    verifier: pkce?.verifier ?? null,
    maxAge,
    asksContexts: acrs.length > 0,
    begunAt: now().getTime(),
  })
  return { method: 'GET', url: authorizationUrl(upstream, parameters), fields: {}, memory }
}

function scopesOf({ provider, settings }: Upstream): string {
  const wanted = settings.scopes ?? (provider.use === 'step-up' ? ['openid'] : PEOPLE)
  // Entra puts `oid`, by which its people are known, into tokens for the scope profile only.
  const always = isMicrosoftProvider(provider) ? ['openid', 'profile'] : ['openid']
  return [...new Set([...always, ...wanted])].join(' ')
}

/** Google and Microsoft take a domain by a parameter of its own; to the others it is what a person begins to type. */
function hintsOf({ provider, loginHint, domainHint }: SignInRequest): Readonly<Record<string, string>> {
  const name = provider.known === 'GOOGLE' ? 'hd' : isMicrosoftProvider(provider) ? 'domain_hint' : null
  const domain = name === null || domainHint === null ? {} : { [name]: domainHint }
  const isDomainOnly = name !== null && loginHint === domainHint
  return { ...domain, ...(loginHint === null || isDomainOnly ? {} : { login_hint: loginHint }) }
}

function smaller(one: number | null, other: number | undefined): number | null {
  if (one === null || other === undefined) return one ?? other ?? null
  return Math.min(one, other)
}

/** Source: OpenID Connect Core §5.5; Microsoft, "Conditional Access authentication context". */
function contextsClaim(acrs: readonly string[]): string {
  const asked = acrs.length === 1 ? { essential: true, value: acrs[0] } : { essential: true, values: acrs }
  return JSON.stringify({ id_token: { acrs: asked } })
}

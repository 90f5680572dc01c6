/**
 * What holds of a sign-in provider where its settings say nothing: the defaults of the identity-providers page, after what
 * the provider's own documents say. Faces show it, and a sign-in goes by it.
 *
 * Source: docs/sources/identity-providers.txt; CONTRACT.md section 3, "On read".
 */
import type { JsonObject } from '../json.ts'
import type { Provider } from './provider.ts'
import { shownEndpoints, shownScope } from './provider-view.ts'

/** Source: the page, `oidc_config`. */
const OIDC_DEFAULTS: JsonObject = {
  validateSignature: true,
  useJwksUrl: true,
  pkceEnabled: false,
  pkceMethod: 'S256',
}

/** Source: the page, `name_id_policy_format`. */
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
/** Source: SAML 2.0 Core §8.3.8: new at every sign-in, so that nobody would be known again by it. */
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

/** Settings of an OpenID Connect or OAuth 2.0 provider by their own names; what is nowhere said is left out. */
export function shownOidcSettings(provider: Provider): JsonObject {
  const { discoveryUrl: _, ...endpoints } = shownEndpoints(provider)
  return withoutUnset({
    ...OIDC_DEFAULTS,
    ...given(provider),
    ...endpoints,
    defaultScope: shownScope(provider),
  })
}

/** Settings of a SAML provider likewise. */
export function shownSamlSettings(provider: Provider): JsonObject {
  const { discovered } = provider.settings
  const found: JsonObject = isObject(discovered) ? discovered : {}
  return withoutUnset({
    idpEntityId: found.idpEntityId ?? provider.issuer,
    ssoUrl: found.ssoUrl ?? null,
    sloUrl: found.sloUrl ?? null,
    signingCertificate: found.signingCertificate ?? null,
    nameIdFormat: offeredFormat(found.nameIdFormats),
    // Whoever does not ask for signed requests takes them too.
    wantAuthnRequestsSigned: true,
    // An address that takes redirects only is of no use for a form.
    postBindingAuthnRequest: found.ssoBinding !== 'redirect',
    postBindingResponse: true,
    ...given(provider),
  })
}

/** Persistent if the provider offers it or says nothing, else the first that it does offer. */
function offeredFormat(offered: unknown): string {
  const formats: unknown[] = Array.isArray(offered) ? offered : []
  const lasting = formats.find((format) => typeof format === 'string' && format !== TRANSIENT)
  return formats.includes(PERSISTENT) || typeof lasting !== 'string' ? PERSISTENT : lasting
}

/** What somebody typed; what discovery found is shown in its place where it counts. */
function given({ settings }: Provider): JsonObject {
  return withoutUnset(Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'discovered')))
}

function withoutUnset(settings: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null && value !== undefined))
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

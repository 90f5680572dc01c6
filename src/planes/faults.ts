/** Codes of the decisions that the planes make. The sentence is for operators; the public answer is one fixed text. */
import { samlCodes } from '../decisions/saml-codes.ts'
import { signInCodes } from '../decisions/sign-in-codes.ts'
import { stepUpCodes } from '../decisions/step-up-codes.ts'
import type { FaultEntry } from '../fault.ts'

const refusal = (message: string, remedy: string): FaultEntry => ({ kind: 'denied', message, remedy })

/** Refusals are codes of rungs, not errors that are thrown: the catalogue explains them in `docs/reference/faults.md`. */
export const decisionCodes = {
  granted: refusal('Every rung passed; a token was issued.', 'Nothing to do.'),
  'request.invalid': refusal(
    'The request is not a well-formed token request.',
    'Read error_description: it names the parameter.',
  ),
  'trust.unknown': refusal(
    'No trust answers to this client id, or none of the provider.',
    'Compare client_id with the trust’s full client id.',
  ),
  'trust.ambiguous': refusal(
    'Several trusts of the provider match the token.',
    'Name one by client_id, or narrow the conditions.',
  ),
  'trust.disabled': refusal('The trust is disabled.', 'Enable the trust.'),
  'principal.disabled': refusal('The service principal is disabled.', 'Enable the service principal.'),
  'provider.unknown': refusal(
    'The audience names a provider that does not exist.',
    'Compare audience with the provider’s resource name.',
  ),
  'provider.disabled': refusal('The provider is disabled.', 'Enable the provider.'),
  'provider.expired': refusal('The provider’s expiry time has passed.', 'Move or clear the expiry time.'),
  'provider.protocol_cannot_verify': refusal(
    'Tokens of this provider’s protocol are not exchanged by this version.',
    'Use an OIDC provider until support for the protocol is released.',
  ),
  'token.malformed': refusal(
    'The subject token is not a well-formed JWT.',
    'Send the compact serialisation, under 16 KiB, as the issuer made it.',
  ),
  'token.algorithm': refusal('The token’s algorithm is not accepted.', 'Use RS, PS or ES 256–512 or EdDSA.'),
  'token.type': refusal(
    'The token is of a kind that is not accepted here.',
    'Send an ID token, not an access or logout token; an assertion as saml2, and only to a SAML provider.',
  ),
  'issuer.mismatch': refusal(
    '`iss` is not the provider’s issuer.',
    'The comparison is exact; see expected and actual.',
  ),
  'key.unknown': refusal(
    'No key of the issuer has the token’s kid.',
    'Check that the token comes from this issuer and is fresh.',
  ),
  'key.unavailable': refusal(
    'The issuer’s keys could not be fetched.',
    'Check that the issuer’s jwks_uri answers, or upload its keys.',
  ),
  'signature.invalid': refusal(
    'The signature does not verify.',
    'The token was changed on the way, or another key signed it.',
  ),
  'audience.mismatch': refusal(
    '`aud` names none of the accepted audiences.',
    'Ask the issuer for the audience shown as expected.',
  ),
  'token.expired': refusal('The token has expired.', 'Ask for a fresh token just before the exchange.'),
  'token.not_yet_valid': refusal(
    'The token is not valid yet.',
    'Check the clocks; 60 seconds of difference are accepted.',
  ),
  'token.too_old': refusal('The token was issued too long ago.', 'Exchange it sooner, or raise maxTokenAgeSeconds.'),
  'token.replayed': refusal(
    'The token was used before, and this provider takes each one once.',
    'Ask for a fresh token.',
  ),
  'address.denied': refusal(
    'The source address is outside the allowed ranges.',
    'Add the address to allowSourceCidrs.',
  ),
  'condition.false': refusal(
    'The condition is false for this token.',
    'Correct the part that differs, or use the trust that was meant.',
  ),
  'condition.error': refusal(
    'The condition could not be evaluated.',
    'A claim is missing or of another type; guard it with has().',
  ),
  'mapping.error': refusal('The attribute mapping could not be evaluated.', 'A claim is missing or of another type.'),
  'scope.denied': refusal('None of the requested scopes is allowed.', 'Allow the scope, or ask for another.'),
  'target.denied': refusal('The requested resource or audience is not allowed.', 'Add it to allowedResources.'),
  'client.unknown': refusal(
    'No credential answers to this client id.',
    'Compare client_id with the credential’s client id.',
  ),
  'client.expired': refusal('The credential has expired.', 'Create a new credential.'),
  'client.secret_wrong': refusal(
    'The client secret is not the credential’s.',
    'Send the secret exactly as it was shown once.',
  ),
  'client.assertion_invalid': refusal(
    'The client assertion does not verify.',
    'Sign it with the key inside the secret; see expected and actual.',
  ),
  'app.grant_denied': refusal(
    'The app may not use this grant.',
    'Add it to grantTypes of the App; see expected and actual.',
  ),
  'app.organization_denied': refusal(
    'The app does not serve the provider’s organisation.',
    'Add the organisation to allowedOrganizations of the App; an app outside default serves its own only.',
  ),
  'app.provider_denied': refusal(
    'The app does not let people of this provider in.',
    'Add the provider to allowedProviders of the App, as {organisation}/{id}.',
  ),
  'app.closed': refusal(
    'The app does not let people of this provider in any more.',
    'Name the provider in allowedProviders of the app, or the app has moved to another organisation.',
  ),
  'person.disabled': refusal('The person that the upstream account is linked to is disabled.', 'Enable the person.'),
  'grant.invalid': refusal(
    'The code, refresh token or device code does not count, or not for this request.',
    'See actual. Codes and refresh tokens are good once, for the app they were given to, and as long as the session lives.',
  ),
  'client.unauthenticated': refusal(
    'The app did not prove that it is the app.',
    'Compare client id, secret and authentication method with the App.',
  ),
  'person.unknown': refusal(
    'Nobody is linked to the upstream account, and the provider makes no people at their first login.',
    'Make the person with a link to this subject, or let first_login create people.',
  ),
  'person.no_lasting_name': refusal(
    'The provider gave the person a name for this login only, which nothing can be linked to.',
    'Let it send a persistent name identifier, or name an attribute as principal.',
  ),
  'mapper.failed': refusal(
    'A mapper of the provider could not say what the person may do.',
    'See actual: the mapper and what it lacks, a role that the organisation has no more, for instance.',
  ),
  'domain.foreign': refusal(
    'The person’s address is of a domain that is not the provider’s.',
    'Give the domain to the provider, once the organisation has proved it.',
  ),
  'login.not_begun': refusal(
    'The browser could not be sent to the provider.',
    'See actual: the provider’s discovery or metadata, or what was asked of it, stand in the way.',
  ),
  'login.unknown': refusal(
    'The answer belongs to no login that is under way.',
    'Begin again: a login is good for half an hour and for one answer.',
  ),
  'login.abandoned': refusal(
    'The app’s request that the login was begun for is over.',
    'Begin again at the app: its request ends with time, or when another one takes its place.',
  ),
  'login.other_provider': refusal(
    'The answer came to the return path of another provider than the login was begun with.',
    'Somebody may have mixed up two providers; nothing was sent to any of them.',
  ),
  'login.other_browser': refusal(
    'The answer came in another browser than the login was begun in.',
    'Sign in again, and stay in one browser that keeps cookies.',
  ),
  'dpop.missing': refusal(
    'The credential requires DPoP, and the request has no proof.',
    'Send a DPoP proof with each token request.',
  ),
  'dpop.malformed': refusal(
    'The DPoP header is not a proof.',
    'Send one JWT with typ dpop+jwt, an asymmetric alg, the public jwk, and jti, htm, htu and iat.',
  ),
  'dpop.signature_invalid': refusal(
    'The DPoP proof is not signed by the key in its header.',
    'Sign it with the private half of the jwk.',
  ),
  'dpop.mismatch': refusal(
    'The DPoP proof is about another request.',
    'Compare expected and actual: htu is the endpoint under ENTENTE_URL, without a query.',
  ),
  'dpop.stale': refusal('The DPoP proof was not made just now.', 'Make one for each request, and check the clocks.'),
  'dpop.replayed': refusal('The DPoP proof was sent before.', 'Make one for each request, with a jti of its own.'),
  ...signInCodes,
  ...samlCodes,
  ...stepUpCodes,
} as const satisfies Record<string, FaultEntry>

export type DecisionCode = keyof typeof decisionCodes

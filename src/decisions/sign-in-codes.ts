/**
 * Why a person who comes back from their own provider is not let in: codes of the rungs that the protocols `oidc`,
 * `oauth2` and `saml` climb (what is wrong with a SAML message itself: saml-codes.ts). The sentence is for operators; the browser shows one that says nothing of the provider.
 *
 * Source: RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6 and §3.1.3.7, RFC 9207 §2.4.
 */
import type { FaultEntry } from '../fault.ts'

const refusal = (message: string, remedy: string): FaultEntry => ({ kind: 'denied', message, remedy })

export const signInCodes = {
  'answer.state_mismatch': refusal(
    'The answer does not belong to the login that this browser began.',
    'Sign in again from the start; an answer is good once, in the browser that asked for it.',
  ),
  'answer.issuer_missing': refusal(
    'The provider says of itself that its answers name their issuer, and this one does not.',
    'Somebody may have mixed up two providers. If discovery is out of date, save the provider again.',
  ),
  'answer.issuer_mismatch': refusal(
    'The answer names another issuer than the provider’s.',
    'The comparison is exact; see expected and actual. Nothing was sent to any token endpoint.',
  ),
  'answer.empty': refusal(
    'The answer holds neither an error nor what was asked for: a code, or an ID token.',
    'Check the response type of the provider and of the client that is registered there.',
  ),
  'upstream.access_denied': refusal(
    'The person or the provider said no.',
    'Look at the provider’s own sign-in log: the app may not be assigned to this person.',
  ),
  'upstream.login_required': refusal(
    'The provider would have had to ask the person to sign in, which was forbidden by prompt=none.',
    'Sign in without prompt=none.',
  ),
  'upstream.interaction_required': refusal(
    'The provider would have had to ask the person something (consent, an account), which was forbidden by prompt=none.',
    'Sign in without prompt=none.',
  ),
  'upstream.level_unmet': refusal(
    'The provider cannot authenticate this person as strongly as was asked.',
    'Let the person register a stronger method there, or ask for another level.',
  ),
  'upstream.request_refused': refusal(
    'The provider does not accept our request.',
    'Compare client id, return URL, scopes and response type with the client that is registered there.',
  ),
  'upstream.unavailable': refusal('The provider says that it has a problem of its own.', 'Try again later.'),
  'upstream.error': refusal(
    'The provider answered with an error.',
    'See actual: it is the provider’s own word, explained in its documentation.',
  ),
  'code.unavailable': refusal(
    'The token endpoint could not be reached, or gave no complete answer within time and size.',
    'Check the token URL and the provider’s state; the log has the reason.',
  ),
  'code.client_refused': refusal(
    'The token endpoint does not accept us as the client.',
    'Send the client secret again; check that it has not expired and that the authentication method is the registered one.',
  ),
  'code.refused': refusal(
    'The token endpoint does not accept the code.',
    'A code is good once and for a minute or so: sign in again. If it stays so, compare the return URL and PKCE.',
  ),
  'code.answer_malformed': refusal(
    'The token endpoint’s answer is not one: no JSON, a member twice, no bearer token.',
    'Check that the token URL is the provider’s token endpoint.',
  ),
  'token.missing': refusal(
    'The token endpoint gave no ID token.',
    'Ask for the scope openid, and check that the provider speaks OpenID Connect.',
  ),
  'nonce.mismatch': refusal(
    'The ID token was not issued for this login.',
    'It carries another nonce, or none: sign in again; a provider that never repeats the nonce cannot be used.',
  ),
  'token.hash_mismatch': refusal(
    'The ID token was issued beside another access token or code.',
    'Its at_hash or c_hash does not fit: one of them was exchanged on the way.',
  ),
  'auth_time.missing': refusal(
    'A fresh login was asked for, and the provider does not say when the person proved who they are.',
    'Let the provider put auth_time into its ID tokens, or take max_age away.',
  ),
  'auth_time.too_old': refusal(
    'The person proved who they are longer ago than was asked for.',
    'The provider did not honour max_age; see expected and actual.',
  ),
  'subject.object_missing': refusal(
    'The ID token does not name the person’s object id and tenant, by which people of Microsoft Entra are known.',
    'Ask for the scope profile, and do not take the claims oid and tid away.',
  ),
  'subject.account_missing': refusal(
    'The user object has no numeric id.',
    'Check that the user-info URL is the provider’s user endpoint.',
  ),
  'subject.attribute_missing': refusal(
    'The assertion does not have the attribute that people of this provider are known by, or several values of it.',
    'Let the provider send the attribute shown as expected, with one value.',
  ),
  'userinfo.unavailable': refusal(
    'The user-info endpoint could not be asked, or refused.',
    'Check the user-info URL; or take claims from the ID token only.',
  ),
  'userinfo.malformed': refusal(
    'The user-info endpoint’s answer is not one JSON object.',
    'Signed or encrypted user info is not read: let the provider send JSON.',
  ),
  'userinfo.subject_mismatch': refusal(
    'The user-info endpoint speaks of somebody else than the ID token.',
    'The access token may be another person’s. Nothing of the answer was used.',
  ),
  'groups.incomplete': refusal(
    'The person has more groups than fit into a token, and the rest could not be fetched from Microsoft Graph.',
    'Grant the app User.Read, or let Entra put only the app’s own groups into the token.',
  ),
} as const satisfies Record<string, FaultEntry>

export type SignInCode = keyof typeof signInCodes

/** Everything this room can say no with. Faults of a field carry their own code; many at once become `request.invalid`. */
import { Fault, type FieldFault, faultsOf } from '../fault.ts'

export const registryFaults = {
  'organisation.unknown': {
    kind: 'missing',
    message: 'There is no such organisation.',
    remedy: 'Check the organisation id; only operators see organisations other than their own.',
  },
  'organisation.id_taken': {
    kind: 'conflict',
    message: 'Another organisation has this id.',
    remedy: 'Choose another id.',
  },
  'organisation.host_taken': {
    kind: 'conflict',
    message: 'The host belongs to another organisation.',
    remedy: 'Choose a host of your own that is neither the server itself nor directly below it.',
  },
  'organisation.not_empty': {
    kind: 'conflict',
    message: 'The organisation still has records.',
    remedy: 'Remove its providers, service principals and trusts first.',
  },
  'organisation.is_default': {
    kind: 'conflict',
    message: 'The organisation `default` cannot be removed.',
    remedy: 'It is where operators belong; rename it instead.',
  },
  'organisation.changed': {
    kind: 'conflict',
    message: 'The organisation was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'organisation.level_invalid': {
    kind: 'invalid',
    message: 'A line of the levels could never be reached.',
    remedy: 'Name one of our levels, a provider, and the words by which that provider says that it was reached.',
  },
  'organisation.host_invalid': {
    kind: 'invalid',
    message: 'The host is not a host name.',
    remedy: 'Write a lower-case host name, with its port only if it is not 443 (80 for plain http).',
  },
  'provider.unknown': {
    kind: 'missing',
    message: 'There is no such provider.',
    remedy: 'Check the id and the organisation; a face shows only providers of its own use.',
  },
  'provider.id_taken': {
    kind: 'conflict',
    message: 'Another provider of the organisation has this id.',
    remedy: 'Choose another id, or leave it out.',
  },
  'provider.issuer_taken': {
    kind: 'conflict',
    message: 'Another workload provider of the organisation has this issuer.',
    remedy: 'Use the provider that exists; one issuer is registered once, however many trusts it serves.',
  },
  'provider.known_missing': {
    kind: 'invalid',
    message: 'A workload provider must say which known source it is.',
    remedy: 'Name the source, or CUSTOM for any other issuer.',
  },
  'provider.known_unknown': {
    kind: 'invalid',
    message: 'There is no such known source.',
    remedy: 'Name one of the listed sources, or CUSTOM.',
  },
  'provider.known_contradicts_issuer': {
    kind: 'invalid',
    message: 'The issuer is not one of the named source.',
    remedy: 'Correct the issuer, or name the source it belongs to (CUSTOM for any https issuer).',
  },
  'provider.protocol_contradicts_issuer': {
    kind: 'invalid',
    message: 'The settings do not go with the scheme of the issuer.',
    remedy: 'Use oidc settings with an https issuer and spiffe settings with a spiffe issuer.',
  },
  'provider.protocol_unsupported': {
    kind: 'invalid',
    message: 'This server does not speak the protocol of the provider.',
    remedy: 'Look at the protocols this version lists.',
  },
  'provider.settings_contradict': {
    kind: 'invalid',
    message: 'The settings do not go with the known source, or there is not exactly one block of them.',
    remedy: 'Send exactly one block: spiffe for SPIFFE, saml for SAML, oidc for every other source.',
  },
  'provider.issuer_invalid': {
    kind: 'invalid',
    message: 'The issuer is not an https or spiffe URL that can name an issuer.',
    remedy: 'Write https://host[:port][/path] without user, query and fragment, or spiffe://trust-domain.',
  },
  'provider.has_trusts': {
    kind: 'conflict',
    message: 'Trusts still use this provider.',
    remedy: 'Remove the listed trusts first, or disable the provider instead.',
  },
  'provider.changed': {
    kind: 'conflict',
    message: 'The provider was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'provider.domain_invalid': {
    kind: 'invalid',
    message: 'A sign-in domain is not a DNS name.',
    remedy: 'Write a domain such as example.com, without scheme, path and wildcard; international names as xn--.',
  },
  'provider.expiry_invalid': {
    kind: 'invalid',
    message: 'The expiry time is not a time.',
    remedy: 'Write an RFC 3339 time, such as 2030-01-01T00:00:00Z.',
  },
  'provider.field_unsupported': {
    kind: 'invalid',
    message: 'Providers of this use have no such field.',
    remedy: 'Leave the field out: mappings, mappers and domains belong to providers that people sign in with.',
  },
  'provider.issuer_immutable': {
    kind: 'invalid',
    message: 'The issuer of a workload provider cannot change.',
    remedy: 'Register another provider for the other issuer.',
  },
  'provider.issuer_linked': {
    kind: 'conflict',
    message: 'People are linked to this provider by what its issuer calls them, so its issuer cannot change.',
    remedy: 'Register another provider for the other issuer, or remove the links of its people first.',
  },
  'provider.protocol_immutable': {
    kind: 'invalid',
    message: 'The protocol of a provider cannot change.',
    remedy: 'Register another provider, and move the sign-in domains to it.',
  },
  'mapper.unknown': {
    kind: 'missing',
    message: 'There is no such mapper.',
    remedy: 'Check the id and the provider.',
  },
  'mapper.name_taken': {
    kind: 'conflict',
    message: 'Another mapper of the provider has this name.',
    remedy: 'Choose another name.',
  },
  'secret.invalid': {
    kind: 'invalid',
    message: 'The secret is empty, too long, or has characters that cannot be sent.',
    remedy: 'Send the secret as the identity provider shows it: 1 to 4096 printable characters.',
  },
  'secret.send_again': {
    kind: 'invalid',
    message: 'The stored secret would be sent to another place than before.',
    remedy: 'Send the secret again together with the change, or leave issuer and endpoints as they were.',
  },
  'secret.not_taken': {
    kind: 'invalid',
    message: 'This provider takes no secret.',
    remedy: 'Only OpenID Connect and OAuth 2.0 providers have a client secret.',
  },
  'step_up.transaction_unknown': {
    kind: 'missing',
    message: 'There is no such step-up transaction.',
    remedy: 'Check the id and the organisation.',
  },
  'step_up.person_invalid': {
    kind: 'invalid',
    message: 'A step-up transaction is for one person of the organisation.',
    remedy: 'Name a person that exists and is not disabled, by name or by uid.',
  },
  'step_up.provider_invalid': {
    kind: 'invalid',
    message: 'A step-up transaction goes to one step-up provider.',
    remedy: 'Name an enabled step-up provider of the organisation, or a level instead of it.',
  },
  'step_up.level_invalid': {
    kind: 'invalid',
    message: 'No step-up provider of the organisation reaches the level.',
    remedy: 'Name one of the four levels, and let a line of the organisation’s levels say who reaches it.',
  },
  'step_up.return_to_invalid': {
    kind: 'invalid',
    message: 'The browser may not be sent there.',
    remedy: 'Name a redirect URI of an app of the organisation, letter for letter, or a path of this server.',
  },
  'step_up.age_invalid': {
    kind: 'invalid',
    message: 'The greatest age of a proof is a number of seconds, a day at most.',
    remedy: 'Leave it out, or send 0, for a proof that is made now.',
  },
  'step_up.task_invalid': {
    kind: 'invalid',
    message: 'A task is named by its id and the id of its policy step.',
    remedy: 'Send taskId and policyStepId together, or neither.',
  },
  'step_up.settings_missing': {
    kind: 'invalid',
    message: 'A step-up provider has exactly one block of settings.',
    remedy: 'Send oauth2 with acrValues, or microsoft with tenant and validation mode, not both.',
  },
  'test.journey_unavailable': {
    kind: 'conflict',
    message: 'This version cannot run a test sign-in with this protocol yet.',
    remedy: 'The registration itself was checked when it was written.',
  },
  'principal.unknown': {
    kind: 'missing',
    message: 'There is no such service principal.',
    remedy: 'Check the id and the organisation.',
  },
  'principal.id_taken': {
    kind: 'conflict',
    message: 'Another service principal of the organisation has this id.',
    remedy: 'Choose another id, or leave it out.',
  },
  'principal.changed': {
    kind: 'conflict',
    message: 'The service principal was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'credential.unknown': {
    kind: 'missing',
    message: 'There is no such credential.',
    remedy: 'Check the id and the service principal.',
  },
  'credential.id_taken': {
    kind: 'conflict',
    message: 'Another credential has this id.',
    remedy: 'Try again: ids are drawn at random.',
  },
  'credential.changed': {
    kind: 'conflict',
    message: 'The credential was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'credential.lifetime_invalid': {
    kind: 'invalid',
    message: 'A credential lives at most 180 days.',
    remedy: 'Give a lifetime of whole seconds up to 180 days, or none for 90 days.',
  },
  'trust.unknown': {
    kind: 'missing',
    message: 'There is no such trust.',
    remedy: 'Check the client id and the service principal.',
  },
  'trust.id_taken': {
    kind: 'conflict',
    message: 'Another trust has this id.',
    remedy: 'Choose another id, or leave it out.',
  },
  'trust.changed': {
    kind: 'conflict',
    message: 'The trust was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'trust.provider_unknown': {
    kind: 'invalid',
    message: 'A trust must name a workload provider of its organisation.',
    remedy: 'Check the id of the provider.',
  },
  'trust.lifetime_invalid': {
    kind: 'invalid',
    message: 'Tokens live 300 to 3600 seconds.',
    remedy: 'Give whole seconds in that range, or none for 1800.',
  },
  'trust.claim_invalid': {
    kind: 'invalid',
    message: 'A passthrough claim must be a name.',
    remedy: 'Name top-level claims of the token, each 1 to 256 characters long.',
  },
  'trust.resource_invalid': {
    kind: 'invalid',
    message: 'An allowed resource must be an absolute URI without a fragment.',
    remedy: 'Write it exactly as callers will send it. Source: RFC 8707 section 2.',
  },
  'trust.scope_invalid': {
    kind: 'invalid',
    message: 'An allowed scope has characters that scopes cannot have.',
    remedy: 'Use printable ASCII without space, quote and backslash. Source: RFC 6749 section 3.3.',
  },
  'role.invalid': {
    kind: 'invalid',
    message: 'A role is a lower-case name.',
    remedy: 'Start with a letter; letters, digits, dot, underscore, colon and hyphen may follow, 63 characters in all.',
  },
  'role.reserved': {
    kind: 'invalid',
    message: 'The role exists in every organisation already.',
    remedy: 'Choose another name than operator, admin and viewer.',
  },
  'role.above_own': {
    kind: 'denied',
    message: 'Nobody grants a role above their own.',
    remedy: 'Ask an admin for admin, and an operator for operator.',
  },
  'role.operator_needs_default': {
    kind: 'invalid',
    message: 'Operators belong to the organisation `default`.',
    remedy: 'Grant the role operator to a service principal of that organisation.',
  },
  'id.invalid': {
    kind: 'invalid',
    message: 'An id is 1 to 63 lower-case letters, digits and hyphens.',
    remedy: 'Start with a letter and end with a letter or digit.',
  },
  'cidr.invalid': {
    kind: 'invalid',
    message: 'This is not an address range.',
    remedy: 'Write an IPv4 or IPv6 address with an optional prefix length, such as 192.0.2.0/24 or 2001:db8::/32.',
  },
  'label.invalid': {
    kind: 'invalid',
    message: 'A label has a key or a value that labels cannot have.',
    remedy:
      'Use letters, digits, dots, underscores and hyphens, up to 63; a key may carry a DNS name and a slash before.',
  },
  'app.unknown': { kind: 'missing', message: 'There is no such app.', remedy: 'Check the name and the organisation.' },
  'app.id_taken': {
    kind: 'conflict',
    message: 'Another app of the organisation has this name.',
    remedy: 'Choose another name: it is the client id.',
  },
  'app.changed': {
    kind: 'conflict',
    message: 'The app was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'app.uri_invalid': {
    kind: 'invalid',
    message: 'A URI of the app cannot be taken.',
    remedy: 'Write the whole URI as the app will send it: https, http on a loopback host, or a scheme of its own.',
  },
  'app.keys_invalid': {
    kind: 'invalid',
    message: 'The key set of the app cannot be taken.',
    remedy: 'Give its public keys only, as a JSON Web Key Set.',
  },
  'app.contradicts': {
    kind: 'invalid',
    message: 'Fields of the app contradict each other.',
    remedy: 'Change the one that the answer names, or the one it depends on.',
  },
  'app.provider_invalid': {
    kind: 'invalid',
    message: 'An allowed provider is not named as one.',
    remedy: 'Write {organisation}/{provider}, or the id of a provider of the own organisation.',
  },
  'app.manage_needs_operator': {
    kind: 'denied',
    message: 'Only an operator grants an app the scope entente.manage.',
    remedy: 'Ask an operator to write the app.',
  },
  'person.unknown': {
    kind: 'missing',
    message: 'There is no such person.',
    remedy: 'Check the name and the organisation.',
  },
  'person.id_taken': {
    kind: 'conflict',
    message: 'Another person of the organisation has this name.',
    remedy: 'Choose another name, or leave it out.',
  },
  'person.link_taken': {
    kind: 'conflict',
    message: 'This subject of the provider is another person.',
    remedy: 'Remove the link from the other person first.',
  },
  'person.changed': {
    kind: 'conflict',
    message: 'The person was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'person.email_invalid': {
    kind: 'invalid',
    message: 'This is no e-mail address.',
    remedy: 'Write one address, such as ada@example.com.',
  },
  'person.group_invalid': {
    kind: 'invalid',
    message: 'A group cannot be called that.',
    remedy: 'Use 1 to 256 characters that can be shown.',
  },
  'person.link_invalid': {
    kind: 'invalid',
    message: 'A link names no provider that people sign in with, or no subject.',
    remedy: 'Name a workforce provider of the organisation and the subject as the provider spells it.',
  },
  'domain.unknown': {
    kind: 'missing',
    message: 'There is no such domain.',
    remedy: 'Check the name and the organisation.',
  },
  'domain.id_taken': {
    kind: 'conflict',
    message: 'Another domain of the organisation has this name.',
    remedy: 'Choose another name, or leave it out.',
  },
  'domain.domain_taken': {
    kind: 'conflict',
    message: 'The organisation has a record of this domain already.',
    remedy: 'Use the record that exists.',
  },
  'domain.changed': {
    kind: 'conflict',
    message: 'The domain was changed by somebody else in the meantime.',
    remedy: 'Read it again and repeat the change.',
  },
  'domain.provider_unknown': {
    kind: 'invalid',
    message: 'A domain routes to a provider that people sign in with.',
    remedy: 'Name a workforce provider of the organisation.',
  },
  'domain.vouched_needs_operator': {
    kind: 'denied',
    message: 'Only an operator vouches for a domain.',
    remedy: 'Prove it by its DNS record, or ask an operator.',
  },
  'field.too_long': { kind: 'invalid', message: 'A text is too long.', remedy: 'Shorten it to the named length.' },
  'field.too_many': { kind: 'invalid', message: 'A list is too long.', remedy: 'Shorten it to the named number.' },
  'field.not_offered': {
    kind: 'invalid',
    message: 'A value is not one of those that the field takes.',
    remedy: 'Choose one of the values that the answer lists.',
  },
  'lint.rule_unknown': {
    kind: 'invalid',
    message: 'There is no such lint rule.',
    remedy: 'Use the names in docs/reference/lint.md.',
  },
  'form.field_unknown': {
    kind: 'invalid',
    message: 'The form of the source has no such field.',
    remedy: 'Use the fields that the source has.',
  },
  'form.value_invalid': {
    kind: 'invalid',
    message: 'A value of the form is not like the values that the source’s tokens have.',
    remedy: 'Compare it with the example.',
  },
  'field.required': { kind: 'invalid', message: 'A required field is missing.', remedy: 'Add the field.' },
  'field.not_text': {
    kind: 'invalid',
    message: 'A text has control characters or broken Unicode.',
    remedy: 'Remove the characters that cannot be shown.',
  },
} as const

export type RegistryCode = keyof typeof registryFaults

export const registryFault = faultsOf(registryFaults)

/** One bad field with a code of this room; `message` goes on after the field's name: "is taken", "must be …". */
export function fieldFault(code: RegistryCode, path: string, message: string): FieldFault {
  return { path, code, message }
}

/** A store's fault for something taken, with this room's public sentence; anything else as it is. */
export function asRegistryFault(error: unknown): unknown {
  if (
    !(error instanceof Fault) ||
    !(error.code.endsWith('_taken') || error.code.endsWith('.not_empty')) ||
    !isRegistryCode(error.code)
  )
    return error
  return registryFault(error.code, { fields: error.fields, cause: error.cause })
}

function isRegistryCode(code: string): code is RegistryCode {
  return Object.hasOwn(registryFaults, code)
}

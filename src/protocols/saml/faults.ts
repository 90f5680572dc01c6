/** What the protocol `saml` says no with, before anything is stored. */
import { type FieldFault, faultsOf } from '../../fault.ts'

export const samlFaults = {
  'saml.metadata_failed': {
    kind: 'upstream',
    message: 'The metadata of the identity provider could not be fetched, or are not what they must be.',
    remedy:
      'Open the metadata URL from outside: it must be public, https, and answer with XML of at most 128 KiB without a redirect. The log has the reason.',
  },
  'saml.metadata_invalid': {
    kind: 'invalid',
    message: 'The metadata are not those of one SAML 2.0 identity provider.',
    remedy:
      'Give the EntityDescriptor of the identity provider: with an entityID, an IDPSSODescriptor, its https addresses and its signing certificates.',
  },
  'saml.metadata_expired': {
    kind: 'upstream',
    message: 'The metadata of the identity provider were valid until a moment that is past.',
    remedy: 'Let the provider publish new ones at the metadata URL, or upload new ones.',
  },
  'saml.entity_differs': {
    kind: 'invalid',
    message: 'The metadata are about another entity.',
    remedy: 'Leave the entity id out, or write it exactly as the metadata spell it.',
  },
  'saml.key_overlap_missing': {
    kind: 'invalid',
    message: 'The new metadata have none of the signing keys in use.',
    remedy: 'Upload metadata with the old and the new key first, and take the old one away when it is no longer used.',
  },
  'saml.certificate_invalid': {
    kind: 'invalid',
    message: 'The signing certificates are not usable.',
    remedy:
      'Give one to three X.509 certificates with RSA keys of 2048 bits or more, or EC keys; at least one must not have expired.',
  },
  'saml.setting_missing': {
    kind: 'invalid',
    message: 'A required setting is missing.',
    remedy: 'Give the metadata, or their URL, or the sign-on URL together with a signing certificate.',
  },
  'saml.url_invalid': {
    kind: 'invalid',
    message: 'An address of the provider is not an https URL.',
    remedy: 'Write https://host[:port]/path without user and fragment.',
  },
  'saml.value_invalid': {
    kind: 'invalid',
    message: 'A setting has a value that it does not take.',
    remedy: 'Read the sentence beside the field: it says what is taken.',
  },
  'saml.name_id_transient': {
    kind: 'invalid',
    message: 'Transient name identifiers are new at every sign-in, so that nobody would be known again by them.',
    remedy: 'Choose another NameID format, or take the principal from an attribute.',
  },
} as const

export type SamlCode = keyof typeof samlFaults

export const samlFault = faultsOf(samlFaults)

/** One bad setting of the block `saml`; `message` goes on after the field's name. `field.unknown` is every face's own word for it. */
export function samlFieldFault(code: SamlCode | 'field.unknown', name: string, message: string): FieldFault {
  return { path: `saml.${name}`, code, message }
}

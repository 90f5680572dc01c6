/** What the faces say no with by themselves: requests that do not reach a use case. */
import { faultsOf } from '../fault.ts'

export const faceFaults = {
  'request.invalid': {
    kind: 'invalid',
    message: 'The request cannot be read, or several of its fields are wrong.',
    remedy: 'Look at the fields that the answer names; without any, the address or the body is malformed.',
  },
  'request.media_type': {
    kind: 'invalid',
    message: 'The body must be of type application/json.',
    remedy: 'Send JSON and say so in Content-Type; manifests may be application/yaml, too.',
  },
  'request.object_gone': {
    kind: 'conflict',
    message: 'The document was read from another object than the one that has the name now, if any.',
    remedy: 'Read the object again, or leave uid and resourceVersion out to write the document as it stands.',
  },
  'request.path_unknown': {
    kind: 'missing',
    message: 'There is no such path and method.',
    remedy: 'Look at the OpenAPI document of the face.',
  },
  'field.unknown': {
    kind: 'invalid',
    message: 'The object has no field of this name, or the list no such parameter.',
    remedy: 'Check the spelling; names are case-sensitive.',
  },
  'field.missing': { kind: 'invalid', message: 'A required field is missing.', remedy: 'Add the field.' },
  'field.type': { kind: 'invalid', message: 'A value has the wrong type.', remedy: 'Send the type that is named.' },
  'field.invalid': {
    kind: 'invalid',
    message: 'A value is not one that the field takes.',
    remedy: 'Read the sentence beside the field: it says what is taken.',
  },
  'field.read_only': {
    kind: 'invalid',
    message: 'The update mask names a field that cannot be changed.',
    remedy: 'Leave it out of the mask; in the body it is ignored.',
  },
  'lint.finding_unknown': {
    kind: 'missing',
    message: 'Lint has no such finding now.',
    remedy: 'List the findings; those of a condition that was changed are gone.',
  },
  'session.unknown': {
    kind: 'missing',
    message: 'The person has no such session now.',
    remedy: 'List the sessions; those that ended are gone.',
  },
  'export.saml_only': {
    kind: 'invalid',
    message: 'Only SAML providers have metadata of ours to export.',
    remedy: 'Give an OpenID Connect provider the redirect address /sign-in/{organisation}/{alias}/return instead.',
  },
  internal: {
    kind: 'internal',
    message: 'The server failed to answer; the request id leads to the reason.',
    remedy: 'Give the x-request-id of the answer to whoever runs the server: the log has the reason.',
  },
} as const

export const faceFault = faultsOf(faceFaults)

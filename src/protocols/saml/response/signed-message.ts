/**
 * Messages beside the response that are believed for their signature: LogoutRequest, LogoutResponse, metadata.
 *
 * Source: SAML 2.0 Core §5; Bindings §3.5; Metadata §3.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import { METADATA, PROTOCOL } from '../names.ts'
import { readDocument } from '../signed-xml/read-document.ts'
import { structureOf } from '../signed-xml/structure.ts'
import { isTag, type Tag } from '../signed-xml/tree.ts'
import { verifySignature } from '../signed-xml/verify-signature.ts'
import type { Element } from '../xml.ts'
import type { TrustedSigner } from './port.ts'
import { attempt } from './verified-bytes.ts'

export type MessageName = 'LogoutRequest' | 'LogoutResponse' | 'EntityDescriptor' | 'EntitiesDescriptor'

export interface ExpectedMessage extends TrustedSigner {
  /** In the namespace that belongs to the name. */
  readonly names: readonly MessageName[]
  /** False: a message without any signature is read, and says so. One that is signed must verify all the same. */
  readonly mustBeSigned: boolean
}

export interface SignedMessage {
  /** Of the verified bytes, without the Signature; of the document as it came where `isSigned` is false. */
  readonly root: Element
  readonly isSigned: boolean
}

/** The message of the POST binding or a metadata document, by the rules of a response's signature; climbs `token` and `signature`. */
export function verifySignedMessage(
  bytes: Uint8Array,
  expected: ExpectedMessage,
  ladder: Ladder,
): SignedMessage | null {
  const message = readMessage(bytes, expected, ladder)
  if (message === null) return null
  const { root, signature } = message
  if (signature === null) {
    const isFine = !expected.mustBeSigned
    if (!ladder.check('signature', isFine, 'saml.signature_missing', 'a signed message', 'no signature')) return null
    return { root: elementOf(root), isSigned: false }
  }
  return attempt(ladder, 'signature', () => {
    const { tag, algorithm } = verifySignature(signature, root, expected)
    ladder.check('signature', true, 'signature.invalid', undefined, algorithm)
    return { root: elementOf(tag), isSigned: true }
  })
}

/** Climbs the rung `token`: the message as it came, with the signature that it has of its own. */
export function readMessage(
  bytes: Uint8Array,
  { names }: Pick<ExpectedMessage, 'names'>,
  ladder: Ladder,
): { readonly root: Tag; readonly signature: Tag | null } | null {
  const root = attempt(ladder, 'token', () => readDocument(bytes))
  if (root === null) return null
  const isKnown = names.some((name) => isTag(root, name.startsWith('Entit') ? METADATA : PROTOCOL, name))
  if (!ladder.check('token', isKnown, 'saml.message_unknown', names.join(' or '), () => root.name)) return null
  return attempt(ladder, 'token', () => {
    const signature = signatureOf(root)
    ladder.check('token', true, 'saml.malformed')
    return { root, signature }
  })
}

/** Metadata without a signature need no ID. Source: SAML 2.0 Metadata §2.3.2. */
function signatureOf(root: Tag): Tag | null {
  const isUnsigned = !root.content.some((one) => typeof one !== 'string' && one.name === 'Signature')
  return isUnsigned && root.namespace === METADATA ? null : structureOf(root).rootSignature
}

/** In the plain form that all who are not concerned with signatures read. */
export function elementOf({ namespace, name, attributes, content }: Tag): Element {
  return {
    namespace,
    name,
    attributes: attributes.map(({ namespace: space, name: called, value }) => ({
      namespace: space,
      name: called,
      value,
    })),
    children: content.flatMap((one) => (typeof one === 'string' ? [] : [elementOf(one)])),
    text: content.filter((one) => typeof one === 'string').join(''),
  }
}

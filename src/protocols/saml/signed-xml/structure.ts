/**
 * Where assertions and signatures stand in a message, and that no two elements have one ID. Everything that published
 * wrapping attacks need (a second assertion, a signature elsewhere, an ID twice) is refused here, before any of it is read.
 *
 * Source: SAML 2.0 Core §1.3.4, §5.4.1–5.4.2; CONTRACT.md section 7; Somorovsky et al., "On Breaking SAML" (XSW1–8).
 */
import { ASSERTION, SIGNATURE } from '../names.ts'
import { isName } from './characters.ts'
import { Unacceptable } from './refusal.ts'
import { attributeOf, childrenOf, everyTag, isTag, type Tag } from './tree.ts'

export interface Structure {
  /** The root's own, null where it has none. */
  readonly rootSignature: Tag | null
  /** The root itself, or its child; null where there is none. */
  readonly assertion: Tag | null
  /** The assertion's own, where the assertion is not the root. */
  readonly assertionSignature: Tag | null
  readonly encryptedAssertion: Tag | null
  readonly ids: ReadonlySet<string>
}

/** They go into decisions and into the store of assertions that were used. */
const ID_CHARACTERS = 256

/** Faults (thrown as `Unacceptable`): saml.id_invalid, saml.id_duplicate, saml.assertion_not_alone, saml.assertion_misplaced, saml.signature_misplaced, saml.signature_not_alone */
export function structureOf(root: Tag, idsAround: ReadonlySet<string> = new Set()): Structure {
  const assertions: Tag[] = []
  const encrypted: Tag[] = []
  const signatures: Tag[] = []
  const ids = new Set<string>(idsAround)
  for (const tag of everyTag(root)) {
    if (isTag(tag, ASSERTION, 'Assertion')) assertions.push(tag)
    else if (isTag(tag, ASSERTION, 'EncryptedAssertion')) encrypted.push(tag)
    else if (isTag(tag, SIGNATURE, 'Signature')) signatures.push(tag)
    // In any namespace and any case: whatever another reader could take for an ID.
    for (const { name, value } of tag.attributes) {
      if (name.length !== 2 || name.toLowerCase() !== 'id') continue
      if (ids.has(value)) throw new Unacceptable('saml.id_duplicate', 'each ID once', 'one twice')
      ids.add(value)
    }
  }
  if (assertions.length + encrypted.length > 1)
    throw new Unacceptable('saml.assertion_not_alone', 'one assertion', `${assertions.length + encrypted.length}`)
  const [assertion = null] = assertions
  const [encryptedAssertion = null] = encrypted
  const one = assertion ?? encryptedAssertion
  if (one !== null && one !== root && !root.content.includes(one))
    throw new Unacceptable('saml.assertion_misplaced', 'an assertion in the response', 'elsewhere')
  for (const signed of assertion === null ? [root] : [root, assertion]) requireId(signed)
  const parents = assertion === null || assertion === root ? [root] : [root, assertion]
  const [rootSignature = null, assertionSignature = null] = parents.map(signatureIn)
  if (signatures.some((signature) => signature !== rootSignature && signature !== assertionSignature))
    throw new Unacceptable('saml.signature_misplaced', 'a child of the message or its assertion', 'elsewhere')
  return { rootSignature, assertion, assertionSignature, encryptedAssertion, ids }
}

function signatureIn(parent: Tag): Tag | null {
  const [first = null, ...others] = childrenOf(parent).filter((one) => isTag(one, SIGNATURE, 'Signature'))
  if (others.length > 0) throw new Unacceptable('saml.signature_not_alone', 'one signature', `${1 + others.length}`)
  return first
}

function requireId(tag: Tag): void {
  const id = attributeOf(tag, 'ID') ?? ''
  if (id.length > ID_CHARACTERS || !isName(id))
    throw new Unacceptable('saml.id_invalid', `an ID of at most ${ID_CHARACTERS} characters`, 'none, or no XML name')
}

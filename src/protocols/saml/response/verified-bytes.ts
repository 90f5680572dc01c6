/**
 * From bytes to what a signature of the provider covers. Everything that is read later comes from here, and everything here
 * comes out of canonical text whose digest was signed; of an unsigned response only what can do no more than refuse.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import { ASSERTION, PROTOCOL, SIGNATURE } from '../names.ts'
import { readDocument } from '../signed-xml/read-document.ts'
import { orRefusal, Unacceptable } from '../signed-xml/refusal.ts'
import { any, inSequence, optional } from '../signed-xml/sequence.ts'
import { type Structure, structureOf } from '../signed-xml/structure.ts'
import { childrenOf, isTag, type Tag } from '../signed-xml/tree.ts'
import { verifySignature } from '../signed-xml/verify-signature.ts'
import { decrypted } from './decryption.ts'
import type { ExpectedResponse } from './port.ts'
import { judgeStatus } from './status.ts'

export interface VerifiedBytes {
  /** Null: a bare assertion. Only `isResponseSigned` makes it the provider's word. */
  readonly response: Tag | null
  readonly isResponseSigned: boolean
  readonly isEncrypted: boolean
  readonly assertion: Tag
}

const RUNGS = ['response_signature', 'status', 'assertion', 'decryption', 'signature']

/** Climbs `token`, `response_signature`, `status`, `assertion`, `decryption`, `signature`; null where one of them failed. */
export function verifiedBytes(bytes: Uint8Array, expected: ExpectedResponse, ladder: Ladder): VerifiedBytes | null {
  const ended = (next: string): null => {
    for (const rung of RUNGS.slice(RUNGS.indexOf(next))) ladder.skip(rung, 'an earlier rung failed')
    return null
  }
  const root = attempt(ladder, 'token', () => readDocument(bytes))
  if (root === null) return ended('response_signature')
  const isBare = expected.allowBareAssertion && isTag(root, ASSERTION, 'Assertion')
  const isKnown = isBare || isTag(root, PROTOCOL, 'Response')
  if (
    !ladder.check(
      'token',
      isKnown,
      'saml.message_unknown',
      'a SAML 2.0 Response',
      () => `${root.namespace} ${root.name}`,
    )
  )
    return ended('response_signature')
  const structure = attempt(ladder, 'token', () => structureOf(root))
  if (structure === null) return ended('response_signature')
  const isBuilt = isBare || isResponseBuilt(root)
  if (!ladder.check('token', isBuilt, 'saml.assertion_malformed', 'a response as its schema has it', 'another form'))
    return ended('response_signature')

  const { rootSignature } = structure
  let signed: Tag | null = null
  if (isBare || rootSignature === null) ladder.skip('response_signature', 'the response is not signed')
  else {
    signed = attempt(ladder, 'response_signature', () => verifySignature(rootSignature, root, expected).tag)
    if (signed === null) return ended('status')
    ladder.check('response_signature', true, 'signature.invalid')
  }
  const response = isBare ? null : (signed ?? root)
  if (response === null) ladder.skip('status', 'there is no response around the assertion')
  else if (!judgeStatus(response, ladder)) return ended('assertion')

  if (!isThere(structure, expected, ladder)) return ended('decryption')
  const found = foundAssertion(structure, signed, expected, ladder)
  if (found === null) return ended('signature')
  const assertion = coveredAssertion(found, isBare ? rootSignature : found.signature, signed, expected, ladder)
  if (assertion === null) return null
  const isEncrypted = structure.encryptedAssertion !== null
  return { response, isResponseSigned: signed !== null, isEncrypted, assertion }
}

const RESPONSE = [
  optional(ASSERTION, 'Issuer'),
  optional(PROTOCOL, 'Extensions'),
  // Its absence is a failure of the status, and said so.
  optional(PROTOCOL, 'Status'),
  any(ASSERTION, 'Assertion', 'EncryptedAssertion'),
]

/**
 * Each part once, so that nobody can read another than we do. The signature may stand anywhere among them: products differ,
 * and its place means nothing. Source: SAML 2.0 Core §3.2.2, §3.3.3.
 */
function isResponseBuilt(root: Tag): boolean {
  const content = root.content.filter((one) => typeof one === 'string' || !isTag(one, SIGNATURE, 'Signature'))
  return inSequence({ ...root, content }, RESPONSE) !== null
}

/** What `judge` gives; where it refuses, the rung fails, and the answer is null. */
export function attempt<T>(ladder: Ladder, rung: string, judge: () => T): T | null {
  const judged = orRefusal(judge)
  if (!(judged instanceof Unacceptable)) return judged
  ladder.check(rung, false, judged.code, judged.expected, judged.actual)
  return null
}

function isThere(
  { assertion, encryptedAssertion }: Structure,
  { wantAssertionsEncrypted }: ExpectedResponse,
  ladder: Ladder,
): boolean {
  const isOne = assertion !== null || encryptedAssertion !== null
  if (!ladder.check('assertion', isOne, 'saml.assertion_missing', 'one assertion', 'none')) return false
  const isHidden = assertion === null || !wantAssertionsEncrypted
  return ladder.check('assertion', isHidden, 'saml.encryption_missing', 'an EncryptedAssertion', 'an Assertion')
}

interface FoundAssertion {
  /** As it came, with its signature. */
  readonly assertion: Tag
  readonly signature: Tag | null
  /** The same where the response's signature covers it. */
  readonly covered: Tag | null
}

function foundAssertion(
  { assertion, assertionSignature, encryptedAssertion, ids }: Structure,
  signed: Tag | null,
  { decryptionKeys }: ExpectedResponse,
  ladder: Ladder,
): FoundAssertion | null {
  if (encryptedAssertion === null) {
    ladder.skip('decryption', 'the assertion is not encrypted')
    if (assertion === null) return null
    const covered = signed === null ? null : childIn(signed, 'Assertion')
    return { assertion, signature: assertionSignature, covered }
  }
  return attempt(ladder, 'decryption', () => {
    const wrapper = signed === null ? encryptedAssertion : childIn(signed, 'EncryptedAssertion')
    const opened = decrypted(wrapper ?? encryptedAssertion, 'Assertion', decryptionKeys)
    const { rootSignature } = structureOf(opened, ids)
    ladder.check('decryption', true, 'saml.decryption_failed')
    return { assertion: opened, signature: rootSignature, covered: signed === null ? null : opened }
  })
}

function childIn(response: Tag, name: string): Tag | null {
  return childrenOf(response).find((one) => isTag(one, ASSERTION, name)) ?? null
}

/** Every signature that is there must verify; one of them must cover the assertion. */
function coveredAssertion(
  { assertion, covered }: FoundAssertion,
  signature: Tag | null,
  signed: Tag | null,
  expected: ExpectedResponse,
  ladder: Ladder,
): Tag | null {
  if (signature === null) {
    const isCovered = signed !== null && covered !== null
    const actual = isCovered ? 'that of the response' : 'none'
    ladder.check('signature', isCovered, 'saml.signature_missing', 'a signature that covers the assertion', actual)
    return isCovered ? covered : null
  }
  return attempt(ladder, 'signature', () => {
    const { tag, algorithm } = verifySignature(signature, assertion, expected)
    ladder.check('signature', true, 'signature.invalid', undefined, algorithm)
    return tag
  })
}

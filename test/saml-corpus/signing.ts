/** Signed responses, the one or the other way, and what wrapping attacks take them apart into. */
import { sign } from 'node:crypto'
import type { CorpusKey, CorpusKeys } from './keys.ts'
import { ASSERTION_ID, RESPONSE_ID, response, type Shape, type SignatureShape, signature } from './templates.ts'
import { SIGNATURE_OF_ASSERTION, SIGNATURE_OF_RESPONSE, signWithXmlsec } from './xmlsec.ts'

export interface Signer {
  /** A response whose assertion is signed. */
  assertionSigned(shape?: Shape, form?: SignatureShape): string
  responseSigned(shape?: Shape, form?: SignatureShape): string
  bothSigned(shape?: Shape): string
  /** Fills in the template that stands in the text. */
  fill(xml: string, where?: string): string
  /** RSA with SHA-256 over the text, in base64. */
  rawSignature(text: string): string
}

export function signer(key: CorpusKey): Signer {
  const fill = (xml: string, where = SIGNATURE_OF_ASSERTION) => withoutDeclaration(signWithXmlsec(xml, where, key))
  const withAssertionSignature = (shape: Shape, form?: SignatureShape): Shape => ({
    ...shape,
    assertionSignature: signature(shape.assertionId ?? ASSERTION_ID, form),
  })
  const withResponseSignature = (shape: Shape, form?: SignatureShape): Shape => ({
    ...shape,
    responseSignature: signature(shape.responseId ?? RESPONSE_ID, form),
  })
  return {
    fill,
    assertionSigned: (shape = {}, form) => fill(response(withAssertionSignature(shape, form))),
    responseSigned: (shape = {}, form) => fill(response(withResponseSignature(shape, form)), SIGNATURE_OF_RESPONSE),
    bothSigned: (shape = {}) => {
      const inner = fill(response(withResponseSignature(withAssertionSignature(shape))))
      return fill(inner, SIGNATURE_OF_RESPONSE)
    },
    rawSignature: (text) => sign('sha256', Buffer.from(text), key.pem).toString('base64'),
  }
}

export type Signers = Readonly<Record<keyof CorpusKeys, Signer>>

/** xmlsec1 writes a declaration and a line end; what the cases say should be all there is. */
function withoutDeclaration(xml: string): string {
  return xml.replace(/^<\?xml[^>]*\?>\n/, '').replace(/\n$/, '')
}

/** The one assertion of a response, as text. */
export function assertionOf(xml: string): string {
  const found = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)
  if (found === null) throw new Error('there is no assertion')
  return found[0]
}

/** The first signature, as text. */
export function signatureOf(xml: string): string {
  const found = /<ds:Signature[ >][\s\S]*?<\/ds:Signature>/.exec(xml)
  if (found === null) throw new Error('there is no signature')
  return found[0]
}

/** Replaces what must be there, once. */
export function replaced(xml: string, what: string, by: string): string {
  const parts = xml.split(what)
  if (parts.length < 2) throw new Error(`${what.slice(0, 80)} is not there`)
  return `${parts[0]}${by}${parts.slice(1).join(what)}`
}

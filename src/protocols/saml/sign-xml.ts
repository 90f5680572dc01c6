/**
 * Signs an element of ours by an enveloped signature.
 *
 * Source: XML Signature §4, §6.6.4; SAML 2.0 Core §5.4.
 */
import { createHash } from 'node:crypto'
import { type Content, element, text } from './canonical.ts'
import { ENVELOPED, EXCLUSIVE, SIGNATURE } from './names.ts'

/** What we sign with; a part of keys/saml-key.ts. */
export interface Signer {
  /** DER in base64. */
  certificate(): Promise<string>
  /** RSA with SHA-256. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** An element that will be signed, in two parts, between which the signature belongs. */
export interface ToSign {
  readonly name: string
  /** With the namespaces that it uses, and its `ID`. */
  readonly attributes: Readonly<Record<string, string>> & { readonly ID: string }
  readonly before: Content
  readonly after: Content
}

/** RFC 9231 §2.3.2; the name stands in queries of the Redirect binding, too. */
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** The element without a signature. */
export function unsigned({ name, attributes, before, after }: ToSign): string {
  return element(name, attributes, [...before, ...after])
}

/** The element with a signature over all of it. */
export async function signed(what: ToSign, signer: Signer): Promise<string> {
  const digest = createHash('sha256').update(unsigned(what)).digest('base64')
  const reference = element('ds:Reference', { URI: `#${what.attributes.ID}` }, [
    element('ds:Transforms', {}, [
      element('ds:Transform', { Algorithm: ENVELOPED }),
      element('ds:Transform', { Algorithm: EXCLUSIVE }),
    ]),
    element('ds:DigestMethod', { Algorithm: SHA256 }),
    element('ds:DigestValue', {}, [digest]),
  ])
  const info = (attributes: Readonly<Record<string, string>>) =>
    element('ds:SignedInfo', attributes, [
      element('ds:CanonicalizationMethod', { Algorithm: EXCLUSIVE }),
      element('ds:SignatureMethod', { Algorithm: RSA_SHA256 }),
      reference,
    ])
  // Signed is its canonical form, in which it stands alone and declares its namespace itself.
  const value = Buffer.from(await signer.sign(Buffer.from(info({ 'xmlns:ds': SIGNATURE })))).toString('base64')
  const signature = element('ds:Signature', { 'xmlns:ds': SIGNATURE }, [
    info({}),
    element('ds:SignatureValue', {}, [value]),
    element('ds:KeyInfo', {}, [
      element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [text(await signer.certificate())])]),
    ]),
  ])
  return element(what.name, what.attributes, [...what.before, signature, ...what.after])
}

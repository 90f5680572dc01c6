/**
 * Writes XML that is its own exclusive canonical form, and signs it: a namespace is declared where it is first used, attributes
 * stand in order, no element is empty.
 *
 * Source: Exclusive XML Canonicalization 1.0; XML Signature §4.
 */
import { createHash, type KeyObject, sign } from 'node:crypto'

export const NAMESPACES = {
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
} as const

type Prefix = keyof typeof NAMESPACES

/** `prefix:name`; the namespace is declared here. */
export function root(name: `${Prefix}:${string}`, attributes: Attributes, content: readonly string[]): string {
  // Sound: the type of the name says so.
  const prefix = name.split(':')[0] as Prefix
  return written(name, ` xmlns:${prefix}="${NAMESPACES[prefix]}"`, attributes, content)
}

/** Within a `root` of the same prefix. */
export function inner(name: `${Prefix}:${string}`, attributes: Attributes, content: readonly string[] = []): string {
  return written(name, '', attributes, content)
}

/** Null leaves one out. */
type Attributes = Readonly<Record<string, string | null>>

function written(name: string, namespace: string, attributes: Attributes, content: readonly string[]): string {
  const pairs = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1))
  const all = pairs.map(([key, value]) => (value === null ? '' : ` ${key}="${text(value).replaceAll('"', '&quot;')}"`))
  return `<${name}${namespace}${all.join('')}>${content.join('')}</${name}>`
}

export function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

export interface SignWith {
  readonly key: KeyObject
  /** DER in base64. */
  readonly certificate: string
  readonly hash: 'sha256' | 'sha1'
}

const METHODS = {
  sha256: ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmlenc#sha256'],
  sha1: ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'http://www.w3.org/2000/09/xmldsig#sha1'],
} as const
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** The element with an enveloped signature after its Issuer. */
export function signed(xml: string, { key, certificate, hash }: SignWith): string {
  const id = /\sID="([^"]+)"/.exec(xml)?.[1] ?? ''
  const [signature, digest] = METHODS[hash]
  const value = createHash(hash).update(xml).digest('base64')
  const content = [
    inner('ds:CanonicalizationMethod', { Algorithm: EXCLUSIVE }),
    inner('ds:SignatureMethod', { Algorithm: signature }),
    inner('ds:Reference', { URI: `#${id}` }, [
      inner('ds:Transforms', {}, [
        inner('ds:Transform', { Algorithm: `${NAMESPACES.ds}enveloped-signature` }),
        inner('ds:Transform', { Algorithm: EXCLUSIVE }),
      ]),
      inner('ds:DigestMethod', { Algorithm: digest }),
      inner('ds:DigestValue', {}, [value]),
    ]),
  ]
  // What is signed stands alone, and declares its namespace itself.
  const made = sign(hash, Buffer.from(root('ds:SignedInfo', {}, content)), key).toString('base64')
  const whole = root('ds:Signature', {}, [
    inner('ds:SignedInfo', {}, content),
    inner('ds:SignatureValue', {}, [made]),
    inner('ds:KeyInfo', {}, [inner('ds:X509Data', {}, [inner('ds:X509Certificate', {}, [certificate])])]),
  ])
  const after = xml.indexOf('</saml:Issuer>') + '</saml:Issuer>'.length
  return xml.slice(0, after) + whole + xml.slice(after)
}

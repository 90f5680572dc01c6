import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { element, text } from './canonical.ts'
import { type Signer, signed, unsigned } from './sign-xml.ts'
import { attributeOf, readXml } from './xml.ts'

const LIMITS = { characters: 1_000_000, depth: 20 }

/** By libxml2, which did not write it. */
function canonical(xml: string, xpath?: string): string {
  const document = XmlDocument.fromString(xml)
  try {
    const node = xpath === undefined ? document.root : document.get(xpath, { ds: DS })
    if (node === null || !('canonicalizeToString' in node)) throw new TypeError('no element')
    return node.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: false })
  } finally {
    document.dispose()
  }
}
const DS = 'http://www.w3.org/2000/09/xmldsig#'

describe('what is written', () => {
  it('is its own exclusive canonical form, and is read back as it was', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\t\n\r &<>"'a]{0,20}$/))
    fc.assert(
      fc.property(value, value, (attribute, content) => {
        const inner = element('x:b', {}, [text(content)])
        const xml = element('x:a', { z: attribute, A: 'one', b: 'two', 'xmlns:x': 'urn:x', ID: '_1' }, [inner])
        expect(canonical(xml)).toBe(xml)
        const read = readXml(xml, LIMITS)
        if ('problem' in read) throw new Error(read.problem)
        const carried = (one: string) =>
          one.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
        expect(attributeOf(read.root, 'z')).toBe(carried(attribute))
        expect(read.root.children[0]?.text).toBe(carried(content))
      }),
    )
  })
})

describe('what is signed', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signer: Signer = {
    certificate: async () => 'MIIC',
    sign: async (bytes) => sign('sha256', bytes, createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))),
  }
  const what = {
    name: 'x:a',
    attributes: { 'xmlns:x': 'urn:x', ID: '_1', at: 'a "quoted" & odd\n' },
    before: [element('x:issuer', {}, [text('us & them')])],
    after: [element('y:rest', { 'xmlns:y': 'urn:y' })],
  }

  it('carries the signature between its parts, over the whole without it', async () => {
    const xml = await signed(what, signer)
    expect(canonical(xml)).toBe(xml)
    const read = readXml(xml, LIMITS)
    if ('problem' in read) throw new Error(read.problem)
    expect(read.root.children.map(({ name }) => name)).toEqual(['issuer', 'Signature', 'rest'])
    expect(xml.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, '')).toBe(unsigned(what))
    const value = /<ds:SignatureValue>([^<]+)</.exec(xml)?.[1] ?? ''
    const info = canonical(xml, '//ds:SignedInfo')
    expect(
      verify(
        'sha256',
        Buffer.from(info),
        createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
        Buffer.from(value, 'base64'),
      ),
    ).toBe(true)
  })
})

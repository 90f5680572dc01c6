/** Documents that readers disagree about, or that cost more than they are worth. Signed before they were spoilt, where that can be. */
import type { BadCase } from '../case.ts'
import { assertionOf, replaced, type Signer } from '../signing.ts'
import {
  attribute,
  attributeStatement,
  audience,
  conditions,
  issuer,
  MALLORY,
  nameId,
  RESPONSE_ID,
  response,
  SP,
  VICTIM,
} from '../templates.ts'

const TAIL = '.evil.example'

export function documentCases(idp: Signer): BadCase[] {
  return [...comments(idp), ...documentTypes(idp), ...encodings(idp), ...wellFormedness(idp), ...sizes(idp)]
}

/** The provider signs what mallory is called: a name that reads as the victim's up to the trick. */
function comments(idp: Signer): BadCase[] {
  const named = (name: string, value: string, code: string): BadCase => ({
    name: `text.${name}`,
    xml: idp.assertionSigned({ nameId: nameId(value) }),
    code,
  })
  const inserted = (name: string, what: string, by: string, code = 'saml.comment_refused'): BadCase => ({
    name: `text.${name}`,
    xml: replaced(idp.assertionSigned({ nameId: nameId(`${VICTIM}${TAIL}`) }), what, by),
    code,
  })
  return [
    named('comment-in-name-id', `${VICTIM}<!-- -->${TAIL}`, 'saml.comment_refused'),
    named('comment-at-the-end-of-name-id', `${VICTIM}${TAIL}<!-- -->`, 'saml.comment_refused'),
    named('comment-at-the-start-of-name-id', `<!-- -->${VICTIM}${TAIL}`, 'saml.comment_refused'),
    inserted('comment-inserted-into-name-id', `${VICTIM}${TAIL}`, `${VICTIM}<!---->${TAIL}`),
    inserted(
      'instruction-inserted-into-name-id',
      `${VICTIM}${TAIL}`,
      `${VICTIM}<?x?>${TAIL}`,
      'saml.instruction_refused',
    ),
    named('cdata-in-name-id', `<![CDATA[${VICTIM}]]>${TAIL}`, 'saml.cdata_refused'),
    named('instruction-in-name-id', `${VICTIM}<?evil?>${TAIL}`, 'saml.instruction_refused'),
    named('element-in-name-id', `${VICTIM}<saml:x></saml:x>${TAIL}`, 'saml.name_id_invalid'),
    named(
      'xinclude-in-name-id',
      '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"></xi:include>',
      'saml.name_id_invalid',
    ),
    {
      name: 'text.comment-in-attribute-value',
      xml: idp.assertionSigned({ attributes: attributeStatement(attribute('mail', `${VICTIM}<!-- -->${TAIL}`)) }),
      code: 'saml.comment_refused',
    },
    {
      name: 'text.cdata-in-attribute-value',
      xml: idp.assertionSigned({ attributes: attributeStatement(attribute('mail', `${VICTIM}<![CDATA[${TAIL}]]>`)) }),
      code: 'saml.cdata_refused',
    },
    {
      name: 'text.comment-in-issuer',
      xml: idp.assertionSigned({ issuer: issuer('https://idp.example<!-- -->/saml') }),
      code: 'saml.comment_refused',
    },
    {
      name: 'text.comment-in-audience',
      xml: idp.assertionSigned({ conditions: conditions(audience(`${SP}/metadata<!-- -->`)) }),
      code: 'saml.comment_refused',
    },
    {
      name: 'text.cdata-in-audience',
      xml: idp.assertionSigned({ conditions: conditions(audience(`<![CDATA[${SP}/metadata]]>`)) }),
      code: 'saml.cdata_refused',
    },
    {
      name: 'text.instruction-between-elements',
      xml: replaced(
        idp.assertionSigned(),
        '<samlp:Status>',
        '<?xml-stylesheet href="http://evil.example/x.xsl"?><samlp:Status>',
      ),
      code: 'saml.instruction_refused',
    },
    {
      name: 'text.instruction-before-the-root',
      xml: `<?evil?>${idp.assertionSigned()}`,
      code: 'saml.instruction_refused',
    },
    {
      name: 'text.instruction-behind-the-root',
      xml: `${idp.assertionSigned()}<?evil?>`,
      code: 'saml.instruction_refused',
    },
  ]
}

function documentTypes(idp: Signer): BadCase[] {
  const signed = idp.assertionSigned()
  const typed = (name: string, doctype: string, xml = signed): BadCase => ({
    name: `doctype.${name}`,
    xml: doctype + xml,
    code: 'saml.doctype_refused',
  })
  const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
  const entity = replaced(signed, MALLORY, '&x;')
  return [
    typed('plain', '<!DOCTYPE r>'),
    typed('behind-a-comment', '<!-- --><!DOCTYPE r>'),
    typed('behind-a-declaration', '<?xml version="1.0"?>\n<!DOCTYPE r>'),
    typed('lower-case', '<!doctype r>'),
    typed('entity', `<!DOCTYPE r [<!ENTITY x "${VICTIM}">]>`, entity),
    typed('file', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', entity),
    typed('http', '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', entity),
    typed('outer-subset', '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">'),
    typed('public-subset', '<!DOCTYPE r PUBLIC "-//X//X" "http://127.0.0.1:9/x.dtd">'),
    typed('parameter-entity', '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'),
    typed('default-attribute', '<!DOCTYPE r [<!ATTLIST saml:NameID Format CDATA "urn:evil">]>'),
    typed('id-attribute', '<!DOCTYPE r [<!ATTLIST samlp:Status ID ID "_assertion-1">]>'),
    typed('billion-laughs', `<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]>`, replaced(signed, MALLORY, '&l10;')),
    typed(
      'quadratic',
      `<!DOCTYPE r [<!ENTITY q "${'a'.repeat(4_000)}">]>`,
      replaced(signed, MALLORY, '&q;'.repeat(4_000)),
    ),
    {
      name: 'doctype.within-the-root',
      xml: replaced(signed, '<samlp:Status>', '<!DOCTYPE r><samlp:Status>'),
      code: 'saml.doctype_refused',
    },
    { name: 'doctype.behind-the-root', xml: `${signed}<!DOCTYPE r>`, code: 'saml.doctype_refused' },
    { name: 'doctype.entity-never-declared', xml: entity, code: 'saml.malformed' },
    { name: 'doctype.entity-declaration-alone', xml: `<!ENTITY x "y">${signed}`, code: 'saml.malformed' },
  ]
}

function encodings(idp: Signer): BadCase[] {
  const signed = idp.assertionSigned()
  const refused = (name: string, xml: string | Buffer): BadCase => ({
    name: `encoding.${name}`,
    xml,
    code: 'saml.encoding_refused',
  })
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
  const utf16 = Buffer.from(signed, 'utf16le')
  const at = (bytes: readonly number[]) => {
    const [before = '', after = ''] = signed.split(MALLORY, 2)
    return Buffer.concat([Buffer.from(`${before}mall`), Buffer.from(bytes), Buffer.from(`ory${after}`)])
  }
  const utf32 = Buffer.concat([...signed].map((one) => Buffer.from([0, 0, 0, one.charCodeAt(0)])))
  return [
    refused('utf-16-little-endian', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])),
    refused('utf-16-big-endian', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped(utf16)])),
    refused('utf-16-without-a-mark', utf16),
    refused('utf-32', utf32),
    refused('utf-7-declared', `<?xml version="1.0" encoding="UTF-7"?>${signed}`),
    refused('utf-16-declared-in-utf-8', `<?xml version="1.0" encoding="UTF-16"?>${signed}`),
    refused('latin-1-declared', `<?xml version="1.0" encoding="ISO-8859-1"?>${signed}`),
    refused('ebcdic-declared', `<?xml version="1.0" encoding="IBM037"?>${signed}`),
    refused('unknown-declared', `<?xml version="1.0" encoding="evil"?>${signed}`),
    refused('lone-continuation-byte', at([0x80])),
    refused('overlong', at([0xc0, 0xae])),
    refused('surrogates', at([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80])),
    refused('beyond-unicode', at([0xf5, 0x80, 0x80, 0x80])),
    refused('cut', at([0xe2, 0x82])),
    refused('nul', at([0])),
    { name: 'encoding.control-character', xml: at([1]), code: 'saml.malformed' },
    { name: 'encoding.xml-1.1', xml: `<?xml version="1.1"?>${signed}`, code: 'saml.malformed' },
    {
      name: 'encoding.declaration-behind-a-space',
      xml: ` <?xml version="1.0"?>${signed}`,
      code: 'saml.instruction_refused',
    },
    {
      name: 'encoding.declaration-twice',
      xml: `<?xml version="1.0"?><?xml version="1.0"?>${signed}`,
      code: 'saml.instruction_refused',
    },
    { name: 'encoding.two-marks', xml: `\u{feff}\u{feff}${signed}`, code: 'saml.malformed' },
  ]
}

function wellFormedness(idp: Signer): BadCase[] {
  const signed = idp.assertionSigned()
  const bad = (name: string, xml: string): BadCase => ({ name: `form.${name}`, xml, code: 'saml.malformed' })
  const changed = (name: string, what: string, by: string) => bad(name, replaced(signed, what, by))
  return [
    bad('nothing', ''),
    bad('white-space', ' \n\t '),
    bad('json', '{"Response": {}}'),
    bad('base64-again', Buffer.from(signed).toString('base64')),
    bad('html', '<p>Signed in<br></p>'),
    bad('cut', signed.slice(0, -10)),
    bad('text-behind', `${signed}x`),
    bad('root-behind', `${signed}<x/>`),
    bad('text-before', `x${signed}`),
    changed('bare-ampersand', MALLORY, 'mallory & co'),
    changed('reference-to-nul', MALLORY, 'mallory&#0;'),
    changed('reference-to-a-surrogate', MALLORY, 'mallory&#xD800;'),
    changed('reference-to-a-control-character', MALLORY, 'mallory&#x8;'),
    changed('reference-beyond-unicode', MALLORY, 'mallory&#x110000;'),
    changed('prefix-never-declared', '<samlp:Status>', '<evil:x/><samlp:Status>'),
    changed('attribute-twice', `ID="${RESPONSE_ID}"`, `ID="${RESPONSE_ID}" ID="_other"`),
    changed(
      'attribute-twice-by-two-prefixes',
      '<samlp:Status>',
      '<samlp:Status xmlns:a="urn:x" xmlns:b="urn:x" a:y="1" b:y="2">',
    ),
    changed('attribute-without-quotes', `ID="${RESPONSE_ID}"`, `ID=${RESPONSE_ID}`),
    changed('attributes-without-a-space', `ID="${RESPONSE_ID}" `, `ID="${RESPONSE_ID}"`),
    changed('tag-in-an-attribute', `ID="${RESPONSE_ID}"`, 'ID="<x>"'),
    changed('tags-crossed', '</samlp:Status>', '</samlp:StatusCode>'),
    changed('end-of-cdata', MALLORY, 'mallory]]>'),
    changed('comment-with-two-hyphens', '<samlp:Status>', '<!-- -- --><samlp:Status>'),
    changed('prefix-taken-back', '<samlp:Status>', '<samlp:Status xmlns:x="">'),
    changed('xml-prefix-redeclared', '<samlp:Status>', '<samlp:Status xmlns:xml="urn:evil">'),
    changed('xmlns-prefix-declared', '<samlp:Status>', '<samlp:Status xmlns:xmlns="urn:evil">'),
    changed('namespace-relative', '<samlp:Status>', '<samlp:Status xmlns:x="evil">'),
    changed('colon-twice', '<samlp:Status>', '<samlp:a:b/><samlp:Status>'),
  ]
}

function sizes(idp: Signer): BadCase[] {
  const signed = idp.assertionSigned()
  const complex = (name: string, what: string, by: string): BadCase => ({
    name: `size.${name}`,
    xml: replaced(signed, what, by),
    code: 'saml.too_complex',
  })
  const nested = (count: number) => `${'<a>'.repeat(count)}${'</a>'.repeat(count)}`
  const many = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, n) => make(n)).join('')
  return [
    complex('33-levels', '<samlp:Status>', `${nested(32)}<samlp:Status>`),
    complex('2000-levels', '<samlp:Status>', `${nested(2_000)}<samlp:Status>`),
    complex('100-attributes', '<samlp:Status>', `<x${many(100, (n) => ` a${n}=""`)}/><samlp:Status>`),
    complex('200-namespaces', '<samlp:Status>', `<x${many(200, (n) => ` xmlns:a${n}="urn:a"`)}/><samlp:Status>`),
    complex('17000-elements', '<samlp:Status>', `${'<a/>'.repeat(17_000)}<samlp:Status>`),
    {
      name: 'size.300-kilobytes',
      xml: replaced(signed, assertionOf(signed), `${' '.repeat(300_000)}${assertionOf(signed)}`),
      code: 'saml.too_large',
    },
    {
      name: 'size.assertion-of-300-kilobytes',
      xml: response({ attributes: attributeStatement(attribute('x', 'a'.repeat(300_000))) }),
      code: 'saml.too_large',
    },
  ]
}

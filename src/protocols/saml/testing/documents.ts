/** XML for properties: documents that are well-formed in odd ways, and texts that are nearly. */
import fc from 'fast-check'

const PREFIXES = ['', 'a', 'b', 'saml', '_x.y-1'] as const
const URIS = ['urn:one', 'urn:two', 'http://x.example/%20?q=1#f', 'urn:oasis:names:tc:SAML:2.0:assertion']
const NAMES = ['x', 'y', 'Value', 'é', 'a.b-c_1']

/** Pieces of text as they stand in a document, well-formed each. */
const TEXTS = [
  't',
  ' ',
  '\n',
  '\t',
  '\r\n',
  '\r',
  '&amp;',
  '&lt;',
  '&gt;',
  '>',
  '&#65;',
  '&#x9;',
  '&#xA;',
  '&#xd;',
  '"',
  "'",
  'é',
  '😀',
  ']]&gt;',
  '&quot;',
  '&apos;',
]

const text = fc.array(fc.constantFrom(...TEXTS), { maxLength: 4 }).map((all) => all.join(''))
const value = text.map((one) => one.replaceAll('"', '&quot;').replaceAll("'", '&apos;'))
const quote = fc.constantFrom('"', "'")
const space = fc.constantFrom(' ', '\n', '  ', '\t')

interface Node {
  readonly xml: string
}

const { element } = fc.letrec<{ element: Node; content: Node }>((tie) => ({
  content: fc.oneof(
    { maxDepth: 4 },
    text.map((xml) => ({ xml })),
    fc.constant({ xml: '<!-- c -->' }),
    tie('element'),
    tie('element'),
  ),
  element: fc
    .record({
      prefix: fc.constantFrom(...PREFIXES),
      name: fc.constantFrom(...NAMES),
      declared: fc.uniqueArray(fc.tuple(fc.constantFrom(...PREFIXES), fc.constantFrom(...URIS, '')), {
        maxLength: 3,
        selector: ([prefix]) => prefix,
      }),
      attributes: fc.uniqueArray(fc.tuple(fc.constantFrom(...PREFIXES), fc.constantFrom(...NAMES, 'ID'), value), {
        maxLength: 4,
        selector: ([prefix, name]) => `${prefix}:${name}`,
      }),
      content: fc.array(tie('content'), { maxLength: 4 }),
      quote,
      space,
      isShort: fc.boolean(),
    })
    .map(({ prefix, name, declared, attributes, content, quote: q, space: s, isShort }) => {
      const qualified = (space_: string, local: string) => (space_ === '' ? local : `${space_}:${local}`)
      const declarations = declared.map(([one, uri]) => `${s}${one === '' ? 'xmlns' : `xmlns:${one}`}=${q}${uri}${q}`)
      const given = attributes.map(
        ([one, local, is]) => `${s}${qualified(one, local)}${q === "'" ? ' = ' : '='}${q}${is}${q}`,
      )
      const open = `<${qualified(prefix, name)}${[...declarations, ...given].join('')}`
      const inner = content.map(({ xml }) => xml).join('')
      return { xml: isShort && inner === '' ? `${open}/>` : `${open}>${inner}</${qualified(prefix, name)}${s}>` }
    }),
}))

/** Elements with every prefix declared around them; some are not well-formed for two attributes of one name, or a prefix taken back. */
export const documents: fc.Arbitrary<string> = fc.tuple(element, fc.boolean()).map(([{ xml }, isDeclared]) => {
  const around = PREFIXES.filter((prefix) => prefix !== '').map(
    (prefix, index) => `xmlns:${prefix}="${URIS[index % URIS.length]}"`,
  )
  return `${isDeclared ? '<?xml version="1.0" encoding="UTF-8"?>\n' : ''}<root ${around.join(' ')}>${xml}</root>`
})

const BITS = [
  '<',
  '>',
  '</',
  '/>',
  '<a',
  '<a>',
  '</a>',
  '<!--',
  '-->',
  '--',
  '<?',
  '?>',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE',
  '[',
  ']',
  '&',
  ';',
  '&#',
  'x',
  '"',
  "'",
  '=',
  ' ',
  'xmlns',
  ':',
  '\0',
  '\ud800',
  'xmlns:a="urn:a"',
  '<a:b xmlns:a="urn:x"/>',
  '<?xml version="1.0"?>',
  '<?xml version="1.0" encoding="UTF-32"?>',
  '\u{feff}',
  '<r>',
  '</r>',
]

/** Anything at all, much of it nearly XML. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...BITS), { maxLength: 30 }).map((all) => all.join('')),
  fc.array(fc.constantFrom(...BITS), { maxLength: 8 }).map((all) => `<r>${all.join('')}</r>`),
  fc.tuple(documents, fc.nat(), fc.constantFrom(...BITS)).map(([xml, at, bit]) => {
    const index = at % (xml.length + 1)
    return xml.slice(0, index) + bit + xml.slice(index)
  }),
  fc.tuple(documents, fc.nat(), fc.integer({ min: 1, max: 3 })).map(([xml, at, length]) => {
    const index = at % (xml.length + 1)
    return xml.slice(0, index) + xml.slice(index + length)
  }),
)

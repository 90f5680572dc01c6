/** Changes to a signed response, most of which break it, and some of which must not: seeded, so that every run has the same. */
import fc from 'fast-check'

/** Bits of XML that readers have disagreed about. */
const BITS = [
  '<!-- -->',
  '<!---->',
  '<?x?>',
  '<![CDATA[x]]>',
  '<![CDATA[]]>',
  '&amp;',
  '&#x41;',
  '&#13;',
  '&lt;',
  ' ',
  '\n',
  '\t',
  '\r\n',
  'x',
  '"',
  '>',
  '<x/>',
  '<saml:Issuer>https://evil.example</saml:Issuer>',
  ' xmlns:x="urn:x"',
  ' xmlns="urn:x"',
  ' xmlns:saml="urn:evil"',
  ' ID="_assertion-1"',
  ' x="1"',
  '\u{e9}',
  '\u{1f600}',
  ']]>',
]

/** Rewritings that keep what XML means, so that some signatures go on to verify. */
const REWRITINGS: readonly ((xml: string) => string)[] = [
  (xml) => xml.replaceAll('"', "'"),
  (xml) => xml.replaceAll('/>', '  />'),
  (xml) => xml.replaceAll(/ (\w+)="([^"]*)"/g, '  $1 = "$2"'),
  (xml) => xml.replaceAll('mallory', '&#109;allory'),
  (xml) => xml.replaceAll('staff', '&#x73;taff'),
  (xml) => xml.replaceAll('\n', '\r\n'),
  (xml) => xml.replaceAll(/<(saml:Audience)>/g, '<$1\n>'),
  (xml) => xml.replaceAll(/ID="([^"]*)" Version="([^"]*)"/g, 'Version="$2" ID="$1"'),
  (xml) => xml.replace('<samlp:Response ', '<samlp:Response xmlns:unused="urn:unused" '),
  (xml) => xml.replace('<saml:Subject>', '<!-- between --><saml:Subject>'),
  (xml) => `<?xml version="1.0" encoding="utf-8"?>\n<!-- before -->${xml}\n`,
  (xml) => xml.replaceAll('saml:', 'other:').replaceAll('xmlns:saml', 'xmlns:other'),
  (xml) => xml.replace('<saml:NameID ', '<saml:NameID xmlns:xs="http://www.w3.org/2001/XMLSchema" '),
  (xml) => xml.replaceAll('<samlp:Status>', '<samlp:Status >').replaceAll('</samlp:Status>', '</samlp:Status\n>'),
]

const place = fc.double({ min: 0, max: 1, noNaN: true })

const change: fc.Arbitrary<(xml: string) => string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...REWRITINGS) },
  {
    weight: 4,
    arbitrary: fc.tuple(place, fc.constantFrom(...BITS)).map(([at, bit]) => (xml: string) => {
      const index = Math.floor(at * xml.length)
      return xml.slice(0, index) + bit + xml.slice(index)
    }),
  },
  {
    // Between two tags, where a bit is likely to be well-formed.
    weight: 4,
    arbitrary: fc.tuple(place, fc.constantFrom(...BITS)).map(([at, bit]) => (xml: string) => {
      const index = xml.indexOf('><', Math.floor(at * xml.length)) + 1
      return xml.slice(0, index) + bit + xml.slice(index)
    }),
  },
  {
    // Within an opening tag, behind its name.
    weight: 2,
    arbitrary: fc
      .tuple(place, fc.constantFrom(...BITS.filter((bit) => bit.includes('="'))))
      .map(([at, bit]) => (xml: string) => {
        const from = Math.floor(at * xml.length)
        const found = /<[\w:]+/.exec(xml.slice(from))
        const index = found === null ? 0 : from + found.index + found[0].length
        return xml.slice(0, index) + bit + xml.slice(index)
      }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.nat(3)).map(([at, length]) => (xml: string) => {
      const index = Math.floor(at * xml.length)
      return xml.slice(0, index) + xml.slice(index + 1 + length)
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(place, fc.constantFrom('a', 'A', '0', '_', ':', '/', '='))
      .map(([at, letter]) => (xml: string) => {
        const index = Math.floor(at * xml.length)
        return xml.slice(0, index) + letter + xml.slice(index + 1)
      }),
  },
  {
    // An element twice, or at another place.
    weight: 2,
    arbitrary: fc.tuple(place, place, fc.boolean()).map(([from, to, isMoved]) => (xml: string) => {
      const tags = [...xml.matchAll(/<(\w+:\w+)[^>]*>(?:[^<]*<\/\1>)/g)]
      const [element = ''] = tags[Math.floor(from * tags.length)] ?? []
      const left = isMoved ? xml.replace(element, '') : xml
      const index = left.indexOf('><', Math.floor(to * left.length)) + 1
      return left.slice(0, index) + element + left.slice(index)
    }),
  },
)

/** As many responses as asked, each one of the originals after one to three changes. */
export function mutated(originals: readonly string[], count: number, seed: number): readonly string[] {
  const arbitrary = fc
    .tuple(fc.constantFrom(...originals), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([xml, changes]) => changes.reduce((now, one) => one(now), xml))
  return fc.sample(arbitrary, { numRuns: count, seed })
}

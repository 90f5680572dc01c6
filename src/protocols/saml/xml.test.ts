import fc from 'fast-check'
import { diag } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { texts } from './testing/documents.ts'
import { attributeOf, childrenOf, readXml } from './xml.ts'

const LIMITS = { characters: 10_000, depth: 20 }
const read = (text: string) => readXml(text, LIMITS)
const problemOf = (text: string) => {
  const answer = read(text)
  return 'problem' in answer ? answer.problem : null
}

describe('XML that nobody vouches for', () => {
  it('is read by namespaces, not by prefixes', () => {
    const answer = read(
      '<?xml version="1.0" encoding="UTF-16"?><!-- a --><a:r xmlns:a="urn:a" xmlns="urn:b" x="1" a:x="2"><c>t<!-- -->u<![CDATA[<v>]]>&amp;&#65;</c><a:c/></a:r>\n',
    )
    if ('problem' in answer) throw new Error(answer.problem)
    const { root } = answer
    expect([root.namespace, root.name, attributeOf(root, 'x')]).toEqual(['urn:a', 'r', '1'])
    expect(childrenOf(root, 'urn:b', 'c').map(({ text }) => text)).toEqual(['tu<v>&A'])
    expect(childrenOf(root, 'urn:a', 'c')).toHaveLength(1)
    expect(attributeOf(root, 'y')).toBeNull()
    expect(root.attributes).toContainEqual({ namespace: 'urn:a', name: 'x', value: '2' })
  })

  it('keeps letters beyond ASCII', () => {
    const answer = read('\u{feff}<ä>ö😀</ä>')
    expect('root' in answer ? [answer.root.name, answer.root.text] : answer).toEqual(['ä', 'ö😀'])
  })

  it.each([
    ['nothing', '', 'is not well-formed XML'],
    ['blanks', ' ', 'is not well-formed XML'],
    ['a text', 'abc', 'is not well-formed XML'],
    ['an open tag', '<a>', 'is not well-formed XML'],
    ['two roots', '<a/><b/>', 'is not well-formed XML'],
    ['an undeclared prefix', '<a:b/>', 'is not well-formed XML'],
    ['an undeclared entity', '<a>&x;</a>', 'is not well-formed XML'],
    ['an undeclared entity in an attribute', '<a b="&x;"/>', 'is not well-formed XML'],
    ['a doubled attribute', '<a b="1" b="2"/>', 'is not well-formed XML'],
    ['an unclosed comment', '<!-- <a/>', 'is not well-formed XML'],
    ['a NUL that hides the rest', '<a/>\0<b', 'has characters that XML does not know'],
    ['half a character', '<a>\ud800</a>', 'has characters that XML does not know'],
    ['a reference to a character that is none', '<a>&#0;</a>', 'is not well-formed XML'],
    ['a document type', '<!DOCTYPE a><a/>', 'must not have a DOCTYPE'],
    [
      'a document type behind other things',
      '\u{feff}<?xml version="1.0"?>\n<!-- -- x --><?p?> <!DOCTYPE a><a/>',
      'must not have a DOCTYPE',
    ],
    ['an entity', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'must not have a DOCTYPE'],
    ['an outer entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'must not have a DOCTYPE'],
    ['a document type in small letters', '<!doctype a><a/>', 'must not have a DOCTYPE'],
    ['a document type behind the root', '<a/><!DOCTYPE a>', 'is not well-formed XML'],
    ['too deep nesting', `${'<a>'.repeat(21)}${'</a>'.repeat(21)}`, 'has more than 20 elements inside of each other'],
    ['nesting that the parser refuses', `${'<a>'.repeat(900)}${'</a>'.repeat(900)}`, 'is not well-formed XML'],
    ['too much', `<a>${' '.repeat(10_000)}</a>`, 'must be at most 10000 characters'],
  ])('is refused with %s', (_what, text, problem) => expect(problemOf(text)).toBe(problem))

  it('may speak of document types in comments', () => {
    expect(problemOf('<!-- <!DOCTYPE a> --><a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>')).toBeNull()
    expect(problemOf('<!-->--><a/>')).toBeNull()
  })

  it('leaves nothing of the parser behind, good or bad', () => {
    diag.configure({ enabled: true })
    try {
      for (const text of ['<a b="c"><d/></a>', '<a>', '<!DOCTYPE a><a/>', '<a>'.repeat(21) + '</a>'.repeat(21)])
        read(text)
      expect(diag.report()).toEqual({})
    } finally {
      diag.configure({ enabled: false })
    }
  })

  it('is as deep as allowed', () => expect(problemOf(`${'<a>'.repeat(20)}${'</a>'.repeat(20)}`)).toBeNull())

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(texts, (one) => {
        const answer = read(one)
        expect('root' in answer || typeof answer.problem === 'string').toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

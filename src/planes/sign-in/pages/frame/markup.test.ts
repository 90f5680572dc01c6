import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributes, type Content, html, isWebAddress, Markup } from './markup.ts'

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** What a browser reads where HTML has this text. */
function read(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => NAMED[name] ?? '')
}

/** Texts that would like to be something else, among others. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', '`', '-', '!', 'script', 'onload', '\n') }),
)

describe('html', () => {
  it('keeps every value within the text or attribute where it stands, and whole', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, attribute) => {
        const { text: made } = html`<p title="${attribute}">${text}</p>`
        const found = /^<p title="([^"<>]*)">([^"<>]*)<\/p>$/.exec(made)
        const [, readAttribute = '', readText = ''] = found ?? []
        expect(found).not.toBeNull()
        const shown = (value: string) => value.replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd')
        expect([read(readAttribute), read(readText)]).toEqual([shown(attribute), shown(text)])
      }),
    )
  })

  it('shows markup of ours as it is, lists in order, and nothing for null and false', () => {
    const inner = html`<b>${'<&>'}</b>`
    expect(html`<p>${[inner, ' ', 7, null, false]}</p>`.text).toBe('<p><b>&lt;&amp;&gt;</b> 7</p>')
  })

  it('takes no object that only looks like markup', () => {
    const forged = JSON.parse('{"text":"<script>"}')
    expect(() => html`<p>${forged}</p>`).toThrow(TypeError)
  })

  const v = 'v'
  it.each<[string, () => Markup]>([
    ['an attribute without quotes', () => html`<p title=${v}></p>`],
    ['an attribute in single quotes', () => html`<p title='${v}'></p>`],
    ['the name of a tag', () => html`<${v}></p>`],
    ['the name of an attribute', () => html`<p ${v}="x"></p>`],
    ['a script', () => html`<script>${v}</script>`],
    ['a style', () => html`<style>${v}</style>`],
    ['a comment', () => html`<!-- ${v} -->`],
    ['a handler', () => html`<p${attributes({ onclick: v })}></p>`],
    ['a style attribute', () => html`<p${attributes({ style: v })}></p>`],
    ['a name that a value has made', () => html`<p${attributes({ 'x y': v })}></p>`],
    ['the middle of an address', () => html`<a href="https://a.example/${v}"></a>`],
    ['a tag, as markup', () => html`<p ${new Markup('onclick="x"')}></p>`],
    ['an attribute, as markup', () => html`<p title="${html`<b>"</b>`}"></p>`],
    ['text, as attributes', () => html`<p>${attributes({ id: 'x' })}</p>`],
    ['a template that ends inside a tag', () => html`<p title="${v}`],
  ])('has no place for a value in %s', (_where, make) => {
    expect(make).toThrow(TypeError)
  })
})

describe('attributes', () => {
  it('are there with a value, bare, or not at all', () => {
    const made = html`<input${attributes({ name: 'a"b', required: true, autofocus: false, value: null })}>`
    expect(made.text).toBe('<input name="a&quot;b" required>')
  })
})

describe('an address', () => {
  it.each(['/', '/sign-in/x?a=b#c', 'https://app.example/back?x=1&y=2', 'http://127.0.0.1:1/'])(
    'may be %s',
    (address) => {
      expect(isWebAddress(address)).toBe(true)
      expect(() => html`<a href="${address}">x</a>`).not.toThrow()
    },
  )

  it.each([
    '',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'com.example.app:/back',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'https:',
    'https://',
    'https://a b',
    'sign-in',
  ])('is never %o', (address) => {
    expect(isWebAddress(address)).toBe(false)
    for (const make of [
      (): Content => html`<a href="${address}">x</a>`,
      (): Content => html`<form${attributes({ action: address })}></form>`,
    ]) {
      expect(make).toThrow(TypeError)
    }
  })

  it('of a path stays where it is, whatever a URL parser makes of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '\\', '\t', '\n', '.', '@', ':', 'a', '?', '#', ' ') }),
        (rest) => {
          fc.pre(isWebAddress(`/${rest}`))
          expect(new URL(`/${rest}`, 'https://ours.example').origin).toBe('https://ours.example')
        },
      ),
    )
  })
})

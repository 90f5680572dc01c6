/** What holds of every page; what one page says is tested beside it. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTINUE_SCRIPT } from './continue.ts'
import { errorPage } from './error.ts'
import { parseColour } from './frame/colour.ts'
import type { View } from './frame/page.ts'
import { headersOf } from './frame/policy.ts'
import { signInPage } from './sign-in.ts'
import { samplesOf } from './testing/samples.ts'
import { skeletonOf, valuesOf } from './testing/skeleton.ts'
import { LANGUAGES } from './words/language.ts'

const views: readonly View[] = LANGUAGES.flatMap((language) => [
  { language, brand: null },
  { language, brand: { name: 'Acme', colour: parseColour('#c2185b') } },
])
const samples = views.flatMap((view) =>
  Object.entries(samplesOf(view, (text) => text)).map(([name, page]) => ({ name, page, ...view })),
)
const english: View = { language: 'en', brand: null }

describe.each(samples)('the page $name in $language', ({ page, language, brand }) => {
  it('says its language and has one main part with one heading', () => {
    expect(page.html.startsWith(`<!doctype html>\n<html lang="${language}">\n`)).toBe(true)
    const tags = skeletonOf(page.html)
    for (const tag of ['<main>', '<h1>', '<title>']) {
      expect(tags.filter((other) => other === tag || other === tag.replace('>', ' class>'))).toHaveLength(1)
    }
    expect(page.html).toContain(brand === null ? '</title>' : ' · Acme</title>')
  })

  it('has a policy that lets nothing run or load but its own style and script', () => {
    const hashes = ['style', 'script'].map((tag) => {
      const inline = [...page.html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(([, text]) => text ?? '')
      return inline.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    })
    const [[style], [script]] = [hashes[0] ?? [], hashes[1] ?? []]
    const parts = page.csp.split('; ').filter((part) => !part.startsWith('form-action '))
    expect(hashes.map((list) => list.length)).toEqual([1, script === undefined ? 0 : 1])
    expect(parts).toEqual([
      "default-src 'none'",
      `style-src ${style}`,
      ...(script === undefined ? [] : [`script-src ${script}`]),
      'img-src data:',
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
    expect(valuesOf(page.html, 'style')).toEqual([])
    expect([...valuesOf(page.html, 'src'), ...page.html.matchAll(/\son[a-z]+=/g)]).toEqual([])
    expect(page.html.match(/<link[^>]*>/g)).toEqual(['<link rel="icon" href="data:,">'])
  })

  it('names every field, and refers to nothing that is not there', () => {
    const ids = valuesOf(page.html, 'id')
    expect(new Set(ids).size).toBe(ids.length)
    for (const attribute of ['for', 'aria-describedby', 'aria-labelledby', 'form']) {
      for (const value of valuesOf(page.html, attribute)) expect(ids).toEqual(expect.arrayContaining(value.split(' ')))
    }
    for (const [field] of page.html.matchAll(/<input(?![^>]* type="hidden")[^>]*>/g)) {
      expect(valuesOf(page.html, 'for')).toContain(valuesOf(field, 'id')[0])
    }
  })
})

describe('a page', () => {
  it('has the same tags and attributes whatever is in its data', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', '-', '!', '\n', 'script', 'x'),
    })
    fc.assert(
      fc.property(hostile, fc.constantFrom(...views), (prefix, view) => {
        const named = view.brand === null ? view : { ...view, brand: { ...view.brand, name: `${prefix}Acme` } }
        const attacked = samplesOf(named, (text) => prefix + text)
        for (const [name, page] of Object.entries(samplesOf(view, (text) => text))) {
          expect(skeletonOf(attacked[name]?.html ?? '')).toEqual(skeletonOf(page.html))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('may post to anywhere that its answer leads on, and else nowhere', () => {
    const all = samplesOf(english, (text) => text)
    const targets = Object.entries(all).map(([name, { csp }]) => [name, /form-action ([^;]*)/.exec(csp)?.[1] ?? null])
    expect(Object.fromEntries(targets)).toEqual({
      'sign-in': null,
      'sign-in-problem': null,
      chooser: null,
      error: "'none'",
      'error-plain': "'none'",
      'error-detail': "'none'",
      continue: null,
      'begin-at-app': "'none'",
      'begin-at-no-app': "'none'",
      logout: null,
      'logged-out': "'none'",
      'step-up-done': "'none'",
      'still-signed-in': "'none'",
      'device-code': "'self'",
      'device-code-problem': "'self'",
      'device-confirm': null,
      'device-done': "'none'",
      consent: null,
      sessions: "'self'",
      'test-refused': "'none'",
      'test-proof': "'none'",
      'test-granted': "'none'",
    })
  })

  it('goes out with headers that keep it from frames, caches and guesses', () => {
    const page = errorPage({ ...english, error: 'internal', decision: null, again: null, back: null })
    expect(headersOf(page)).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': page.csp,
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })
})

describe('the sign-in page', () => {
  const data = { ...english, action: '/sign-in/1', hidden: { a: '1', b: '2' }, app: 'Payroll' }
  const rest = { identifier: null, problem: null, notice: null, back: null } as const

  it('asks for a user name that a password manager knows, and posts it with what it was given', () => {
    const { html } = signInPage({ ...data, ...rest })
    expect(html).toContain('<form method="post" action="/sign-in/1">')
    expect(html).toContain('<input type="hidden" name="a" value="1">\n<input type="hidden" name="b" value="2">')
    expect(html).toMatch(/<input type="text" id="identifier" name="identifier" value=""[^>]* autocomplete="username"/)
    expect(html).toContain('to continue to <bdi>Payroll</bdi>')
    expect(html).not.toContain('role="alert"')
  })

  it('keeps what was typed, and says aloud what is wrong with it', () => {
    const { html } = signInPage({ ...data, ...rest, identifier: 'anna@', problem: 'malformed' })
    expect(html).toMatch(/value="anna@"[^>]* aria-invalid="true" aria-describedby="problem hint"/)
    expect(html).toMatch(/<p class="box alarm" id="problem" role="alert">This is not a complete e-mail address/)
  })

  it.each(['com.example.app:/back', 'javascript:alert(1)', '//evil.example'])('has no link to %s', (back) => {
    expect(signInPage({ ...data, ...rest, back }).html).not.toContain('<a ')
    const app = { app: 'Payroll', href: back }
    expect(errorPage({ ...english, error: 'app', decision: null, again: null, back: app }).html).not.toContain('<a ')
  })
})

describe('the error page', () => {
  it('has the decision in a field to copy from, and says the sentence aloud', () => {
    const { html } = errorPage({ ...english, error: 'expired', decision: '0192', again: null, back: null })
    expect(html).toMatch(/<label for="reference">[^<]+<\/label>\n<input[^>]* readonly value="0192"/)
    expect(html).toMatch(/<div role="alert">\n<h1>This sign-in has expired<\/h1>/)
  })
})

describe('the page that posts by itself', () => {
  it('exports the source of its script, for headers that are written elsewhere', () => {
    const page = samplesOf(english, (text) => text).continue
    expect(page?.csp).toContain(`script-src ${CONTINUE_SCRIPT};`)
    expect(page?.html).toMatch(/<button type="submit" autofocus>Continue<\/button>/)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, languageOf } from './language.ts'

describe('the language of a page', () => {
  it.each<[string, string | undefined, string | undefined, string]>([
    ['English where nobody said anything', undefined, undefined, 'en'],
    ['English where nothing fits', 'fr it', 'fr-FR, it;q=0.5', 'en'],
    ['what the app asked for', 'de', 'en', 'de'],
    ['the first of the app’s that we speak', 'fr de en', 'en', 'de'],
    ['its language where the app asked for a region', 'de-CH', 'en', 'de'],
    ['its language, however exact the tag', 'de-Latn-DE-1996-x-private', undefined, 'de'],
    ['found whatever the case', 'DE-at', undefined, 'de'],
    ['the browser’s where the app’s does not fit', 'fr', 'de', 'de'],
    ['the browser’s where the app said nothing', '', 'de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['by weight, not by place', undefined, 'en;q=0.5, de;q=0.9', 'de'],
    ['by place where weights are equal', undefined, 'de;q=0.8, en;q=0.8', 'de'],
    ['by place where there are none', undefined, 'fr, de, en', 'de'],
    ['never what weighs nothing', undefined, 'en;q=0, de;q=0.1', 'de'],
    ['never what weighs nothing, by whatever tag', undefined, 'en;q=0.0, en-GB, de;q=0.1', 'de'],
    ['English again where only that was refused', undefined, 'en;q=0', 'en'],
    ['English still where only a kind of it was refused', undefined, 'en-GB;q=0, en;q=0.5, de;q=0.1', 'en'],
    ['the first for any', undefined, '*', 'en'],
    ['another for any, where the first was refused', undefined, 'en;q=0, *;q=0.5', 'de'],
    ['another for any, where the first weighs less', undefined, '*, en;q=0.1', 'de'],
    ['read through spaces', undefined, ' fr ; q=0.9 ,\tde ; q=0.8', 'de'],
    ['deaf to bad weights', undefined, 'de;q=2, en;q=0.1', 'en'],
    ['deaf to weights too fine', undefined, 'de;q=0.99999, en;q=0.1', 'en'],
    ['deaf to other parameters', undefined, 'de;level=1, en;q=0.1', 'en'],
    ['deaf to bad tags', 'd€ de_DE germanlanguage', 'en', 'en'],
    ['deaf to tags that only begin alike', 'den', 'deu', 'en'],
    ['deaf to a star of the app', '* de', undefined, 'de'],
    ['deaf to what nobody sends', undefined, `${'fr,'.repeat(400)}de`, 'en'],
  ])('is %s', (_what, uiLocales, acceptLanguage, expected) => {
    expect(languageOf(uiLocales, acceptLanguage)).toBe(expected)
  })

  it('is one we speak, whatever is said', () => {
    const said = fc.string({ unit: fc.constantFrom('de', 'en', '-', ',', ';', 'q=', '0', '1', '.', '*', ' ', 'x') })
    fc.assert(
      fc.property(said, said, (one, other) => {
        expect(LANGUAGES).toContain(languageOf(one, other))
      }),
    )
  })
})

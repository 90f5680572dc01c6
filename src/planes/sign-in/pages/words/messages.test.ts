import { describe, expect, it } from 'vitest'
import { english } from './english.ts'
import { LANGUAGES } from './language.ts'
import { CATALOGUE, speakerOf } from './messages.ts'

const keys = Object.keys(english)
const namesIn = (text: string) => [...text.matchAll(/\{[a-z]+\}/gi)].map(([name]) => name).sort()

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the catalogue in %s', (language) => {
  const words: Readonly<Record<string, string>> = CATALOGUE[language]

  it('has the keys of the English one, in its order', () => {
    expect(Object.keys(words)).toEqual(keys)
  })

  it('has the same names in each message', () => {
    for (const [key, text] of Object.entries<string>(english)) {
      expect([key, namesIn(words[key] ?? '')]).toEqual([key, namesIn(text)])
    }
  })

  it('leaves nothing untranslated but what is the same word', () => {
    const same = Object.entries<string>(english).flatMap(([key, text]) => (words[key] === text ? [key] : []))
    expect(same).toEqual(['device.code'])
  })
})

describe.each(LANGUAGES)('the messages in %s', (language) => {
  it('are finished texts without markup, and without straight marks where there are better ones', () => {
    for (const [key, text] of Object.entries(CATALOGUE[language])) {
      expect([key, text]).toEqual([key, text.trim()])
      expect([key, /[<>"'&]|\.\.\.| {2}|^$/.test(text)]).toEqual([key, false])
    }
  })
})

describe('the German messages', () => {
  it('say Sie and never du', () => {
    const familiar = /\b(du|dich|dir|deine?[mnrs]?)\b/i
    expect('Kannst du das?').toMatch(familiar)
    expect(Object.values(CATALOGUE.de).filter((text) => familiar.test(text))).toEqual([])
  })
})

describe('a message', () => {
  it('has its values in it, escaped and isolated', () => {
    expect(speakerOf('en').fill('signIn.toApp', { app: '<b>' }).text).toBe('to continue to <bdi>&lt;b&gt;</bdi>')
    expect(speakerOf('de').fillText('consent.title', { app: 'A & B' })).toBe('Zugriff für A & B erlauben?')
  })

  it('does not look into its values for names', () => {
    expect(speakerOf('en').fillText('signIn.back', { app: '{app}{constructor}' })).toBe('Back to {app}{constructor}')
  })
})

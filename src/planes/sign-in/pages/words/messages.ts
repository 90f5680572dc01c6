/** What the pages say, in every language they speak. A language is one file and its line here. */
import { type Content, html, type Markup } from '../frame/markup.ts'
import { english } from './english.ts'
import { german } from './german.ts'
import type { Language } from './language.ts'

export type MessageKey = keyof typeof english

/** The same keys in every language. */
export type Words = Readonly<Record<MessageKey, string>>

/** The names in braces of a text. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type NamesOf<Key extends MessageKey> = Names<(typeof english)[Key]>

/** Messages without names in them. */
export type PlainKey = { [Key in MessageKey]: NamesOf<Key> extends never ? Key : never }[MessageKey]

export const CATALOGUE: Readonly<Record<Language, Words>> = { en: english, de: german }

export interface Speaker {
  say(key: PlainKey): string
  /** The message with content in the place of its names: text is escaped, and isolated from the sentence's direction. */
  fill<Key extends MessageKey>(key: Key, values: Readonly<Record<NamesOf<Key>, Content>>): Markup
  /** The same as text, for titles. */
  fillText<Key extends MessageKey>(key: Key, values: Readonly<Record<NamesOf<Key>, string>>): string
}

export function speakerOf(language: Language): Speaker {
  const words = CATALOGUE[language]
  return {
    say: (key) => words[key],
    fill: (key, values) =>
      html`${piecesOf(words[key]).map(({ text, name }) => {
        const value = name === null ? undefined : givenFor(values, name)
        return value === undefined ? text : html`<bdi>${value}</bdi>`
      })}`,
    fillText: (key, values) =>
      piecesOf(words[key])
        .map(({ text, name }) => (name === null ? text : (givenFor(values, name) ?? text)))
        .join(''),
  }
}

function givenFor<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

function piecesOf(message: string): { readonly text: string; readonly name: string | null }[] {
  return message.split(/(\{[a-z]+\})/i).map((text) => ({ text, name: /^\{(.+)\}$/.exec(text)?.[1] ?? null }))
}

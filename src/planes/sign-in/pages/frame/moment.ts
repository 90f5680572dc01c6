/** Moments as people read them. In UTC, and saying so: the server does not know where the person is. */
import type { Language } from '../words/language.ts'
import { html, type Markup } from './markup.ts'

/** British English: the name of the month keeps day and month apart. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

/** `3 Feb 2026, 14:05 UTC` */
export function momentText(language: Language, at: Date): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return `${format.format(at)} UTC`
}

export function moment(language: Language, at: Date): Markup {
  return html`<time datetime="${at.toISOString()}">${momentText(language, at)}</time>`
}

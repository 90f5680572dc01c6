/** Reads the forms that the OpenID Provider library writes, so that a page of ours shows them in our own fields and words. */
import type { HiddenFields } from './pages/frame/page.ts'

export interface LibraryForm {
  readonly action: string
  readonly hidden: HiddenFields
  /** What stands in its field for a person; null where it has none, or nothing stands in it. */
  readonly typed: string | null
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/**
 * Throws a TypeError where it is not such a form: a page without its hidden fields would be refused later, by then without a
 * reason that anybody could see.
 *
 * Source: oidc-provider 9, lib/helpers/user_code_form.js, lib/actions/end_session.js.
 */
export function readLibraryForm(html: string): LibraryForm {
  const [, action] = /^<form\b[^>]*\saction="([^"]*)"/.exec(html) ?? []
  const inputs = [...html.matchAll(/<input\s([^>]*)>/g)].map(([, written = '']) => attributesOf(written))
  const hidden = inputs.filter(({ type }) => type === 'hidden')
  if (action === undefined || !hidden.some(({ name }) => name === 'xsrf'))
    throw new TypeError('not a form of the library')
  const typed = inputs.find(({ type }) => type === 'text')?.value ?? ''
  return {
    action: unescaped(action),
    hidden: Object.fromEntries(hidden.map(({ name = '', value = '' }) => [name, value])),
    typed: typed === '' ? null : typed,
  }
}

function attributesOf(written: string): Readonly<Record<string, string | undefined>> {
  const found = [...written.matchAll(/([a-z_]+)="([^"]*)"/g)]
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescaped(value)]))
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => ENTITIES[name] ?? all)
}

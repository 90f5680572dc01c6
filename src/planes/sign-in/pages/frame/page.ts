/** The frame of every page: one document, one style, at most one script, and the policy that holds the browser to them. */
import type { Language } from '../words/language.ts'
import { type Speaker, speakerOf } from '../words/messages.ts'
import type { Brand } from './brand.ts'
import { attributes, escaped, html, type Markup } from './markup.ts'
import { contentSecurityPolicy, type FormTarget } from './policy.ts'
import { styleOf } from './style.ts'

/** A page, and the Content-Security-Policy without which it is not to be sent. */
export interface Page {
  readonly html: string
  readonly csp: string
}

/** What every page is told. */
export interface View {
  readonly language: Language
  /** Null where no organisation is known yet: the page names none. */
  readonly brand: Brand | null
}

/** Members that go along unseen. */
export type HiddenFields = Readonly<Record<string, string>>

export interface Sheet {
  readonly title: string
  readonly body: Markup
  readonly forms: FormTarget
  /** For tables: as wide as a desk, where others are as wide as a form. */
  readonly isWide?: boolean
  /** Runs once the body is there. Only texts of ours: nothing in it is escaped. */
  readonly script?: string
}

/** A document around the body. Pure: the same data gives the same bytes. */
export function pageOf(view: View, sheet: Sheet): Page {
  const style = styleOf(view.brand?.colour ?? null)
  const title = view.brand === null ? sheet.title : `${sheet.title} · ${view.brand.name}`
  const script = sheet.script === undefined ? '' : `<script>${sheet.script}</script>\n`
  const main = html`<main${attributes({ class: sheet.isWide === true ? 'wide' : null })}>
${brandLine(view.brand)}${sheet.body}
</main>`
  return {
    html: `<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${main.text}
${script}</body>
</html>
`,
    csp: contentSecurityPolicy({ style, script: sheet.script ?? null, forms: sheet.forms }),
  }
}

export function speakerFor(view: View): Speaker {
  return speakerOf(view.language)
}

/** The first letter or digit of a name, for the square beside it. */
export function initialOf(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toLocaleUpperCase('en') ?? '·'
}

export function hiddenInputs(fields: HiddenFields): Markup {
  return html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}`
}

/** Read out at once by a screen reader. */
export function alarm(content: string | Markup): Markup {
  return html`<p class="box alarm" id="problem" role="alert">${content}</p>\n`
}

function brandLine(brand: Brand | null): Markup | null {
  if (brand === null) return null
  return html`<p class="brand"><span class="mark" aria-hidden="true">${initialOf(brand.name)}</span><bdi>${brand.name}</bdi></p>\n`
}

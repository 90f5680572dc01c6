/** Somebody came from their provider's own page: a sign-in begins at an app, and these are the ones that can. */
import { html } from './frame/markup.ts'
import { type Page, pageOf, speakerFor, type View } from './frame/page.ts'

export interface BeginAtAppData extends View {
  /** Display name of the provider. */
  readonly provider: string
  /** Of http or https; empty where no app can begin a sign-in. */
  readonly apps: readonly { readonly name: string; readonly href: string }[]
}

/** The page has no form: the policy forbids any. */
export function beginAtAppPage(data: BeginAtAppData): Page {
  const { say, fill } = speakerFor(data)
  const { provider, apps } = data
  const body = html`<h1>${fill('beginAtApp.title', { provider })}</h1>
<p class="lead">${say(apps.length === 0 ? 'beginAtApp.none' : 'beginAtApp.text')}</p>
${apps.map(({ name, href }) => html`<a class="button second" href="${href}">${name}</a>\n`)}`
  return pageOf(data, { title: say('beginAtApp.short'), body, forms: 'none' })
}

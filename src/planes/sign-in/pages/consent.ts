/** An app that is not the organisation's own asks for access: the person says yes or no. */
import { type Content, html } from './frame/markup.ts'
import { type HiddenFields, hiddenInputs, type Page, pageOf, speakerFor, type View } from './frame/page.ts'
import type { PlainKey, Speaker } from './words/messages.ts'

export interface ConsentData extends View {
  /** Takes the form by POST, as member `consent` (`allow` or `deny`) beside the hidden ones. */
  readonly action: string
  readonly hidden: HiddenFields
  readonly app: string
  /** Name or e-mail address of who is signed in. */
  readonly person: string
  /** As the app asks for them. */
  readonly scopes: readonly string[]
}

const KNOWN: Readonly<Record<string, PlainKey>> = {
  openid: 'consent.openid',
  profile: 'consent.profile',
  email: 'consent.email',
  groups: 'consent.groups',
  offline_access: 'consent.offline_access',
  'entente.manage': 'consent.manage',
}

/** Its answer leads back to the app: the policy leaves form-action out. No button has the focus: yes is never an accident. */
export function consentPage(data: ConsentData): Page {
  const speaker = speakerFor(data)
  const { say, fill, fillText } = speaker
  const { app, brand } = data
  const body = html`<h1>${fill('consent.title', { app })}</h1>
<p class="lead">${
    brand === null ? fill('consent.textAlone', { app }) : fill('consent.text', { app, organisation: brand.name })
  }</p>
<h2>${say('consent.list')}</h2>
<ul class="plain">
${data.scopes.map((scope) => html`<li>${permission(speaker, scope)}</li>\n`)}</ul>
<p class="quiet small">${fill('consent.as', { person: data.person })}</p>
<form method="post" action="${data.action}">
${hiddenInputs(data.hidden)}<button type="submit" name="consent" value="allow">${say('consent.allow')}</button>
<button type="submit" class="second" name="consent" value="deny">${say('consent.deny')}</button>
</form>`
  return pageOf(data, { title: fillText('consent.title', { app }), body, forms: 'anywhere' })
}

function permission({ say, fill }: Speaker, scope: string): Content {
  const known = Object.hasOwn(KNOWN, scope) ? KNOWN[scope] : undefined
  return known === undefined ? fill('consent.other', { scope: html`<code>${scope}</code>` }) : say(known)
}

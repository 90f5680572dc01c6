/** The way out: asked first, then said. */
import { html } from './frame/markup.ts'
import { type HiddenFields, hiddenInputs, type Page, pageOf, speakerFor, type View } from './frame/page.ts'

export interface LogoutData extends View {
  /** Takes the form by POST: `logout=yes` beside the hidden members, or only these where the person stays. */
  readonly action: string
  readonly hidden: HiddenFields
}

/** Its answer may lead to the app or to the provider’s own logout: the policy leaves form-action out. */
export function logoutPage(data: LogoutData): Page {
  const { say } = speakerFor(data)
  const title = say('logout.title')
  const body = html`<h1>${title}</h1>
<p class="lead">${say('logout.text')}</p>
<form method="post" action="${data.action}">
${hiddenInputs(data.hidden)}<button type="submit" name="logout" value="yes" autofocus>${say('logout.yes')}</button>
<button type="submit" class="second">${say('logout.no')}</button>
</form>`
  return pageOf(data, { title, body, forms: 'anywhere' })
}

export interface LoggedOutData extends View {
  /** True where the provider did not say that it, too, has ended its session. */
  readonly isUpstreamOpen: boolean
  /** Where to sign in again; null where nowhere in particular. */
  readonly again: string | null
}

export function loggedOutPage(data: LoggedOutData): Page {
  const { say } = speakerFor(data)
  const title = say('loggedOut.title')
  const body = html`<h1>${title}</h1>
<p class="lead">${say('loggedOut.text')}</p>
${data.isUpstreamOpen && html`<p class="box" role="status">${say('loggedOut.upstreamOpen')}</p>\n`}${
  data.again !== null && html`<a class="button" href="${data.again}">${say('loggedOut.again')}</a>\n`
}`
  return pageOf(data, { title, body, forms: 'none' })
}

/** After the other answer. */
export function stillSignedInPage(data: View): Page {
  const { say } = speakerFor(data)
  const title = say('stillSignedIn.title')
  const body = html`<h1>${title}</h1>
<p class="lead">${say('stillSignedIn.text')}</p>`
  return pageOf(data, { title, body, forms: 'none' })
}

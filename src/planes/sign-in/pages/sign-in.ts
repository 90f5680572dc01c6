/** The first page of a sign-in: who are you, so that we know where to send you. */

import { attributes, html, isWebAddress } from './frame/markup.ts'
import { alarm, type HiddenFields, hiddenInputs, type Page, pageOf, speakerFor, type View } from './frame/page.ts'

/** Said beside the field. `unknown` is the same for every address that leads nowhere: it tells nothing about customers. */
export type SignInProblem = 'missing' | 'malformed' | 'unknown' | 'unavailable'

/** Said above the form, where nothing is wrong. */
export type SignInNotice = 'again' | 'signedOut' | 'stronger'

export interface SignInData extends View {
  /** Takes the form by POST, as member `identifier` beside the hidden ones. */
  readonly action: string
  readonly hidden: HiddenFields
  /** Display name of the app that asks; null where nobody asked. */
  readonly app: string | null
  /** What was typed before, or the app's `login_hint`. */
  readonly identifier: string | null
  readonly problem: SignInProblem | null
  readonly notice: SignInNotice | null
  /** Of the app; shown only if it is on the web. */
  readonly back: string | null
}

/** The form for home-realm discovery. Its answer may lead to a provider: the policy leaves form-action out. */
export function signInPage(data: SignInData): Page {
  const { say, fill } = speakerFor(data)
  const { app, problem } = data
  const field = attributes({
    type: 'text',
    id: 'identifier',
    name: 'identifier',
    value: data.identifier ?? '',
    inputmode: 'email',
    autocomplete: 'username',
    autocapitalize: 'none',
    spellcheck: 'false',
    // 320: the parts of an e-mail address have at most 64 and 255 characters, RFC 5321 §4.5.3.1.
    maxlength: '320',
    required: true,
    autofocus: true,
    'aria-invalid': problem === null ? null : 'true',
    'aria-describedby': problem === null ? 'hint' : 'problem hint',
  })
  const body = html`<h1>${say('signIn.title')}</h1>
${app !== null && html`<p class="lead">${fill('signIn.toApp', { app })}</p>\n`}${
  data.notice !== null && html`<p class="box" role="status">${say(`signIn.notice.${data.notice}`)}</p>\n`
}<form method="post" action="${data.action}">
${hiddenInputs(data.hidden)}${problem !== null && alarm(say(`signIn.problem.${problem}`))}<label for="identifier">${say('signIn.identifier')}</label>
<input${field}>
<p class="hint" id="hint">${say('signIn.identifierHint')}</p>
<button type="submit">${say('signIn.next')}</button>
</form>
${
  app !== null &&
  data.back !== null &&
  isWebAddress(data.back) &&
  html`<p class="more"><a href="${data.back}">${fill('signIn.back', { app })}</a></p>\n`
}`
  return pageOf(data, { title: say('signIn.title'), body, forms: 'anywhere' })
}

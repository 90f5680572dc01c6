/** Takes a message to another site by POST (SAML bindings): by itself where scripts run, by its button everywhere. */
import { html } from './frame/markup.ts'
import { type HiddenFields, hiddenInputs, type Page, pageOf, speakerFor, type View } from './frame/page.ts'
import { sourceOf } from './frame/policy.ts'

/** Not `form.submit()`: a field of that name would stand in its way. */
const SUBMIT = 'HTMLFormElement.prototype.submit.call(document.forms[0])'

/** Its CSP source, for a header that is written elsewhere; `continuePage` has it in its own. */
export const CONTINUE_SCRIPT = sourceOf(SUBMIT)

export interface ContinueData extends View {
  /** Where the message goes: http or https. */
  readonly action: string
  readonly fields: HiddenFields
  /** Who is there: the provider's or the app's name. */
  readonly to: string
}

/** The other site may send the person on to wherever it signs people in: the policy leaves form-action out. */
export function continuePage(data: ContinueData): Page {
  const { say, fill } = speakerFor(data)
  const body = html`<h1>${say('continue.title')}</h1>
<p class="lead">${fill('continue.text', { to: data.to })}</p>
<form method="post" action="${data.action}">
${hiddenInputs(data.fields)}<button type="submit" autofocus>${say('continue.button')}</button>
</form>`
  return pageOf(data, { title: say('continue.title'), body, forms: 'anywhere', script: SUBMIT })
}

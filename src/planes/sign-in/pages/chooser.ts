/** Several ways lead in: the person chooses one. */
import { html } from './frame/markup.ts'
import { type HiddenFields, hiddenInputs, initialOf, type Page, pageOf, speakerFor, type View } from './frame/page.ts'

export interface Choice {
  /** Sent as member `choice`. */
  readonly value: string
  /** Of the provider, or of the organisation. */
  readonly name: string
  /** What tells two of one name apart: the organisation, for instance. */
  readonly detail: string | null
}

export interface ChooserData extends View {
  /** Takes the form by POST, as member `choice` beside the hidden ones. */
  readonly action: string
  readonly hidden: HiddenFields
  readonly app: string | null
  /** What was typed; null where the app or the organisation led here. */
  readonly identifier: string | null
  readonly choices: readonly Choice[]
  /** Back to the sign-in page; null where there is no such way. */
  readonly other: string | null
}

/** One button a way. Its answer leads to a provider: the policy leaves form-action out. */
export function chooserPage(data: ChooserData): Page {
  const { say, fill } = speakerFor(data)
  const { app, identifier } = data
  const body = html`<h1>${say('chooser.title')}</h1>
${
  (app !== null || identifier !== null) &&
  html`<p class="lead">${[
    identifier !== null && fill('chooser.forIdentifier', { identifier }),
    app !== null && identifier !== null && ' ',
    app !== null && fill('signIn.toApp', { app }),
  ]}</p>\n`
}<form method="post" action="${data.action}">
${hiddenInputs(data.hidden)}<ul class="choices" aria-label="${say('chooser.list')}">
${data.choices.map(
  ({ value, name, detail }) =>
    html`<li><button type="submit" name="choice" value="${value}"><span class="mark" aria-hidden="true">${initialOf(name)}</span><span><bdi>${name}</bdi>${
      detail !== null && html` <small><bdi>${detail}</bdi></small>`
    }</span></button></li>\n`,
)}</ul>
</form>
${data.other !== null && html`<p class="more"><a href="${data.other}">${say('chooser.other')}</a></p>\n`}`
  return pageOf(data, { title: say('chooser.title'), body, forms: 'anywhere' })
}

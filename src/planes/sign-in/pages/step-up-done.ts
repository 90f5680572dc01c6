/** The proof was given; whoever asked for it knows, and nobody waits for the browser. */
import { html } from './frame/markup.ts'
import { type Page, pageOf, speakerFor, type View } from './frame/page.ts'

export interface StepUpDoneData extends View {
  /** What it was for, in the words of whoever asked. */
  readonly reason: string | null
}

/** The page has no form: the policy forbids any. */
export function stepUpDonePage(data: StepUpDoneData): Page {
  const { say } = speakerFor(data)
  const title = say('stepUpDone.title')
  const body = html`<h1>${title}</h1>
<p class="lead" role="status">${say('stepUpDone.text')}</p>
${data.reason !== null && html`<p class="box">${data.reason}</p>\n`}`
  return pageOf(data, { title, body, forms: 'none' })
}

/** Where a person is signed in, and the way to end it. */
import { attributes, html, type Markup } from './frame/markup.ts'
import { moment, momentText } from './frame/moment.ts'
import { type HiddenFields, hiddenInputs, type Page, pageOf, speakerFor, type View } from './frame/page.ts'

export interface ShownSession {
  /** Sent as member `end`; good for nothing but this form of this person. */
  readonly id: string
  /** Display name of the provider they came through. */
  readonly provider: string
  readonly beganAt: Date
  readonly lastSeenAt: Date
  readonly endsAt: Date
  /** That of the browser that looks. */
  readonly isCurrent: boolean
}

export interface SessionsData extends View {
  /** Takes the form by POST: `end={id}` or `everywhere=yes` beside the hidden members; its answer is a page of ours. */
  readonly action: string
  readonly hidden: HiddenFields
  readonly sessions: readonly ShownSession[]
}

export function sessionsPage(data: SessionsData): Page {
  const { say } = speakerFor(data)
  const title = say('sessions.title')
  const body = html`<h1>${title}</h1>
<p class="lead">${say('sessions.text')}</p>
<form method="post" action="${data.action}">
${hiddenInputs(data.hidden)}${
  data.sessions.length === 0
    ? html`<p>${say('sessions.none')}</p>\n`
    : html`<ul class="rows">
${data.sessions.map((session) => row(data, session))}</ul>
<div class="part">
<p class="small quiet" id="everywhere">${say('sessions.everywhereText')}</p>
<button type="submit" name="everywhere" value="yes" aria-describedby="everywhere">${say('sessions.everywhere')}</button>
</div>\n`
}</form>`
  return pageOf(data, { title, body, forms: 'self' })
}

function row({ language, ...view }: View, session: ShownSession): Markup {
  const { say, fill, fillText } = speakerFor({ language, ...view })
  const label = fillText('sessions.endLabel', { time: momentText(language, session.beganAt) })
  return html`<li>
<div>
<p><strong>${say(session.isCurrent ? 'sessions.current' : 'sessions.other')}</strong> ${fill('sessions.through', { provider: session.provider })}</p>
<p class="small quiet">${fill('sessions.began', { time: moment(language, session.beganAt) })}</p>
<p class="small quiet">${fill('sessions.seen', { time: moment(language, session.lastSeenAt) })}</p>
<p class="small quiet">${fill('sessions.ends', { time: moment(language, session.endsAt) })}</p>
</div>
<button${attributes({ type: 'submit', class: 'second narrow', name: 'end', value: session.id, 'aria-label': label })}>${say('sessions.end')}</button>
</li>\n`
}

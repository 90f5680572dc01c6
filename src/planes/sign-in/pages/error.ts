/** A sign-in that ended before its time: what a person can do about it, and the number under which it is recorded. */
import { html, isWebAddress } from './frame/markup.ts'
import { type Page, pageOf, speakerFor, type View } from './frame/page.ts'

/** What is told outside: of many precise reasons inside, those that ask a person to do the same are one. */
export type ErrorKey =
  | 'expired'
  | 'otherBrowser'
  | 'unavailable'
  | 'declined'
  | 'unverified'
  | 'notPermitted'
  | 'noAccount'
  | 'switchedOff'
  | 'wrongPerson'
  | 'tooWeak'
  | 'stepUpOver'
  | 'otherSignedIn'
  | 'signedOutMeanwhile'
  | 'app'
  | 'stale'
  | 'signedOut'
  | 'tooMany'
  | 'notFound'
  | 'internal'

export interface ErrorData extends View {
  readonly error: ErrorKey
  /** Null where nothing was recorded (limits, unknown paths). */
  readonly decision: string | null
  /** Where it can be tried again; null where it cannot. */
  readonly again: string | null
  /** The app that the person came from; linked only if it is on the web. */
  readonly back: { readonly app: string; readonly href: string } | null
  /** What whoever runs the app needs to mend it, in the words of the protocol. */
  readonly detail?: string
}

/** The page has no form: the policy forbids any. */
export function errorPage(data: ErrorData): Page {
  const { say, fill } = speakerFor(data)
  const { error, decision, again } = data
  const back = data.back !== null && isWebAddress(data.back.href) ? data.back : null
  const title = say(`error.${error}.title`)
  const body = html`<div role="alert">
<h1>${title}</h1>
<p class="lead">${say(`error.${error}.text`)}</p>
</div>
${again !== null && html`<a class="button" href="${again}">${say(error === 'otherSignedIn' ? 'error.asOther' : 'error.again')}</a>\n`}${
  back !== null &&
  html`<a class="${again === null ? 'button' : 'button second'}" href="${back.href}">${fill('error.back', { app: back.app })}</a>\n`
}${
  data.detail !== undefined &&
  html`<div class="reference">
<p class="label">${say('error.detail')}</p>
<p class="box"><code>${data.detail}</code></p>
</div>\n`
}${
  decision !== null &&
  html`<div class="reference">
<label for="reference">${say('error.reference')}</label>
<input class="copy" type="text" id="reference" readonly value="${decision}" aria-describedby="hint">
<p class="hint" id="hint">${say('error.referenceHint')}</p>
</div>\n`
}`
  return pageOf(data, { title, body, forms: 'none' })
}

/** Signing in a device that has no browser: its code, a look at what it is, and the way back to it. Source: RFC 8628 §3.3. */
import { attributes, html } from './frame/markup.ts'
import { alarm, type HiddenFields, hiddenInputs, type Page, pageOf, speakerFor, type View } from './frame/page.ts'

export type DeviceProblem = 'missing' | 'unknown' | 'expired' | 'used' | 'aborted' | 'stale' | 'failed'

export interface DeviceCodeData extends View {
  /** Takes the form by POST, as member `user_code` beside the hidden ones. */
  readonly action: string
  readonly hidden: HiddenFields
  /** What was typed before. */
  readonly userCode: string | null
  readonly problem: DeviceProblem | null
}

/** Its answer is the next page or this one again. */
export function deviceCodePage(data: DeviceCodeData): Page {
  const { say } = speakerFor(data)
  const { problem } = data
  const title = say('device.title')
  const field = attributes({
    type: 'text',
    class: 'code',
    id: 'user_code',
    name: 'user_code',
    value: data.userCode ?? '',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    // 32: twice the longest code that the library makes, with its dashes.
    maxlength: '32',
    required: true,
    autofocus: true,
    'aria-invalid': problem === null ? null : 'true',
    'aria-describedby': problem === null ? null : 'problem',
  })
  const body = html`<h1>${title}</h1>
<p class="lead">${say('device.text')}</p>
<form method="post" action="${data.action}">
${hiddenInputs(data.hidden)}${problem !== null && alarm(say(`device.problem.${problem}`))}<label for="user_code">${say('device.code')}</label>
<input${field}>
<button type="submit">${say('device.next')}</button>
</form>`
  return pageOf(data, { title, body, forms: 'self' })
}

export interface DeviceConfirmData extends View {
  /** Takes the form by POST: the hidden members, with `abort=yes` beside them where the person stops. */
  readonly action: string
  readonly hidden: HiddenFields
  readonly app: string
  readonly userCode: string
}

/**
 * Nobody signs in another's device by a code that they were sent (RFC 8628 §5.4): the page says what is about to happen, and
 * no button has the focus. Its answer may lead to a provider: the policy leaves form-action out.
 */
export function deviceConfirmPage(data: DeviceConfirmData): Page {
  const { say, fill } = speakerFor(data)
  const title = say('deviceConfirm.title')
  const body = html`<h1>${title}</h1>
<p class="lead">${fill('deviceConfirm.text', { app: data.app })}</p>
<p class="label">${say('deviceConfirm.code')}</p>
<p class="usercode">${data.userCode}</p>
<p class="box">${say('deviceConfirm.warning')}</p>
<form method="post" action="${data.action}">
${hiddenInputs(data.hidden)}<button type="submit">${say('deviceConfirm.yes')}</button>
<button type="submit" class="second" name="abort" value="yes">${say('deviceConfirm.no')}</button>
</form>`
  return pageOf(data, { title, body, forms: 'anywhere' })
}

export function deviceDonePage(data: View): Page {
  const { say } = speakerFor(data)
  const title = say('deviceDone.title')
  const body = html`<h1>${title}</h1>
<p class="lead" role="status">${say('deviceDone.text')}</p>`
  return pageOf(data, { title, body, forms: 'none' })
}

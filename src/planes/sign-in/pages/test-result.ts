/** What a test sign-in found, for the operator who began it: nobody was signed in and nothing was stored. */
import type { MapperOutcome } from '../../../claims/person-facts.ts'
import type { ExplainedPart, Rung, TestedPerson } from '../../../decisions/decision.ts'
import type { JsonObject } from '../../../json.ts'
import { attributes, type Content, html, type Markup } from './frame/markup.ts'
import { type Page, pageOf, speakerFor, type View } from './frame/page.ts'
import type { PlainKey, Speaker } from './words/messages.ts'

export interface TestedCondition {
  readonly expression: string
  readonly verdict: 'true' | 'false' | 'error'
  readonly parts: readonly ExplainedPart[]
}

export interface TestResultData extends View {
  /** A step-up maps nothing and lets nobody in: it is a proof, or none. */
  readonly of: 'sign-in' | 'step-up'
  /** Display name of the provider. */
  readonly provider: string
  /** Whether people come in by it already. */
  readonly isOpen: boolean
  /** The code of the first check that refused; null where a person would come in. */
  readonly refusedBy: string | null
  readonly decision: string | null
  /** Without tokens and secrets. Null where nothing was received. */
  readonly claims: JsonObject | null
  readonly mapped: JsonObject | null
  /** Null where the provider has none. */
  readonly condition: TestedCondition | null
  readonly mappers: readonly MapperOutcome[]
  /** Null: nobody would come in. */
  readonly person: TestedPerson | null
  readonly rungs: readonly Rung[]
}

/** The whole result on one page, the verdict first. It has no form: the policy forbids any. */
export function testResultPage(data: TestResultData): Page {
  const speaker = speakerFor(data)
  const { say, fill } = speaker
  const { refusedBy, decision } = data
  const said = data.of === 'step-up' ? 'testProof' : 'test'
  const title = say(`${said}.title`)
  const body = html`<h1>${title}</h1>
<p class="lead">${fill(`${said}.nothingChanged`, { provider: data.provider })}</p>
<p class="${refusedBy === null ? 'box fine' : 'box alarm'}" role="status">${
    refusedBy === null ? say(`${said}.granted`) : fill(`${said}.refused`, { code: html`<code>${refusedBy}</code>` })
  }</p>
${!data.isOpen && html`<p class="hint">${say(`${said}.switchedOff`)}</p>`}
${data.person !== null && person(speaker, data.person)}
${ladder(speaker, data.rungs)}
<h2>${say('test.claims')}</h2>
${json(speaker, data.claims, 'test.claims')}
${data.of === 'sign-in' && whatBecomesOfIt(speaker, data)}
${
  decision !== null &&
  html`<div class="reference">
<label for="reference">${say('error.reference')}</label>
<input class="copy" type="text" id="reference" readonly value="${decision}">
</div>`
}`
  return pageOf(data, { title, body, forms: 'none', isWide: true })
}

function whatBecomesOfIt(speaker: Speaker, data: TestResultData): Markup {
  const { say } = speaker
  return html`<h2>${say('test.mapped')}</h2>
${json(speaker, data.mapped, 'test.mapped')}
<h2>${say('test.condition')}</h2>
${data.condition === null ? html`<p>${say('test.noCondition')}</p>` : condition(speaker, data.condition)}
<h2>${say('test.mappers')}</h2>
${data.mappers.length === 0 ? html`<p>${say('test.noMappers')}</p>` : mappers(speaker, data.mappers)}`
}

function person(speaker: Speaker, found: TestedPerson): Markup {
  const { say } = speaker
  const { how, id, email, displayName, username, groups, roleIds } = found
  const facts: readonly (readonly [PlainKey, string | null])[] = [
    ['test.name', displayName],
    ['test.email', email],
    ['test.username', username],
    ['test.record', id],
    ['test.groups', groups.length === 0 ? null : groups.join(', ')],
    ['test.roles', roleIds.length === 0 ? null : roleIds.join(', ')],
  ]
  const rows = facts.flatMap(([key, value]) => (value === null ? [] : [[say(key), html`<bdi>${value}</bdi>`]]))
  return html`<h2>${say('test.person')}</h2>
<p>${say(`test.how.${how}`)}</p>
${rows.length > 0 && table(speaker, 'test.person', ['test.what', 'test.detail'], rows, 'facts')}`
}

function ladder(speaker: Speaker, rungs: readonly Rung[]): Markup {
  const { say } = speaker
  const rows = rungs.map(({ name, outcome, code, expected, actual }) => [
    html`<code>${name}</code>`,
    html`<span class="${outcome === 'passed' ? 'yes' : outcome === 'failed' ? 'no' : 'quiet'}">${say(`test.${outcome}`)}</span>${
      code !== undefined && html` <code>${code}</code>`
    }`,
    expected ?? '',
    actual ?? '',
  ])
  return html`<h2>${say('test.ladder')}</h2>
${table(speaker, 'test.ladder', ['test.check', 'test.outcome', 'test.expected', 'test.actual'], rows)}`
}

function condition(speaker: Speaker, { expression, verdict, parts }: TestedCondition): Markup {
  const { say } = speaker
  const rows = parts.map(({ text, value, reads, differs }) => [
    html`<code>${text}</code>`,
    html`<code class="${value === 'true' ? 'yes' : 'no'}">${value}</code>${
      differs === true && html` <span class="quiet">${say('test.differs')}</span>`
    }`,
    reads.map((claim) => html`<div><code>${claim.text} = ${claim.value}</code></div>`),
  ])
  return html`<pre${region(speaker, 'test.condition')}>${expression}</pre>
<p class="hint">${say('test.value')} <code class="${verdict === 'true' ? 'yes' : 'no'}">${verdict}</code></p>
${rows.length > 0 && html`<h3>${say('test.parts')}</h3>\n${table(speaker, 'test.parts', ['test.part', 'test.value', 'test.reads'], rows)}`}`
}

function mappers(speaker: Speaker, outcomes: readonly MapperOutcome[]): Markup {
  const rows = outcomes.map(({ name, type, did, detail }) => [
    name,
    html`<code>${type}</code>`,
    html`<span class="${did === 'failed' ? 'no' : did === 'granted' ? 'yes' : 'quiet'}">${speaker.say(`test.did.${did}`)}</span>${
      detail !== '' && html`<div class="quiet">${detail}</div>`
    }`,
  ])
  return table(speaker, 'test.mappers', ['test.mapper', 'test.type', 'test.outcome'], rows)
}

function json(speaker: Speaker, value: JsonObject | null, name: PlainKey): Markup {
  if (value === null) return html`<p>${speaker.say('test.none')}</p>`
  return html`<pre${region(speaker, name)}>${JSON.stringify(value, null, 2)}</pre>`
}

/** The first cell of each row is its heading. */
function table(
  speaker: Speaker,
  name: PlainKey,
  heads: readonly PlainKey[],
  rows: readonly (readonly Content[])[],
  kind: 'facts' | null = null,
) {
  return html`<div class="scroll"${region(speaker, name)}><table${attributes({ class: kind })}>
<thead><tr>${heads.map((head) => html`<th scope="col">${speaker.say(head)}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ([first = '', ...cells]) =>
    html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
)}</tbody>
</table></div>`
}

/** What may be wider than the page is scrolled by keyboard as well: it takes the focus, and has a name. */
function region({ say }: Speaker, name: PlainKey) {
  return attributes({ tabindex: '0', role: 'region', 'aria-label': say(name) })
}

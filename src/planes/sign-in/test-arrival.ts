/**
 * A test sign-in that is back: the same ladder as a real one, climbed to its end although a rung may fail, and nothing is
 * written but the decision. Who would come in is judged by the same code, without its write.
 *
 * Source: CONTRACT.md section 3, `…/test`; DESIGN.md section 5, point 5.
 */
import { conditionVariables } from '../../claims/attribute-condition.ts'
import { explainCondition } from '../../claims/explain.ts'
import { shownClaims } from '../../claims/shown-claims.ts'
import { withoutSecrets } from '../../claims/withheld.ts'
import type { ExplainedPart, MapperOutcome, TestedPerson } from '../../decisions/decision.ts'
import { Refused } from '../../decisions/ladder.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import { type Judged, judgePerson } from '../../registry/sign-in-person.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { type MappedClaims, requireMapping, requirePersonCondition } from '../person-claims.ts'
import type { ArriveOptions } from './arrive.ts'
import { type Answer, judgeAnswer, requireLogin } from './returned-login.ts'
import { arrivalOf, requireDomain, type WhoCame } from './who-came.ts'

export interface TestedArrival {
  readonly provider: Provider
  /** Null where the provider has none, or there was nothing to ask it about. */
  readonly condition: {
    readonly expression: string
    readonly verdict: 'true' | 'false' | 'error'
    readonly parts: readonly ExplainedPart[]
  } | null
}

/**
 * Takes up the login and climbs on as far as anything can be judged; the findings are the attempt's. Throws `Refused` only
 * where the answer is not this browser's: then there is nothing to show.
 */
export async function arriveForTest(
  at: ArriveOptions,
  attempt: Attempt,
  state: string,
  answer: Answer,
): Promise<TestedArrival> {
  const returned = await requireLogin(at, attempt, state, answer)
  const { provider, organisation } = returned
  attempt.tested = { claims: null, mapped: null, mappers: [], person: null }
  noteSwitchedOff(at, attempt, provider)
  const signedIn = await climbing(() => judgeAnswer(at, attempt, returned, answer))
  if (signedIn === null) {
    for (const rung of ['mapping', 'condition', 'domain', 'person']) attempt.ladder.skip(rung, 'nothing was verified')
    return { provider, condition: null }
  }
  attempt.tested = { ...attempt.tested, claims: shownClaims(signedIn.claims) }
  const mapped = await climbing(async () => requireMapping(attempt, provider, signedIn.claims))
  if (mapped !== null) attempt.tested = { ...attempt.tested, mapped: shownClaims(mapped) }
  const condition = judgeCondition(at, attempt, provider, signedIn, mapped)
  await requireDomain(at.registry.stores, attempt, provider, signedIn)
  if (mapped === null) attempt.ladder.skip('person', 'the mapping has no answer')
  else await judgeWho(at, attempt, { provider, organisation, signedIn, mapped })
  return { provider, condition }
}

/** A provider may be tested before it is switched on: that it is off is said, and refuses nothing. */
function noteSwitchedOff(at: ArriveOptions, { ladder }: Attempt, provider: Provider): void {
  if (isProviderUsable(provider, at.now())) ladder.check('provider', true, 'provider.disabled')
  else ladder.skip('provider', provider.enabled ? 'expired: nobody comes in by it' : 'disabled: nobody comes in by it')
}

/** What the work answers; null where a rung of it ended the climb, which is recorded. */
async function climbing<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

function judgeCondition(
  at: ArriveOptions,
  attempt: Attempt,
  provider: Provider,
  { claims }: SignedIn,
  mapped: MappedClaims | null,
): TestedArrival['condition'] {
  const { condition: expression } = provider
  // What reads nothing that was mapped can be judged all the same.
  const values = mapped ?? {}
  requirePersonCondition(at, attempt, provider, claims, values)
  if (expression === null) return null
  const { verdict, parts } = explainCondition(expression, conditionVariables(claims, values))
  attempt.conditionParts = parts
  return { expression, verdict, parts }
}

async function judgeWho(at: ArriveOptions, attempt: Attempt, who: WhoCame): Promise<void> {
  const judged = await judgePerson(at.registry.stores.persons, arrivalOf(at.registry, who))
  const found = { mappers: outcomesOf(judged), person: personOf(judged) }
  if (attempt.tested !== null) attempt.tested = { ...attempt.tested, ...found }
  if ('refused' in judged) {
    await climbing(async () => refuse(attempt, 'person', judged.refused, { actual: judged.detail }))
    return
  }
  const name = judged.before === null ? 'a new person' : judged.before.id
  const would = { known: 'is known as', linked: 'would be linked to', created: 'would be' }[judged.how]
  attempt.ladder.check('person', true, 'person.unknown', undefined, `${would} ${name}`)
}

function outcomesOf({ mapped }: Judged): readonly MapperOutcome[] {
  return (mapped?.outcomes ?? []).map((outcome) => ({ ...outcome, detail: shownText(outcome.detail) }))
}

function personOf(judged: Judged): TestedPerson | null {
  if ('refused' in judged) return null
  const { how, before, mapped } = judged
  const { email, displayName, username, groups, roleIds } = mapped.facts
  const names = { email, displayName: shownOrNull(displayName), username: shownOrNull(username) }
  return { how, id: before?.id ?? null, uid: before?.uid ?? null, ...names, groups: groups.map(shownText), roleIds }
}

/** A mapper may have been told to take any claim. */
function shownText(text: string): string {
  return String(withoutSecrets(text))
}

function shownOrNull(text: string | null): string | null {
  return text === null ? null : shownText(text)
}

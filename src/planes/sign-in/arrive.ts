/**
 * The way of a person who comes back from their provider, as one ladder: the login is theirs and used up, the provider is
 * still good, its answer is verified, the claims are mapped and permitted, the person is found, linked or made.
 *
 * Source: DESIGN.md section 4, "Sign-in"; threats.md section 3.
 */
import type { Conditions } from '../../claims/condition-port.ts'
import type { Person } from '../../registry/person.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import { signInPerson } from '../../registry/sign-in-person.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { type MappedClaims, requireMapping, requirePersonCondition } from '../person-claims.ts'
import {
  type Answer,
  judgeAnswer,
  type ReturnedLogin,
  type ReturnOptions,
  requireOpenProvider,
} from './returned-login.ts'
import { arrivalOf, requireDomain, type WhoCame } from './who-came.ts'

export interface ArriveOptions extends ReturnOptions {
  readonly conditions: Conditions
}

export interface Arrival extends ReturnedLogin {
  readonly person: Person
  readonly signedIn: SignedIn
  readonly mapped: MappedClaims
  readonly notes: Readonly<Record<string, string>>
}

/** Climbs from the login, as `requireLogin` has it, to the person; a failed rung throws `Refused`. */
export async function arrive(
  at: ArriveOptions,
  attempt: Attempt,
  returned: ReturnedLogin,
  answer: Answer,
): Promise<Arrival> {
  const { provider, organisation } = returned
  requireOpenProvider(at, attempt, provider)
  const signedIn = await judgeAnswer(at, attempt, returned, answer)
  // A strict ladder throws instead of answering null.
  if (signedIn === null) throw new TypeError('a strict ladder let an unverified answer pass')
  const mapped = requireMapping(attempt, provider, signedIn.claims)
  requirePersonCondition(at, attempt, provider, signedIn.claims, mapped)
  await requireDomain(at.registry.stores, attempt, provider, signedIn)
  const { person, notes } = await requirePerson(at, attempt, { provider, organisation, signedIn, mapped })
  return { ...returned, person, signedIn, mapped, notes }
}

async function requirePerson(at: ArriveOptions, attempt: Attempt, who: WhoCame) {
  const arrived = await signInPerson(at.registry, arrivalOf(at.registry, who))
  if ('refused' in arrived) refuse(attempt, 'person', arrived.refused, { actual: arrived.detail })
  attempt.ladder.check('person', true, 'person.unknown', undefined, `${arrived.person.uid} ${arrived.how}`)
  const notes = 'notes' in arrived.mapped ? arrived.mapped.notes : {}
  return { person: arrived.person, notes }
}

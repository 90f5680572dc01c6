/**
 * Runs the mappers of a provider over the claims of one login. Pure: what comes out is what the person shall be.
 *
 * Source: wire.md section 4.3 (modes) and 4.4 (types); CONTRACT.md section 3 for the server's default mode.
 */
import type { JsonObject } from '../json.ts'
import { openRun } from './condition.ts'
import { type Effect, effectOf, type MapperToRun } from './mapper-effects.ts'
import type { MapperOutcome, PersonFacts } from './person-facts.ts'
import { costExceeded, type Run } from './run.ts'
import { actionOf, effectiveSyncMode } from './sync-mode.ts'

export interface MapperLogin {
  readonly mappers: readonly MapperToRun[]
  /** The provider's mode. */
  readonly syncMode: string | null
  /** Whether this person has come through this provider before. */
  readonly login: 'first' | 'later'
  /** Verified: nothing here asks again. */
  readonly claims: JsonObject
  /** What the person is before the mappers run. */
  readonly facts: PersonFacts
  readonly alias: string
  readonly newUid: () => string
  /** Roles that exist in the organisation. */
  readonly hasRole: (role: string) => boolean
}

export type Mapped =
  | {
      readonly facts: PersonFacts
      /** Of the session, by name. */
      readonly notes: Readonly<Record<string, string>>
      readonly outcomes: readonly MapperOutcome[]
    }
  | { readonly error: MapperOutcome; readonly outcomes: readonly MapperOutcome[] }

/** The person after all mappers, in their order; an error where one of them cannot answer, which ends the login. */
export function applyMappers(at: MapperLogin): Mapped {
  const outcomes: MapperOutcome[] = []
  // One budget for all of them, as for one condition.
  const run = openRun([], {})
  const state = stateOf(at.facts)
  for (const mapper of at.mappers) {
    const outcome = outcomeOf(at, mapper, state, run)
    outcomes.push(outcome)
    if (outcome.did === 'failed') return { error: outcome, outcomes }
  }
  return { facts: factsOfState(at.facts, state), notes: Object.fromEntries(state.notes), outcomes }
}

interface State {
  email: string | null
  username: string | null
  readonly groups: Set<string>
  readonly roleIds: Set<string>
  readonly attributes: Map<string, readonly string[]>
  readonly notes: Map<string, string>
}

function outcomeOf(at: MapperLogin, mapper: MapperToRun, state: State, run: Run): MapperOutcome {
  const say = (did: MapperOutcome['did'], detail: string) => ({ name: mapper.name, type: mapper.type, did, detail })
  let effect: Effect
  try {
    effect = effectOf(mapper, { claims: at.claims, alias: at.alias, newUid: at.newUid, run })
  } catch (error) {
    if (error !== costExceeded) throw error
    return say('failed', 'the mappers of this provider cost more than one login may')
  }
  if (effect.kind === 'unknown') return say('failed', 'the type of this mapper is not known')
  if (effect.kind === 'note') {
    for (const [name, value] of effect.notes) state.notes.set(name, value)
    return effect.notes.length === 0
      ? say('skipped', 'no claim matches')
      : say('granted', `note ${effect.notes.map(([name]) => name).join(', ')}`)
  }
  if (effect.kind === 'username') return nameWith(effect.name, state, say)
  const action = actionOf(effectiveSyncMode(modeOf(mapper), at.syncMode), at.login)
  if (action === 'nothing') return say('skipped', 'it speaks at the first login only')
  if (effect.kind === 'attribute') return attributeBy(effect, action, state, say)
  return memberBy(effect, action, at, state, say)
}

type Say = (did: MapperOutcome['did'], detail: string) => MapperOutcome

function nameWith(name: string | null, state: State, say: Say): MapperOutcome {
  if (name === null) return say('skipped', 'the template has no value here')
  state.username = name
  return say('granted', `user name ${name}`)
}

function attributeBy(
  { name, values }: { readonly name: string; readonly values: readonly string[] },
  action: 'grant' | 'follow' | 'withdraw',
  state: State,
  say: Say,
): MapperOutcome {
  // Keycloak's attribute mappers do nothing at later logins of mode LEGACY.
  if (action === 'withdraw') return say('skipped', 'mode LEGACY leaves attributes as they are')
  const before = name === 'email' ? (state.email === null ? [] : [state.email]) : (state.attributes.get(name) ?? [])
  if (values.length === 0) {
    if (action === 'grant' || before.length === 0) return say('skipped', `no claim for ${name}`)
    setAttribute(state, name, [])
    return say('removed', name)
  }
  setAttribute(state, name, values)
  return say(isSame(before, values) ? 'kept' : 'granted', name)
}

function setAttribute(state: State, name: string, values: readonly string[]): void {
  if (name === 'email') state.email = values[0] ?? null
  else if (values.length === 0) state.attributes.delete(name)
  else state.attributes.set(name, values)
}

function memberBy(
  effect: Extract<Effect, { kind: 'role' | 'group' }>,
  action: 'grant' | 'follow' | 'withdraw',
  at: MapperLogin,
  state: State,
  say: Say,
): MapperOutcome {
  const { kind, name, holds } = effect
  const set = kind === 'role' ? state.roleIds : state.groups
  if (kind === 'role' && !at.hasRole(name)) {
    // A role that depends on claims and is gone: nobody can say what the person may do. One for everybody is only useless.
    const detail = `the organisation has no role ${name}`
    return effect.isHardcoded ? say('skipped', detail) : holds ? say('failed', detail) : say('skipped', detail)
  }
  if (holds) {
    if (action === 'withdraw') return say('skipped', 'mode LEGACY grants nothing at later logins')
    const had = set.has(name)
    set.add(name)
    return say(had ? 'kept' : 'granted', `${kind} ${name}`)
  }
  if (action === 'grant' || !set.has(name)) return say('skipped', `no claim gives ${kind} ${name}`)
  if (action === 'withdraw' && kind === 'group') return say('skipped', 'mode LEGACY leaves groups as they are')
  set.delete(name)
  return say('removed', `${kind} ${name}`)
}

/** Exports of other servers keep the mode among the configuration. */
function modeOf({ syncMode, config }: MapperToRun): string | null {
  if (syncMode !== null) return syncMode
  return typeof config.syncMode === 'string' ? config.syncMode : null
}

function stateOf({ email, username, groups, roleIds, attributes }: PersonFacts): State {
  return {
    email,
    username,
    groups: new Set(groups),
    roleIds: new Set(roleIds),
    attributes: new Map(Object.entries(attributes)),
    notes: new Map(),
  }
}

function factsOfState(before: PersonFacts, state: State): PersonFacts {
  const attributes = Object.fromEntries(state.attributes)
  const names = [attributes.firstName?.[0], attributes.lastName?.[0]].filter((part) => part !== undefined).join(' ')
  return {
    email: state.email,
    // What a mapper put there is nobody's proof.
    emailVerified: before.emailVerified && state.email === before.email,
    displayName: before.displayName ?? (names === '' ? null : names),
    username: state.username,
    groups: [...state.groups],
    roleIds: [...state.roleIds],
    attributes,
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index])
}

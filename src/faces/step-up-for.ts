/** What an organisation asks a stronger, recent proof for. Machines and the operator token have none to give, and are not asked. */
import { type Caller, callerFault, MANAGING } from '../http/caller.ts'
import type { JsonObject } from '../json.ts'
import { isLevel, reaches } from '../registry/levels.ts'
import type { Organisation } from '../registry/organisation.ts'
import type { Registry } from '../registry/registry.ts'

/** What `stepUpFor` may name. */
export const STEP_UP_ACTIONS = ['provider.delete', 'signing_key.rotate'] as const
export type StepUpAction = (typeof STEP_UP_ACTIONS)[number]

/** What an organisation named that nothing here asks for: a word that is misspelt protects nothing. */
export function unknownActions(stepUpFor: unknown): string[] {
  const known: readonly string[] = STEP_UP_ACTIONS
  return Array.isArray(stepUpFor) ? stepUpFor.map(String).filter((one) => !known.includes(one)) : []
}

/**
 * Whoever takes a word out of the policy, or says anew what reaches a level while there is one, needs the proof that it asks
 * for: it would else protect against nobody who may change it.
 *
 * Faults: caller.level_unmet
 */
export async function requireStepUpForPolicy(
  at: Pick<Registry, 'stores' | 'now'>,
  caller: Caller,
  { id, settings: before }: Pick<Organisation, 'id' | 'settings'>,
  after: JsonObject,
): Promise<void> {
  const asked = (settings: JsonObject) => STEP_UP_ACTIONS.filter((one) => listOf(settings.stepUpFor).includes(one))
  const isSameTable = JSON.stringify(before.levels ?? []) === JSON.stringify(after.levels ?? [])
  const guarded = asked(before).filter((action) => !isSameTable || !asked(after).includes(action))
  for (const action of guarded) await requireStepUp(at, { ...caller, organisation: id }, action)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Faults: caller.level_unmet */
export async function requireStepUp(
  { stores, now }: Pick<Registry, 'stores' | 'now'>,
  { organisation, proof }: Caller,
  action: StepUpAction,
): Promise<void> {
  if (proof === undefined) return
  const { stepUpFor } = (await stores.organisations.get(organisation))?.settings ?? {}
  if (!Array.isArray(stepUpFor) || !stepUpFor.includes(action)) return
  const { acr, authTime } = proof
  const isStrong = acr !== null && isLevel(acr) && reaches(acr, MANAGING.acr)
  const isFresh = authTime !== null && now().getTime() - authTime.getTime() <= MANAGING.maxAgeSeconds * 1000
  if (!isStrong || !isFresh) throw callerFault('caller.level_unmet')
}

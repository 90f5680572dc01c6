/** What an organisation asks a stronger, recent proof for. Machines and the operator token have none to give, and are not asked. */
import { type Caller, callerFault, MANAGING } from '../http/caller.ts'
import { isLevel, reaches } from '../registry/levels.ts'
import type { Registry } from '../registry/registry.ts'

/** What `stepUpFor` may name. */
export const STEP_UP_ACTIONS = ['provider.delete', 'signing_key.rotate'] as const
export type StepUpAction = (typeof STEP_UP_ACTIONS)[number]

/** What an organisation named that nothing here asks for: a word that is misspelt protects nothing. */
export function unknownActions(stepUpFor: unknown): string[] {
  const known: readonly string[] = STEP_UP_ACTIONS
  return Array.isArray(stepUpFor) ? stepUpFor.map(String).filter((one) => !known.includes(one)) : []
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

/** Use cases of step-up transactions: who has to prove themselves, why and how strongly. What becomes of one is the plane's. */
import { type FieldFault, throwFields } from '../fault.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { isLevel, LEVELS, type Level } from './levels.ts'
import { PROOF_AGE_SECONDS, REASON_CHARACTERS, STEP_UP_SECONDS, TASK_CHARACTERS } from './limits.ts'
import { isId } from './names.ts'
import type { Organisation } from './organisation.ts'
import type { Person } from './person.ts'
import { isProviderUsable, type Provider } from './provider.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { isReturnTo } from './return-to.ts'
import { findStepUpProvider } from './step-up-choice.ts'
import type { StepUpTarget, StepUpTransaction } from './step-up-transaction.ts'
import type { StepUpTransactionFilter } from './step-up-transaction-store.ts'
import type { Actor } from './stores.ts'
import { textFaults } from './texts.ts'
import { write } from './write.ts'

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface StepUpDraft {
  /** Name or uid. */
  readonly person: string | null
  readonly reason: string | null
  /** Name; exactly one of provider and level. */
  readonly provider: string | null
  readonly level: string | null
  readonly maxAgeSeconds: number | null
  readonly returnTo: string | null
  readonly taskId: string | null
  readonly policyStepId: string | null
}

/** Faults: organisation.unknown, step_up.*, with every bad field */
export async function createStepUpTransaction(
  at: Registry,
  actor: Actor,
  draft: StepUpDraft,
): Promise<StepUpTransaction> {
  const organisation = await at.stores.organisations.get(actor.organisation)
  if (organisation === null) throw registryFault('organisation.unknown')
  const faults = textsOf(draft)
  const person = await personOf(at, organisation.id, draft, faults)
  const chosen = await providerOf(at, organisation, person, draft, faults)
  const target = targetOf(draft, faults)
  const { returnTo } = draft
  if (returnTo !== null && !(await isReturnTo(at.stores.apps, organisation.id, returnTo, at.publicUrl))) {
    const message = 'must be a redirect URI of an app of the organisation, or a path of this server'
    faults.push(fieldFault('step_up.return_to_invalid', 'returnTo', message))
  }
  throwFields(faults)
  if (person === null || chosen === null) throw registryFault('step_up.person_invalid')
  const { reason, maxAgeSeconds } = draft
  const asked = { person: person.uid, target, reason, level: chosen.level, maxAgeSeconds, returnTo }
  return await insert(at, actor, chosen.provider, asked)
}

/** For whoever tests a provider: the first browser that opens it. Also a provider that is switched off may be tested. */
export async function createStepUpTest(at: Registry, actor: Actor, provider: Provider): Promise<StepUpTransaction> {
  const asked = { person: null, target: { kind: 'test' }, reason: null, level: null } as const
  return await insert(at, actor, provider, { ...asked, maxAgeSeconds: null, returnTo: null })
}

/** For an app that asks for a level through our OpenID Provider. */
export async function createLevelTransaction(
  at: Registry,
  provider: Provider,
  asked: Pick<StepUpTransaction, 'person' | 'reason' | 'level' | 'maxAgeSeconds'>,
): Promise<StepUpTransaction> {
  const actor = { organisation: provider.organisation, subject: 'system', requestId: null }
  return await insert(at, actor, provider, { ...asked, target: { kind: 'general' }, returnTo: null })
}

/** Where the person's browser begins. */
export function stepUpUrlOf(publicUrl: string, { uid }: Pick<StepUpTransaction, 'uid'>): string {
  return `${publicUrl}/step-up/${uid}`
}

type Asked = Pick<StepUpTransaction, 'person' | 'target' | 'reason' | 'level' | 'maxAgeSeconds' | 'returnTo'>

async function insert(at: Registry, actor: Actor, provider: Provider, asked: Asked): Promise<StepUpTransaction> {
  const now = at.now()
  const transaction: StepUpTransaction = {
    ...asked,
    uid: at.newUid(),
    organisation: provider.organisation,
    provider: provider.uid,
    browserHash: null,
    state: 'pending',
    errorMessage: null,
    claims: {},
    expiresAt: new Date(now.getTime() + STEP_UP_SECONDS * 1000),
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  await write(at, async (tx) => {
    await tx.stepUpTransactions.insert(transaction)
    const { browserHash: _, ...told } = transaction
    const after = { ...told, id: transaction.uid }
    tx.audit(eventOf(actor, { kind: 'step_up_transaction', verb: 'create', before: null, after }))
  })
  return transaction
}

function textsOf({ reason, returnTo, maxAgeSeconds }: StepUpDraft): FieldFault[] {
  const faults = [
    ...textFaults('reason', reason, REASON_CHARACTERS, 'paragraph'),
    ...(returnTo === '' ? [fieldFault('step_up.return_to_invalid', 'returnTo', 'must not be empty')] : []),
  ]
  if ((reason ?? '').trim() === '') faults.push(fieldFault('field.required', 'reason', 'is required'))
  const isAge =
    maxAgeSeconds === null ||
    (Number.isInteger(maxAgeSeconds) && maxAgeSeconds >= 0 && maxAgeSeconds <= PROOF_AGE_SECONDS)
  if (!isAge) faults.push(fieldFault('step_up.age_invalid', 'maxAgeSeconds', `must be 0 to ${PROOF_AGE_SECONDS}`))
  return faults
}

async function personOf(
  { stores }: Registry,
  organisation: string,
  { person: name }: StepUpDraft,
  faults: FieldFault[],
): Promise<Person | null> {
  const found =
    name === null
      ? null
      : isId(name)
        ? await stores.persons.get(organisation, name)
        : UUID.test(name)
          ? await stores.persons.getByUid(name)
          : null
  if (found?.organisation === organisation && found.enabled) return found
  const message = name === null ? 'is required' : 'must be a person of the organisation who is not disabled'
  faults.push(fieldFault(name === null ? 'field.required' : 'step_up.person_invalid', 'person', message))
  return null
}

async function providerOf(
  at: Registry,
  organisation: Organisation,
  person: Person | null,
  { provider: name, level }: StepUpDraft,
  faults: FieldFault[],
): Promise<{ readonly provider: Provider; readonly level: Level | null } | null> {
  if ((name === null) === (level === null)) {
    faults.push(fieldFault('step_up.provider_invalid', 'provider', 'or level is required, and not both'))
    return null
  }
  if (name !== null) {
    const provider = isId(name) ? await at.stores.providers.get(organisation.id, name) : null
    if (provider?.use === 'step-up' && isProviderUsable(provider, at.now())) return { provider, level: null }
    const message = 'must be an enabled step-up provider of the organisation'
    faults.push(fieldFault('step_up.provider_invalid', 'provider', message))
    return null
  }
  if (!isLevel(level ?? undefined)) {
    faults.push(fieldFault('step_up.level_invalid', 'level', `must be one of ${LEVELS.join(', ')}`))
    return null
  }
  const wanted = LEVELS.find((one) => one === level)
  const provider = wanted === undefined ? null : await findStepUpProvider(at, organisation, person, wanted)
  if (provider !== null && wanted !== undefined) return { provider, level: wanted }
  faults.push(
    fieldFault('step_up.level_invalid', 'level', 'is reached by no enabled step-up provider of the organisation'),
  )
  return null
}

function targetOf({ taskId, policyStepId }: StepUpDraft, faults: FieldFault[]): StepUpTarget {
  if (taskId === null && policyStepId === null) return { kind: 'general' }
  for (const [path, value] of [
    ['taskId', taskId],
    ['policyStepId', policyStepId],
  ] as const) {
    if (value === null || value === '') faults.push(fieldFault('step_up.task_invalid', path, 'must be there as well'))
    faults.push(...textFaults(path, value, TASK_CHARACTERS, 'line'))
  }
  return { kind: 'task', taskId: taskId ?? '', policyStepId: policyStepId ?? '' }
}

/** Faults: step_up.transaction_unknown */
export async function getStepUpTransaction(
  at: Registry,
  organisation: string,
  uid: string,
): Promise<StepUpTransaction> {
  const transaction = UUID.test(uid) ? await at.stores.stepUpTransactions.get(organisation, uid) : null
  if (transaction === null) throw registryFault('step_up.transaction_unknown')
  return shownNow(at, transaction)
}

/** Transactions in the order they were made. */
export async function searchStepUpTransactions(
  at: Registry,
  organisation: string,
  page: PageRequest,
  filter: StepUpTransactionFilter,
): Promise<StepUpTransaction[]> {
  const dated = filter.state === undefined ? filter : { ...filter, now: at.now() }
  const found = await at.stores.stepUpTransactions.list(organisation, page, dated)
  return found.map((transaction) => shownNow(at, transaction))
}

/** Nobody writes that time has passed: a pending one that has expired is an error for whoever looks. */
function shownNow({ now }: Registry, transaction: StepUpTransaction): StepUpTransaction {
  if (transaction.state !== 'pending' || transaction.expiresAt > now()) return transaction
  return { ...transaction, state: 'error', errorMessage: 'Nobody proved anything in time.' }
}

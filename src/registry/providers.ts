/** Use cases of providers. Bad input is one `invalid` fault with all its fields; other faults are named at each function. */
import { type FieldFault, invalidFields } from '../fault.ts'
import { createWithId } from './create-with-id.ts'
import { settleDomains } from './domain-routing.ts'
import type { ProviderChange, ProviderDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { LISTED_TRUSTS } from './limits.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { isId } from './names.ts'
import type { ProtocolName, Provider, ProviderUse } from './provider.ts'
import { changedPart, type ProviderPart, requireSameIssuer } from './provider-change.ts'
import { requireMapperRoles, requireOwnPower } from './provider-power.ts'
import { type JudgedProvider, judgeWorkloadProvider } from './provider-rules.ts'
import { sealedSecrets, secretFaults } from './provider-secrets.ts'
import type { PageRequest, ProviderFilter, ProviderScope } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { ADMIN, type Grantor } from './roles.ts'
import { judgeStepUpProvider } from './step-up-rules.ts'
import type { Actor, RegistryWrite } from './stores.ts'
import { givenText } from './texts.ts'
import { judgeWorkforceFields, NOTHING_YET, type WorkforcePart } from './workforce-fields.ts'
import { judgeWorkforceProvider, UNSPECIFIED } from './workforce-rules.ts'
import { write } from './write.ts'

/**
 * Registers a provider: rules first, all faults together; then the upstream is asked; then one write.
 *
 * Faults: organisation.unknown, provider.id_taken, provider.issuer_taken, role.above_own, and the protocol's:
 * provider.discovery_failed, provider.issuer_differs, provider.bundle_invalid
 */
export async function createProvider(at: Registry, actor: Actor, draft: ProviderDraft): Promise<Provider> {
  const { judged, part } = judgeDraft(at, draft)
  await requireRoom(at, actor.organisation, draft, judged)
  const { template, isTemplateFixed } = judged
  const asked = {
    use: draft.use,
    known: judged.known,
    issuer: judged.typedIssuer ?? '',
    settings: judged.settings,
    ...(template === undefined ? {} : { template }),
    ...(isTemplateFixed === undefined ? {} : { isTemplateFixed }),
  }
  const probed = await at.protocols[judged.protocol]?.probe?.(asked)
  const expected = probed?.expectedIssuer ?? judged.typedIssuer
  const expectedIssuer = expected === '' ? null : expected
  const choice = {
    given: draft.id,
    displayName: draft.displayName,
    fallback: judged.known === UNSPECIFIED ? 'provider' : judged.known.toLowerCase().replaceAll('_', '-'),
    taken: 'provider.id_taken' as const,
    randomBytes: at.randomBytes,
  }
  return await createWithId(choice, async (id) => {
    const now = at.now()
    const uid = at.newUid()
    const provider: Provider = {
      uid,
      id,
      organisation: actor.organisation,
      use: draft.use,
      protocol: judged.protocol,
      displayName: givenText(draft.displayName),
      description: givenText(draft.description),
      enabled: draft.enabled,
      known: judged.known,
      issuer: judged.issuer ?? expectedIssuer,
      expectedIssuer,
      settings: probed?.settings ?? judged.settings,
      secrets: sealedSecrets(at.sealer, { organisation: actor.organisation, uid, secrets: {} }, draft.secrets),
      ...NOTHING_YET,
      ...part,
      labels: draft.labels ?? {},
      lastTestedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    // Who is no operator gives what an admin may give.
    const grantor = { operator: draft.vouched === true, roles: [ADMIN] }
    requireMapperRoles(grantor, actor.organisation, provider.mappers)
    return await write(at, async (tx) => {
      const routingDomains = await settleDomains(tx, at, actor, provider, provider.routingDomains)
      const settled = { ...provider, routingDomains }
      await tx.providers.insert(settled)
      tx.audit(eventOf(actor, { kind: 'provider', verb: 'create', before: null, after: settled }))
      return settled
    })
  })
}

/** The draft by the rules of its use, or one fault with all its fields. */
function judgeDraft(at: Registry, draft: ProviderDraft): { judged: JudgedProvider; part: WorkforcePart } {
  if (draft.use === 'workload') {
    const verdict = judgeWorkloadProvider(draft, at.protocols)
    if ('faults' in verdict) throw invalidFields(verdict.faults)
    return { judged: verdict.judged, part: {} }
  }
  const verdict = draft.use === 'step-up' ? judgeStepUpProvider(draft, at) : judgeWorkforceProvider(draft, at)
  // Without a verdict on the protocol the fields are judged as OpenID Connect's.
  const [named = 'oidc'] = Object.keys(draft.settings)
  const protocol = 'judged' in verdict ? verdict.judged.protocol : (named as ProtocolName) // keys of settings are names
  const { part, faults } = judgeWorkforceFields({ fields: draft, protocol, before: NOTHING_YET, newUid: at.newUid })
  const all = [
    ...('faults' in verdict ? verdict.faults : []),
    ...faults,
    ...secretFaults(at.protocols, protocol, draft.secrets),
  ]
  if ('faults' in verdict || all.length > 0) throw invalidFields(all)
  return { judged: verdict.judged, part }
}

/** Cheap, and spares the upstream a question whose answer could not be stored; the store judges again. */
async function requireRoom(at: Registry, organisation: string, draft: ProviderDraft, { issuer }: JudgedProvider) {
  const { organisations, providers } = at.stores
  if ((await organisations.get(organisation)) === null) throw registryFault('organisation.unknown')
  const isIdTaken = draft.id !== null && (await providers.get(organisation, draft.id)) !== null
  const isOurs = draft.use === 'workload' && issuer !== null
  const holder = isOurs ? await providers.getByIssuer(organisation, issuer) : null
  const fields: FieldFault[] = []
  if (isIdTaken) fields.push(fieldFault('provider.id_taken', 'id', 'is taken by another provider'))
  if (holder !== null) {
    const message = `is the issuer of another workload provider of the organisation: ${holder.id}`
    fields.push(fieldFault('provider.issuer_taken', 'issuer', message))
  }
  if (fields.length > 0) throw registryFault(isIdTaken ? 'provider.id_taken' : 'provider.issuer_taken', { fields })
}

/** A provider that a face cannot see is not there for it. Faults: provider.unknown */
export async function getProvider(
  at: Registry,
  organisation: string,
  id: string,
  scope: ProviderUse | ProviderScope = {},
): Promise<Provider> {
  const provider = isId(id) ? await at.stores.providers.get(organisation, id) : null
  if (provider === null || !isInScope(provider, scope)) throw registryFault('provider.unknown')
  return provider
}

function isInScope(provider: Provider, scope: ProviderUse | ProviderScope): boolean {
  const { use, protocols, hasIssuer } = typeof scope === 'string' ? { use: scope } : scope
  if (use !== undefined && provider.use !== use) return false
  if (protocols !== undefined && !protocols.includes(provider.protocol)) return false
  return hasIssuer !== true || provider.issuer !== null
}

/** In the order they were made. */
export function listProviders(
  at: Registry,
  organisation: string,
  page: PageRequest,
  filter: ProviderFilter = {},
): Promise<Provider[]> {
  return at.stores.providers.list(organisation, page, filter)
}

/**
 * Merges the change into the provider. Settings on which the upstream's answer depends are asked about before saving;
 * a change of settings that meets another one in between is judged again, unless it named the version it saw.
 *
 * Faults: provider.unknown, provider.changed, provider.issuer_linked, role.above_own, secret.send_again, and the protocol's as
 * at createProvider
 */
export async function updateProvider(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  scope: ProviderUse | ProviderScope,
  id: string,
  change: ProviderChange,
): Promise<Provider> {
  const { provider, isMoved } = await swapped(change.version, 'provider.changed', async () => {
    const seen = await getProvider(at, actor.organisation, id, scope)
    requireVersion(seen, change.version, 'provider.changed')
    const part = await changedPart(at, seen, change)
    return await write(at, async (tx) => {
      const before = await latestOf(tx, seen)
      requireVersion(before, change.version, 'provider.changed')
      // The part was merged into, and judged with, what was seen: another change in between would be lost, or escape judgement.
      if (dependsOnSeen(part) && before.version !== seen.version) return null
      const judged = merged(before, part, at.now())
      if (isSame(before, judged)) return { provider: before, isMoved: false }
      await requireSameIssuer(tx, before, judged)
      const after = part.domains === undefined ? judged : await settled(tx, at, actor, judged, change.vouched === true)
      await requireOwnPower(tx, grantor, before, after)
      if (!(await tx.providers.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'provider', verb: 'update', before, after }))
      return { provider: after, isMoved: part.settings !== undefined || part.expectedIssuer !== undefined }
    })
  })
  // Not for a new name: keys at hand are all there is while the upstream is down.
  if (isMoved) at.protocols[provider.protocol]?.forget?.(provider.uid)
  return provider
}

/** What an operator writes, they answer for; of an admin's domains those route that the organisation has proved. */
async function settled(
  tx: RegistryWrite,
  at: Registry,
  actor: Actor,
  provider: Provider,
  vouched: boolean,
): Promise<Provider> {
  const routingDomains = await settleDomains(tx, at, actor, provider, vouched ? provider.domains : [])
  return { ...provider, routingDomains }
}

/** Names, labels and the switch stand alone; everything else was judged together with the rest of the record. */
const ALONE: ReadonlySet<string> = new Set(['displayName', 'description', 'labels', 'enabled'])

function dependsOnSeen(part: ProviderPart): boolean {
  return Object.entries(part).some(([name, value]) => value !== undefined && !ALONE.has(name))
}

/** Faults: provider.unknown, provider.has_trusts (its message names them: no field of a provider lists its trusts) */
export async function removeProvider(
  at: Registry,
  actor: Actor,
  scope: ProviderUse | ProviderScope,
  id: string,
): Promise<void> {
  const seen = await getProvider(at, actor.organisation, id, scope)
  await write(at, async (tx) => {
    const before = await latestOf(tx, seen)
    const page = { limit: LISTED_TRUSTS + 1 }
    const trusts = await tx.trusts.list(actor.organisation, page, { provider: before.uid })
    if (trusts.length > 0) throw hasTrusts(trusts.map((trust) => trust.cutename))
    if (!(await tx.providers.remove(before.uid))) throw registryFault('provider.unknown')
    tx.audit(eventOf(actor, { kind: 'provider', verb: 'remove', before, after: null }))
  })
  at.protocols[seen.protocol]?.forget?.(seen.uid)
}

function hasTrusts(cutenames: readonly string[]) {
  const listed = cutenames.slice(0, LISTED_TRUSTS)
  const more = cutenames.length > LISTED_TRUSTS ? ' and more' : ''
  const message = `Trusts still use this provider: ${listed.join(', ')}${more}.`
  return registryFault('provider.has_trusts', { message })
}

/** By uid: a namesake made after the first one was removed is another provider. */
async function latestOf(tx: RegistryWrite, seen: Provider): Promise<Provider> {
  const latest = await tx.providers.getByUid(seen.uid)
  if (latest === null) throw registryFault('provider.unknown')
  return latest
}

/** Use cases of providers. Bad input is one `invalid` fault with all its fields; other faults are named at each function. */
import { type FieldFault, invalidFields, throwFields } from '../fault.ts'
import { createWithId } from './create-with-id.ts'
import type { ProviderChange, ProviderDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { LISTED_TRUSTS } from './limits.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { isId } from './names.ts'
import { everyItem } from './paging.ts'
import type { Provider, ProviderUse } from './provider.ts'
import { type JudgedProvider, judgeWorkloadProvider } from './provider-rules.ts'
import { mergeSettings, sameSettings } from './provider-settings.ts'
import type { PageRequest, ProviderFilter } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { effectiveRoles, type Grantor, requireGrantable } from './roles.ts'
import type { Actor, RegistryWrite } from './stores.ts'
import { givenText, labelFaults, nameFaults } from './texts.ts'
import { write } from './write.ts'

/**
 * Registers a workload provider: rules first, all faults together; then the upstream is asked; then one write.
 *
 * Faults: organisation.unknown, provider.id_taken, provider.issuer_taken, and the protocol's: provider.discovery_failed,
 * provider.issuer_differs, provider.bundle_invalid
 */
export async function createProvider(at: Registry, actor: Actor, draft: ProviderDraft): Promise<Provider> {
  const verdict = judgeWorkloadProvider(draft, at.protocols)
  if ('faults' in verdict) throw invalidFields(verdict.faults)
  const { judged } = verdict
  await requireRoom(at, actor.organisation, draft, judged)
  const typed = draft.issuer ?? judged.issuer
  const asked = { use: draft.use, known: judged.known.name, issuer: typed, settings: judged.settings }
  const probed = await at.protocols[judged.protocol]?.probe?.(asked)
  const choice = {
    given: draft.id,
    displayName: draft.displayName,
    fallback: judged.known.name.toLowerCase().replaceAll('_', '-'),
    taken: 'provider.id_taken' as const,
    randomBytes: at.randomBytes,
  }
  return await createWithId(choice, async (id) => {
    const now = at.now()
    const provider: Provider = {
      uid: at.newUid(),
      id,
      organisation: actor.organisation,
      use: draft.use,
      protocol: judged.protocol,
      displayName: givenText(draft.displayName),
      description: givenText(draft.description),
      enabled: draft.enabled,
      known: judged.known.name,
      issuer: judged.issuer,
      expectedIssuer: probed?.expectedIssuer ?? typed,
      settings: probed?.settings ?? judged.settings,
      secrets: {},
      domains: [],
      attributeMapping: {},
      condition: null,
      mappers: [],
      syncMode: null,
      labels: draft.labels ?? {},
      expiresAt: null,
      lastTestedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    await write(at, async (tx) => {
      await tx.providers.insert(provider)
      tx.audit(eventOf(actor, { kind: 'provider', verb: 'create', before: null, after: provider }))
    })
    return provider
  })
}

/** Cheap, and spares the upstream a question whose answer could not be stored; the store judges again. */
async function requireRoom(at: Registry, organisation: string, draft: ProviderDraft, { issuer }: JudgedProvider) {
  const { organisations, providers } = at.stores
  if ((await organisations.get(organisation)) === null) throw registryFault('organisation.unknown')
  const isIdTaken = draft.id !== null && (await providers.get(organisation, draft.id)) !== null
  const isIssuerTaken = (await providers.getByIssuer(organisation, issuer)) !== null
  const fields: FieldFault[] = []
  if (isIdTaken) fields.push(fieldFault('provider.id_taken', 'id', 'is taken by another provider'))
  if (isIssuerTaken) {
    const message = 'is the issuer of another workload provider of the organisation'
    fields.push(fieldFault('provider.issuer_taken', 'issuer', message))
  }
  if (fields.length > 0) throw registryFault(isIdTaken ? 'provider.id_taken' : 'provider.issuer_taken', { fields })
}

/** A provider of another use is not there for a face that asks for one. Faults: provider.unknown */
export async function getProvider(
  at: Registry,
  organisation: string,
  id: string,
  use?: ProviderUse,
): Promise<Provider> {
  const provider = isId(id) ? await at.stores.providers.get(organisation, id) : null
  if (provider === null || (use !== undefined && provider.use !== use)) throw registryFault('provider.unknown')
  return provider
}

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
 * Faults: provider.unknown, provider.changed, role.above_own, and the protocol's as at createProvider
 */
export async function updateProvider(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  use: ProviderUse,
  id: string,
  change: ProviderChange,
): Promise<Provider> {
  const { provider, isChanged } = await swapped(change.version, 'provider.changed', async () => {
    const seen = await getProvider(at, actor.organisation, id, use)
    requireVersion(seen, change.version, 'provider.changed')
    const part = await changedPart(at, seen, change)
    return await write(at, async (tx) => {
      const before = await latestOf(tx, seen)
      requireVersion(before, change.version, 'provider.changed')
      // The part was merged into, and judged with, the settings seen: others in between would be lost.
      if (part.settings !== undefined && !sameSettings(before.settings, seen.settings)) return null
      const after = merged(before, part, at.now())
      if (isSame(before, after)) return { provider: before, isChanged: false }
      await requireOwnPower(tx, grantor, before, after)
      if (!(await tx.providers.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'provider', verb: 'update', before, after }))
      return { provider: after, isChanged: true }
    })
  })
  if (isChanged) at.protocols[provider.protocol]?.forget?.(provider.uid)
  return provider
}

type ProviderPart = { -readonly [K in keyof Provider]?: Provider[K] | undefined }

async function changedPart(at: Registry, seen: Provider, change: ProviderChange): Promise<ProviderPart> {
  const { faults, settings, asksUpstream } = mergeSettings(at.protocols, seen, change)
  throwFields([...nameFaults(change), ...labelFaults(change.labels), ...faults])
  const part: ProviderPart = { enabled: change.enabled, labels: change.labels }
  if (change.displayName !== undefined) part.displayName = givenText(change.displayName)
  if (change.description !== undefined) part.description = givenText(change.description)
  if (settings === null) return part
  part.settings = settings
  if (!asksUpstream) return part
  const issuer = seen.expectedIssuer ?? seen.issuer ?? ''
  const probed = await at.protocols[seen.protocol]?.probe?.({ use: seen.use, known: seen.known, issuer, settings })
  return probed === undefined ? part : { ...part, settings: probed.settings, expectedIssuer: probed.expectedIssuer }
}

/** Whoever decides which tokens a provider lets in holds every role that its trusts give. */
async function requireOwnPower(tx: RegistryWrite, grantor: Grantor, before: Provider, after: Provider): Promise<void> {
  const isWider = !sameSettings(before.settings, after.settings) || (after.enabled && !before.enabled)
  if (!isWider || grantor.operator) return
  const trusts = await everyItem((page) => tx.trusts.list(before.organisation, page, { provider: before.uid }))
  for (const trust of trusts) {
    const principal = await tx.servicePrincipals.getByUid(trust.principal)
    const roles = effectiveRoles(principal?.roleIds ?? [], trust.scopedRoleIds)
    requireGrantable(
      grantor,
      before.organisation,
      after.enabled !== before.enabled ? 'enabled' : before.protocol,
      roles,
    )
  }
}

/** Faults: provider.unknown, provider.has_trusts (its fields name them) */
export async function removeProvider(at: Registry, actor: Actor, use: ProviderUse, id: string): Promise<void> {
  const seen = await getProvider(at, actor.organisation, id, use)
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
  const fields = listed.map((name) => fieldFault('provider.has_trusts', 'trusts', `${name} uses this provider`))
  const more = cutenames.length > LISTED_TRUSTS ? ' and more' : ''
  const message = `Trusts still use this provider: ${listed.join(', ')}${more}.`
  return registryFault('provider.has_trusts', { message, fields })
}

/** By uid: a namesake made after the first one was removed is another provider. */
async function latestOf(tx: RegistryWrite, seen: Provider): Promise<Provider> {
  const latest = await tx.providers.getByUid(seen.uid)
  if (latest === null) throw registryFault('provider.unknown')
  return latest
}

/** Use cases of trusts. */
import { type FieldFault, invalidFields, throwFields } from '../fault.ts'
import { audienceOf } from './audience.ts'
import { drawUntilFree } from './create-with-id.ts'
import { drawCutename, isClientIdOf, parseClientId } from './cutename.ts'
import type { TrustChange, TrustDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { idFaults, isId } from './names.ts'
import type { Provider } from './provider.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { effectiveRoles, type Grantor, requireGrantable } from './roles.ts'
import { getServicePrincipal } from './service-principals.ts'
import type { Actor, RegistryStores } from './stores.ts'
import { givenText, isPlainText } from './texts.ts'
import type { Trust } from './trust.ts'
import { lintFaults } from './trust-lint.ts'
import { trustExampleFaults, trustFaults } from './trust-rules.ts'
import type { TrustFilter } from './trust-store.ts'
import { write } from './write.ts'

/**
 * Lets tokens of a provider act as the principal. Whoever makes a trust decides who holds the principal's roles, so the
 * grantor must be allowed to give them. What lint calls an error is refused, unless it is acknowledged.
 *
 * Faults: principal.unknown, trust.id_taken, role.above_own, lint.*
 */
export async function createTrust(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  principalId: string,
  draft: TrustDraft,
): Promise<Trust> {
  const seen = await getServicePrincipal(at, actor.organisation, principalId)
  throwFields(await trustDraftFaults(at, actor.organisation, draft))
  if (draft.id !== null && (await at.stores.trusts.get(actor.organisation, draft.id)) !== null) {
    const fields = [fieldFault('trust.id_taken', 'id', 'is taken by another trust')]
    throw registryFault('trust.id_taken', { fields })
  }
  return await drawUntilFree('trust.id_taken', async () => {
    const cutename = drawCutename(at.randomBytes)
    return await write(at, async (tx) => {
      const principal = await tx.servicePrincipals.getByUid(seen.uid)
      if (principal === null) throw registryFault('principal.unknown')
      const provider = await workloadProvider(tx, seen.organisation, draft.provider)
      if (provider === null) throw invalidFields([providerUnknown])
      const uids = { uid: at.newUid(), principal: principal.uid, provider: provider.uid }
      const trust = trustOf(draft, { ...uids, cutename, organisation: seen.organisation }, at.now())
      const given = effectiveRoles(principal.roleIds, trust.scopedRoleIds)
      requireGrantable(grantor, seen.organisation, 'scopedRoleIds', given)
      throwFields(lintFaults(null, trust, provider, await audienceIn(at, tx, seen.organisation)))
      await tx.trusts.insert(trust)
      tx.audit(eventOf(actor, { kind: 'trust', verb: 'create', before: null, after: trust }))
      return trust
    })
  })
}

type Owners = Pick<Trust, 'uid' | 'cutename' | 'organisation' | 'principal' | 'provider'>

function trustOf(draft: TrustDraft, owners: Owners, now: Date): Trust {
  return {
    ...owners,
    id: draft.id ?? owners.cutename,
    displayName: givenText(draft.displayName),
    description: givenText(draft.description),
    condition: draft.condition,
    scopedRoleIds: [...new Set(draft.scopedRoleIds)],
    allowSourceCidrs: draft.allowSourceCidrs,
    passthroughClaims: [...new Set(draft.passthroughClaims)],
    allowedResources: draft.allowedResources,
    allowedScopes: draft.allowedScopes,
    tokenLifetimeSeconds: draft.tokenLifetimeSeconds,
    capLifetimeToSubject: draft.capLifetimeToSubject,
    examples: draft.examples ?? [],
    acknowledgedLint: [...new Set(draft.acknowledgedLint)],
    enabled: draft.enabled,
    labels: draft.labels ?? {},
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

/** Everything that is wrong with the draft, whoever is to act by it. */
export async function trustDraftFaults(at: Registry, organisation: string, draft: TrustDraft): Promise<FieldFault[]> {
  const faults = [...idFaults(draft.id), ...trustFaults(at.conditions, draft)]
  if ((await workloadProvider(at.stores, organisation, draft.provider)) === null) faults.push(providerUnknown)
  return faults.length > 0 ? faults : trustExampleFaults(draft.examples ?? [], draft.condition)
}

/** A provider of another organisation, or of another use, answers like none. */
async function workloadProvider(
  stores: Pick<RegistryStores, 'providers'>,
  organisation: string,
  id: string,
): Promise<Provider | null> {
  const provider = isId(id) ? await stores.providers.get(organisation, id) : null
  return provider?.use === 'workload' ? provider : null
}

const providerUnknown = fieldFault(
  'trust.provider_unknown',
  'provider',
  'is not the id of a workload provider of the organisation',
)

/** By short or full client id; a full one must name the organisation's audience. Faults: principal.unknown, trust.unknown */
export async function getTrust(
  at: Registry,
  organisation: string,
  principalId: string,
  clientId: string,
): Promise<Trust> {
  const principal = await getServicePrincipal(at, organisation, principalId)
  const id = parseClientId(clientId)
  const trust = id === null ? null : await at.stores.trusts.getByCutename(id.cutename)
  if (id === null || trust === null || trust.principal !== principal.uid) throw registryFault('trust.unknown')
  const owner = await at.stores.organisations.get(organisation)
  if (owner === null || !isClientIdOf(id, audienceOf(owner, at.publicUrl), 'wfe')) throw registryFault('trust.unknown')
  return trust
}

/** Faults: principal.unknown */
export async function listTrusts(
  at: Registry,
  organisation: string,
  principalId: string,
  page: PageRequest,
): Promise<Trust[]> {
  const principal = await getServicePrincipal(at, organisation, principalId)
  return await at.stores.trusts.list(organisation, page, { principal: principal.uid })
}

export interface TrustSearch {
  /** Registry id; an unknown one finds nothing. */
  readonly principal?: string
  /** Registry id; an unknown one finds nothing. */
  readonly provider?: string
  /** Case-insensitive text in display name or description. */
  readonly query?: string
}

/** Trusts of the organisation that meet every given criterion. */
export async function searchTrusts(
  at: Registry,
  organisation: string,
  page: PageRequest,
  search: TrustSearch,
): Promise<Trust[]> {
  const filter: { -readonly [K in keyof TrustFilter]: TrustFilter[K] } = {}
  if (search.principal !== undefined) {
    const principal = isId(search.principal)
      ? await at.stores.servicePrincipals.get(organisation, search.principal)
      : null
    if (principal === null) return []
    filter.principal = principal.uid
  }
  if (search.provider !== undefined) {
    const provider = isId(search.provider) ? await at.stores.providers.get(organisation, search.provider) : null
    if (provider === null) return []
    filter.provider = provider.uid
  }
  if (search.query !== undefined) {
    // No stored text has these characters, and not every engine takes them in a question.
    if (!isPlainText(search.query)) return []
    filter.query = search.query
  }
  return await at.stores.trusts.list(organisation, page, filter)
}

/** Faults: principal.unknown, trust.unknown, trust.changed, role.above_own, lint.* as at createTrust */
export async function updateTrust(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  principalId: string,
  clientId: string,
  change: TrustChange,
): Promise<Trust> {
  const seen = await getTrust(at, actor.organisation, principalId, clientId)
  throwFields(trustFaults(at.conditions, change))
  const { version, ...fields } = change
  const part = {
    ...fields,
    displayName: fields.displayName === undefined ? undefined : givenText(fields.displayName),
    description: fields.description === undefined ? undefined : givenText(fields.description),
    scopedRoleIds: fields.scopedRoleIds === undefined ? undefined : [...new Set(fields.scopedRoleIds)],
    passthroughClaims: fields.passthroughClaims === undefined ? undefined : [...new Set(fields.passthroughClaims)],
  }
  return await swapped(version, 'trust.changed', () =>
    write(at, async (tx) => {
      const before = await tx.trusts.getByCutename(seen.cutename)
      const principal = await tx.servicePrincipals.getByUid(seen.principal)
      if (before === null || before.uid !== seen.uid || principal === null) throw registryFault('trust.unknown')
      requireVersion(before, version, 'trust.changed')
      const after = merged(before, { ...part, acknowledgedLint: acknowledgedBy(change, before) }, at.now())
      if (isSame(before, after)) return before
      // Examples hold for what the trust will say, whichever of the two has changed.
      throwFields(trustExampleFaults(after.examples, after.condition))
      if (mayGiveMore(before, after)) {
        const given = effectiveRoles(principal.roleIds, after.scopedRoleIds)
        requireGrantable(grantor, seen.organisation, 'scopedRoleIds', given)
      }
      const provider = await tx.providers.getByUid(before.provider)
      if (provider === null) throw registryFault('trust.unknown')
      throwFields(lintFaults(before, after, provider, await audienceIn(at, tx, seen.organisation)))
      if (!(await tx.trusts.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'trust', verb: 'update', before, after }))
      return after
    }),
  )
}

/** An acknowledgement is of one condition: who changes that gives it again. */
function acknowledgedBy({ condition, acknowledgedLint }: TrustChange, before: Trust): readonly string[] {
  if (acknowledgedLint !== undefined) return [...new Set(acknowledgedLint)]
  return condition !== undefined && condition !== before.condition ? [] : before.acknowledgedLint
}

async function audienceIn(at: Registry, stores: Pick<RegistryStores, 'organisations'>, id: string): Promise<string> {
  const organisation = await stores.organisations.get(id)
  if (organisation === null) throw registryFault('organisation.unknown')
  return audienceOf(organisation, at.publicUrl)
}

/** Everything but its names and switching it off may open the trust to others: that takes the right to make it. */
function mayGiveMore(before: Trust, after: Trust): boolean {
  if (before.enabled && !after.enabled) return false
  const { displayName, description, labels, examples } = after
  return !isSame({ ...before, displayName, description, labels, examples }, after)
}

/** Faults: principal.unknown, trust.unknown */
export async function removeTrust(at: Registry, actor: Actor, principalId: string, clientId: string): Promise<void> {
  const seen = await getTrust(at, actor.organisation, principalId, clientId)
  await write(at, async (tx) => {
    const before = await tx.trusts.getByCutename(seen.cutename)
    if (before === null || !(await tx.trusts.remove(seen.uid))) throw registryFault('trust.unknown')
    tx.audit(eventOf(actor, { kind: 'trust', verb: 'remove', before, after: null }))
  })
}

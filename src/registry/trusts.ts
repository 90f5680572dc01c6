/** Use cases of trusts. */

import { TRUST_CONDITION_BYTES } from '../claims/condition-port.ts'
import { Fault, type FieldFault, throwFields } from '../fault.ts'
import { audienceOf } from './audience.ts'
import { cidrFaults } from './cidrs.ts'
import { drawCutename, parseClientId } from './cutename.ts'
import type { TrustChange, TrustDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { registryFault } from './faults.ts'
import { LIMITS, textFaults, tooLong, tooMany } from './limits.ts'
import { isSame, merged, requireVersion } from './merge.ts'
import { idFaults } from './names.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { type Grantor, requireGrantable, roleFaults } from './roles.ts'
import { getServicePrincipal } from './service-principals.ts'
import type { Actor } from './stores.ts'
import type { Trust } from './trust.ts'
import type { TrustFilter } from './trust-store.ts'

/** See credentials.ts. */
const DRAWS = 5

/** Faults: principal.unknown, trust.provider_unknown, trust.id_taken, role.above_own */
export async function createTrust(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  principalId: string,
  draft: TrustDraft,
): Promise<Trust> {
  const principal = await getServicePrincipal(at, actor.organisation, principalId)
  const provider = await at.stores.providers.get(actor.organisation, draft.provider)
  const faults = [...idFaults(draft.id), ...fieldFaults(at, draft)]
  const usable = provider !== null && provider.use === 'workload' ? provider : null
  if (usable === null) {
    const message = 'is not the id of a workload provider of the organisation'
    faults.push({ path: 'provider', code: 'trust.provider_unknown', message })
  }
  throwFields(faults)
  requireGrantable(grantor, actor.organisation, draft.scopedRoleIds)
  for (let draw = 1; ; draw++) {
    const now = at.now()
    const cutename = drawCutename(at.randomBytes)
    const { labels = {}, provider: _provider, id, ...fields } = draft
    const trust: Trust = {
      ...fields,
      uid: at.newUid(),
      id: id ?? cutename,
      cutename,
      organisation: actor.organisation,
      principal: principal.uid,
      provider: usable?.uid ?? '',
      examples: [],
      labels,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    try {
      await at.write(async (tx) => {
        await tx.trusts.insert(trust)
        tx.audit(eventOf(actor, { kind: 'trust', verb: 'create', before: null, after: trust }))
      })
      return trust
    } catch (error) {
      const again = error instanceof Fault && error.code === 'trust.id_taken' && draft.id === null
      if (!again || draw >= DRAWS) throw error
    }
  }
}

/** By short or full client id; the full one must name the organisation's audience. Faults: principal.unknown, trust.unknown */
export async function getTrust(
  at: Registry,
  organisation: string,
  principalId: string,
  clientId: string,
): Promise<Trust> {
  const principal = await getServicePrincipal(at, organisation, principalId)
  const parts = parseClientId(clientId)
  const trust = parts === null ? null : await at.stores.trusts.getByCutename(parts.cutename)
  if (trust === null || trust.principal !== principal.uid || trust.organisation !== organisation) {
    throw registryFault('trust.unknown')
  }
  if (parts !== null && parts.audience !== null) {
    const owner = await at.stores.organisations.get(organisation)
    const audience = owner === null ? null : audienceOf(owner, at.publicUrl)
    if (parts.audience !== audience || parts.use !== 'wfe') throw registryFault('trust.unknown')
  }
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
  readonly query?: string
}

export async function searchTrusts(
  at: Registry,
  organisation: string,
  page: PageRequest,
  search: TrustSearch,
): Promise<Trust[]> {
  const filter: { -readonly [K in keyof TrustFilter]: TrustFilter[K] } = {}
  if (search.principal !== undefined) {
    const principal = await at.stores.servicePrincipals.get(organisation, search.principal)
    if (principal === null) return []
    filter.principal = principal.uid
  }
  if (search.provider !== undefined) {
    const provider = await at.stores.providers.get(organisation, search.provider)
    if (provider === null) return []
    filter.provider = provider.uid
  }
  if (search.query !== undefined) filter.query = search.query
  return await at.stores.trusts.list(organisation, page, filter)
}

/** Faults: principal.unknown, trust.unknown, trust.changed, role.above_own */
export async function updateTrust(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  principalId: string,
  clientId: string,
  change: TrustChange,
): Promise<Trust> {
  const { version, ...fields } = change
  const found = await getTrust(at, actor.organisation, principalId, clientId)
  throwFields(fieldFaults(at, change))
  return await at.write(async (tx) => {
    const before = await tx.trusts.getByCutename(found.cutename)
    if (before === null) throw registryFault('trust.unknown')
    requireVersion(before, version, 'trust.changed')
    requireGrantable(
      grantor,
      actor.organisation,
      (change.scopedRoleIds ?? []).filter((role) => !before.scopedRoleIds.includes(role)),
    )
    const after = merged(before, fields as Partial<Trust>, at.now())
    if (isSame(before, after)) return before
    if (!(await tx.trusts.update(after))) throw registryFault('trust.changed')
    tx.audit(eventOf(actor, { kind: 'trust', verb: 'update', before, after }))
    return after
  })
}

/** Faults: principal.unknown, trust.unknown */
export async function removeTrust(at: Registry, actor: Actor, principalId: string, clientId: string): Promise<void> {
  const found = await getTrust(at, actor.organisation, principalId, clientId)
  await at.write(async (tx) => {
    if (!(await tx.trusts.remove(found.uid))) throw registryFault('trust.unknown')
    tx.audit(eventOf(actor, { kind: 'trust', verb: 'remove', before: found, after: null }))
  })
}

function fieldFaults(at: Registry, fields: TrustChange): FieldFault[] {
  const { condition, tokenLifetimeSeconds: lifetime } = fields
  const faults = [
    ...textFaults(fields),
    ...(typeof condition === 'string'
      ? at.conditions.check(condition, 'condition', ['claims'], TRUST_CONDITION_BYTES)
      : []),
    ...roleFaults(fields.scopedRoleIds ?? [], 'scopedRoleIds'),
    ...cidrFaults(fields.allowSourceCidrs ?? [], 'allowSourceCidrs'),
    ...listFaults(fields.passthroughClaims, 'passthroughClaims', {
      entries: LIMITS.passthroughClaims,
      length: LIMITS.claimName,
    }),
    ...listFaults(fields.allowedScopes, 'allowedScopes', {
      entries: LIMITS.scopes,
      length: LIMITS.scope,
      pattern: SCOPE,
    }),
    ...listFaults(fields.allowedResources, 'allowedResources', {
      entries: LIMITS.resources,
      length: LIMITS.url,
      pattern: RESOURCE,
    }),
  ]
  if (typeof lifetime === 'number' && !(Number.isInteger(lifetime) && lifetime >= 300 && lifetime <= 3600)) {
    faults.push({
      path: 'tokenLifetimeSeconds',
      code: 'trust.lifetime_invalid',
      message: 'must be 300 to 3600 seconds',
    })
  }
  return faults
}

/** RFC 6749 §3.3: printable ASCII without space, quote and backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/
/** RFC 8707 §2: an absolute URI without a fragment; a bare word serves as an audience. */
const RESOURCE = /^[\x21\x24-\x7e]+$/

function listFaults(
  list: readonly string[] | undefined,
  path: string,
  limits: { entries: number; length: number; pattern?: RegExp },
): FieldFault[] {
  const faults = tooMany(list, path, limits.entries)
  for (const [index, text] of (list ?? []).entries()) {
    const place = `${path}[${index}]`
    faults.push(...tooLong(text, place, limits.length))
    if (text === '' || limits.pattern?.test(text) === false) {
      faults.push({ path: place, code: 'field.invalid', message: 'is empty or has characters that are not allowed' })
    }
  }
  return faults
}

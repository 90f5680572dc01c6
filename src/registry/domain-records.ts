/** Use cases of sign-in domains: registered, proved by DNS, vouched for, removed. Source: CONTRACT.md section 7. */
import { throwFields } from '../fault.ts'
import { createWithId } from './create-with-id.ts'
import type { Domain } from './domain.ts'
import { isProved } from './domain.ts'
import { newDomain, rerouteDomain } from './domain-routing.ts'
import { normaliseDomain } from './domains.ts'
import type { DomainChange, DomainDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { idFaults, isId } from './names.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import type { Grantor } from './roles.ts'
import type { Actor, RegistryWrite } from './stores.ts'
import { labelFaults } from './texts.ts'
import { write } from './write.ts'

/** Faults: organisation.unknown, domain.id_taken, domain.domain_taken, domain.vouched_needs_operator */
export async function createDomain(at: Registry, actor: Actor, grantor: Grantor, draft: DomainDraft): Promise<Domain> {
  const domain = normaliseDomain(draft.domain)
  throwFields([
    ...idFaults(draft.id),
    ...labelFaults(draft.labels),
    ...(domain === null
      ? [fieldFault('provider.domain_invalid', 'domain', 'must be a DNS name such as example.com')]
      : []),
  ])
  if (domain === null) throw registryFault('domain.unknown')
  const vouched = draft.vouched === true
  requireVoucher(grantor, vouched)
  if ((await at.stores.organisations.get(actor.organisation)) === null) throw registryFault('organisation.unknown')
  const naming = { fallback: 'domain', taken: 'domain.id_taken' as const, randomBytes: at.randomBytes }
  return await createWithId({ given: draft.id, displayName: domain, ...naming }, (id) =>
    write(at, async (tx) => {
      const provider = await providerUid(tx, actor.organisation, draft.provider ?? null)
      const fields = { id, domain, provider, vouched, labels: draft.labels ?? {} }
      const record = newDomain(at, actor.organisation, fields)
      await tx.domains.insert(record)
      tx.audit(eventOf(actor, { kind: 'domain', verb: 'create', before: null, after: record }))
      await rerouteDomain(tx, at, actor, record)
      return record
    }),
  )
}

/** Faults: domain.unknown */
export async function getDomain(at: Pick<Registry, 'stores'>, organisation: string, id: string): Promise<Domain> {
  const domain = isId(id) ? await at.stores.domains.get(organisation, id) : null
  if (domain === null) throw registryFault('domain.unknown')
  return domain
}

export function listDomains(at: Registry, organisation: string, page: PageRequest): Promise<Domain[]> {
  return at.stores.domains.list(organisation, page)
}

/** Faults: domain.unknown, domain.changed, domain.vouched_needs_operator */
export async function updateDomain(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  id: string,
  { version, provider, vouched, labels }: DomainChange,
): Promise<Domain> {
  throwFields(labelFaults(labels))
  const seen = await getDomain(at, actor.organisation, id)
  return await changed(at, actor, seen, version, async (tx, before) => {
    if (vouched !== undefined && vouched !== before.vouched) requireVoucher(grantor, true)
    const part = {
      provider: provider === undefined ? undefined : await providerUid(tx, actor.organisation, provider),
      vouched,
      labels,
    }
    return merged(before, part, at.now())
  })
}

/**
 * Asks DNS now whether `_entente.{domain}` says the challenge, and remembers the answer. An outage of DNS changes nothing.
 *
 * Faults: domain.unknown; whatever `txt` fails with
 */
export async function verifyDomain(
  at: Registry,
  actor: Actor,
  id: string,
  txt: (name: string) => Promise<readonly string[]>,
): Promise<Domain> {
  const seen = await getDomain(at, actor.organisation, id)
  const answers = await txt(`_entente.${seen.domain}`)
  const isThere = answers.some((answer) => answer.trim() === seen.challenge)
  return await changed(at, actor, seen, undefined, async (_tx, before) => {
    const verifiedAt = isThere ? (before.verifiedAt ?? at.now()) : null
    return merged(before, { verifiedAt }, at.now())
  })
}

/** Nobody is routed by it any more, whoever vouched. Faults: domain.unknown */
export async function removeDomain(at: Registry, actor: Actor, id: string): Promise<void> {
  const seen = await getDomain(at, actor.organisation, id)
  await write(at, async (tx) => {
    if (!(await tx.domains.remove(seen.uid))) throw registryFault('domain.unknown')
    tx.audit(eventOf(actor, { kind: 'domain', verb: 'remove', before: seen, after: null }))
    await rerouteDomain(tx, at, actor, { ...seen, provider: null, vouched: false, verifiedAt: null })
  })
}

function changed(
  at: Registry,
  actor: Actor,
  seen: Domain,
  version: number | undefined,
  next: (tx: RegistryWrite, before: Domain) => Promise<Domain>,
): Promise<Domain> {
  return swapped(version, 'domain.changed', () =>
    write(at, async (tx) => {
      const before = await tx.domains.get(seen.organisation, seen.id)
      if (before === null || before.uid !== seen.uid) throw registryFault('domain.unknown')
      requireVersion(before, version, 'domain.changed')
      const after = await next(tx, before)
      if (isSame(before, after)) return before
      if (!(await tx.domains.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'domain', verb: 'update', before, after }))
      if (isProved(after) || isProved(before)) await rerouteDomain(tx, at, actor, after)
      return after
    }),
  )
}

function requireVoucher(grantor: Grantor, vouched: boolean): void {
  if (!vouched || grantor.operator) return
  const fields = [fieldFault('domain.vouched_needs_operator', 'vouched', 'may be changed by an operator only')]
  throw registryFault('domain.vouched_needs_operator', { fields })
}

async function providerUid(tx: RegistryWrite, organisation: string, id: string | null): Promise<string | null> {
  if (id === null) return null
  const provider = isId(id) ? await tx.providers.get(organisation, id) : null
  if (provider === null || provider.use !== 'workforce') {
    throwFields([fieldFault('domain.provider_unknown', 'provider', 'must be a workforce provider of the organisation')])
    throw registryFault('domain.provider_unknown')
  }
  return provider.uid
}

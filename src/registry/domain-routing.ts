/**
 * Which domains of a provider route people: those that its organisation has proved, or an operator answers for. Kept with
 * the provider in the same write, so that looking a domain up needs no second question.
 *
 * Source: CONTRACT.md section 7, "An operator's tenantDomain/domains are vouched; an admin's become pending".
 */
import type { Domain } from './domain.ts'
import { isProved } from './domain.ts'
import { eventOf } from './event.ts'
import { slugOf, withSuffix } from './names.ts'
import { everyItem } from './paging.ts'
import type { Provider } from './provider.ts'
import type { Registry } from './registry.ts'
import type { Actor, RegistryWrite } from './stores.ts'

/** 160 bits, readable in a DNS console. */
const CHALLENGE_BYTES = 20

export type RoutingTools = Pick<Registry, 'newUid' | 'now' | 'randomBytes'>

/** A record of the domain for the organisation; nothing is proved by it. */
export function newDomain(
  at: RoutingTools,
  organisation: string,
  fields: Pick<Domain, 'id' | 'domain' | 'provider' | 'vouched'> & Partial<Pick<Domain, 'labels'>>,
): Domain {
  const now = at.now()
  return {
    uid: at.newUid(),
    organisation,
    challenge: `entente-domain=${Buffer.from(at.randomBytes(CHALLENGE_BYTES)).toString('base64url')}`,
    verifiedAt: null,
    labels: {},
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...fields,
  }
}

/**
 * The provider's domains that route, given what is proved: pending records are made for the others. `vouched` names those
 * that an operator answers for with this write.
 */
export async function settleDomains(
  tx: RegistryWrite,
  at: RoutingTools,
  actor: Actor,
  provider: Provider,
  vouched: readonly string[],
): Promise<readonly string[]> {
  const routing: string[] = []
  for (const domain of provider.domains) {
    const known = await tx.domains.getByDomain(provider.organisation, domain)
    // One that routed before there were records of domains goes on doing so.
    const isVouched = vouched.includes(domain) || (known === null && provider.routingDomains.includes(domain))
    if (known === null) await insertDomain(tx, at, actor, provider, domain, isVouched)
    else if (isVouched && !known.vouched) await vouch(tx, at, actor, known)
    if (isVouched || (known !== null && isProved(known))) routing.push(domain)
  }
  return routing
}

async function insertDomain(
  tx: RegistryWrite,
  at: RoutingTools,
  actor: Actor,
  { organisation, uid }: Provider,
  domain: string,
  vouched: boolean,
): Promise<void> {
  const slug = slugOf(domain, 'domain')
  const isTaken = (await tx.domains.get(organisation, slug)) !== null
  const id = isTaken ? withSuffix(slug, at.randomBytes) : slug
  // The provider is about to be written in this transaction; the record points to it only once it is there.
  const provider = (await tx.providers.getByUid(uid)) === null ? null : uid
  const record = newDomain(at, organisation, { id, domain, provider, vouched })
  await tx.domains.insert(record)
  tx.audit(eventOf(actor, { kind: 'domain', verb: 'create', before: null, after: record }))
}

async function vouch(tx: RegistryWrite, at: RoutingTools, actor: Actor, before: Domain): Promise<void> {
  const after = { ...before, vouched: true, version: before.version + 1, updatedAt: at.now() }
  if (await tx.domains.update(after)) tx.audit(eventOf(actor, { kind: 'domain', verb: 'update', before, after }))
}

/** After a domain was proved, or is so no longer: every provider of the organisation that names it, and the one it names. */
export async function rerouteDomain(
  tx: RegistryWrite,
  at: RoutingTools,
  actor: Actor,
  domain: Pick<Domain, 'organisation' | 'domain' | 'provider' | 'vouched' | 'verifiedAt'>,
): Promise<void> {
  const filter = { use: 'workforce', search: domain.domain } as const
  const naming = await everyItem((page) => tx.providers.list(domain.organisation, page, filter))
  const chosen = domain.provider === null ? null : await tx.providers.getByUid(domain.provider)
  const candidates = new Map([...naming, ...(chosen === null ? [] : [chosen])].map((one) => [one.uid, one]))
  for (const provider of candidates.values()) {
    const isChosen = provider.uid === domain.provider
    if (!isChosen && !provider.domains.includes(domain.domain)) continue
    const others = provider.routingDomains.filter((one) => one !== domain.domain)
    const domains = provider.domains.includes(domain.domain) ? provider.domains : [...provider.domains, domain.domain]
    const after = {
      ...provider,
      domains,
      routingDomains: isProved(domain) ? [...others, domain.domain] : others,
      version: provider.version + 1,
      updatedAt: at.now(),
    }
    const isUnchanged =
      domains.length === provider.domains.length && after.routingDomains.length === provider.routingDomains.length
    if (isUnchanged) continue
    if (await tx.providers.update(after)) {
      tx.audit(eventOf(actor, { kind: 'provider', verb: 'update', before: provider, after }))
    }
  }
}

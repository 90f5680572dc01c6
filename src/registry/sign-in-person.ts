/**
 * Who comes in by a provider: the person that the upstream's subject is linked to, or one made or linked now, as the
 * provider's policy for first logins says. Never by an e-mail address that nobody has proved.
 *
 * Source: CONTRACT.md section 3 (`first_login`) and section 7 (Links); threats.md section 3, "account takeover".
 */
import type { Mapped as MappedPerson } from '../claims/apply-mappers.ts'
import type { PersonFacts } from '../claims/person-facts.ts'
import { createWithId } from './create-with-id.ts'
import { domainOfAddress } from './domains.ts'
import { eventOf } from './event.ts'
import { isSame } from './merge.ts'
import type { Person } from './person.ts'
import type { PersonStore } from './person-store.ts'
import type { Provider } from './provider.ts'
import type { Registry } from './registry.ts'
import type { Actor, RegistryWrite } from './stores.ts'
import { write } from './write.ts'

export interface Arrival {
  readonly provider: Provider
  /** Null never links: a transient name. */
  readonly subject: string | null
  /** What the provider says before any mapper; `email` only where it says one. */
  readonly said: PersonFacts
  /** Runs the mappers over what the person is: `first` for one who has not come by this provider before. */
  readonly map: (facts: PersonFacts, login: 'first' | 'later') => MappedPerson
  /** What a person who has come before is when the mappers begin. */
  readonly later: (stored: PersonFacts) => PersonFacts
}

export type ArrivalRefusal = 'person.disabled' | 'person.unknown' | 'person.no_lasting_name' | 'mapper.failed'

export type Arrived =
  | { readonly person: Person; readonly how: 'known' | 'linked' | 'created'; readonly mapped: MappedPerson }
  | { readonly refused: ArrivalRefusal; readonly detail: string }

type Mapping = Exclude<MappedPerson, { readonly error: unknown }>

/** Who would come in, before anything is written. */
export type Judged =
  | {
      readonly how: 'known' | 'linked'
      readonly before: Person
      readonly change: Partial<Person>
      readonly mapped: Mapping
    }
  | { readonly how: 'created'; readonly before: null; readonly change: PersonFacts; readonly mapped: Mapping }
  /** `mapped` where it was the mappers that failed. */
  | { readonly refused: ArrivalRefusal; readonly detail: string; readonly mapped?: MappedPerson }

/** Finds, links or makes the person and writes what the mappers made of them; one transaction, audited as the program's. */
export async function signInPerson(at: Registry, arrival: Arrival): Promise<Arrived> {
  const { provider, subject } = arrival
  const actor: Actor = { organisation: provider.organisation, subject: 'system', requestId: null }
  const naming = {
    given: null,
    displayName: null,
    fallback: 'p',
    taken: 'person.id_taken' as const,
    randomBytes: at.randomBytes,
  }
  return await createWithId(naming, () =>
    write(at, async (tx): Promise<Arrived> => {
      const judged = await judgePerson(tx.persons, arrival)
      if ('refused' in judged) return { refused: judged.refused, detail: judged.detail }
      const { how, mapped } = judged
      const person =
        judged.how === 'created'
          ? await created(at, tx, actor, provider, judged.change, subject ?? '')
          : await stored(at, tx, actor, judged.before, judged.change)
      return { person, how, mapped }
    }),
  )
}

/** The same judgement without a write: whom a sign-in would find, link or make, and what the mappers would make of them. */
export async function judgePerson(
  persons: Pick<PersonStore, 'getByLink' | 'listByEmail'>,
  arrival: Arrival,
): Promise<Judged> {
  const { provider, subject, said } = arrival
  if (subject === null)
    return { refused: 'person.no_lasting_name', detail: 'the provider gave a name for this login only' }
  const known = await persons.getByLink(provider.uid, subject)
  if (known !== null) {
    const isProved = said.emailVerified && said.email?.toLowerCase() === known.email?.toLowerCase()
    const facts = arrival.later(factsOf(known))
    return changed('known', known, arrival.map(isProved ? { ...facts, emailVerified: true } : facts, 'later'), {})
  }
  if (provider.firstLogin === 'refuse') {
    return { refused: 'person.unknown', detail: 'the provider makes no people at their first login' }
  }
  const same = provider.firstLogin === 'link_verified_email' ? await byVerifiedEmail(persons, arrival) : null
  if (same !== null) {
    const links = [...same.links, { provider: provider.uid, subject }]
    return changed('linked', same, arrival.map({ ...factsOf(same), emailVerified: true }, 'first'), { links })
  }
  const mapped = arrival.map(said, 'first')
  return 'error' in mapped ? failed(mapped) : { how: 'created', before: null, change: mapped.facts, mapped }
}

function changed(how: 'known' | 'linked', before: Person, mapped: MappedPerson, more: Partial<Person>): Judged {
  if (!before.enabled) return { refused: 'person.disabled', detail: before.id }
  return 'error' in mapped ? failed(mapped) : { how, before, change: { ...mapped.facts, ...more }, mapped }
}

function failed(mapped: Extract<MappedPerson, { readonly error: unknown }>): Judged {
  return { refused: 'mapper.failed', detail: `${mapped.error.name}: ${mapped.error.detail}`, mapped }
}

async function created(
  at: Registry,
  tx: RegistryWrite,
  actor: Actor,
  { organisation, uid: provider }: Provider,
  facts: PersonFacts,
  subject: string,
): Promise<Person> {
  const now = at.now()
  const person: Person = {
    uid: at.newUid(),
    id: `p-${randomTail(at)}`,
    organisation,
    ...facts,
    enabled: true,
    links: [{ provider, subject }],
    lastSignInAt: now,
    labels: {},
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  await tx.persons.insert(person)
  tx.audit(eventOf(actor, { kind: 'person', verb: 'create', before: null, after: person }))
  return person
}

/** A moment on the record is written once a minute at most: it is nobody's business but the administrator's. */
const SEEN_MS = 60_000

async function stored(
  at: Registry,
  tx: RegistryWrite,
  actor: Actor,
  before: Person,
  change: Partial<Person>,
): Promise<Person> {
  const now = at.now()
  const isRecent = before.lastSignInAt !== null && now.getTime() - before.lastSignInAt.getTime() < SEEN_MS
  const after = {
    ...before,
    ...change,
    lastSignInAt: isRecent ? before.lastSignInAt : now,
    version: before.version + 1,
    updatedAt: now,
  }
  if (isSame(before, after)) return before
  // Read in this transaction, so nobody was between; a lost race of two processes leaves the record of the other.
  if (!(await tx.persons.update(after))) return before
  const isMore = !isSame({ ...before, lastSignInAt: null }, { ...after, lastSignInAt: null })
  if (isMore) tx.audit(eventOf(actor, { kind: 'person', verb: 'update', before, after }))
  return after
}

/** The one person of the organisation with this address, where the provider proved it and the domain is the provider's. */
async function byVerifiedEmail(
  persons: Pick<PersonStore, 'listByEmail'>,
  { provider, said }: Arrival,
): Promise<Person | null> {
  if (said.email === null || !said.emailVerified) return null
  const domain = domainOfAddress(said.email)
  if (domain === null || !provider.routingDomains.includes(domain)) return null
  const all = await persons.listByEmail(provider.organisation, said.email)
  // Who came in with the address unproved only claims it: neither to be taken for its owner, nor to stand in the owner's way.
  const [one, ...others] = all.filter(({ emailVerified, lastSignInAt }) => emailVerified || lastSignInAt === null)
  return one === undefined || others.length > 0 ? null : one
}

function factsOf({ email, emailVerified, displayName, username, groups, roleIds, attributes }: Person): PersonFacts {
  return { email, emailVerified, displayName, username, groups, roleIds, attributes }
}

/** 80 bits: drawn once, and again in the one case in which it is taken. */
function randomTail(at: Pick<Registry, 'randomBytes'>): string {
  return Array.from(at.randomBytes(16), (byte) => 'abcdefghijkmnpqrstuvwxyz23456789'.charAt(byte % 32)).join('')
}

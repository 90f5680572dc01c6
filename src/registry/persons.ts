/** Use cases of people, as administrators change them; signing in is the plane's (planes/sign-in). */
import { throwFields } from '../fault.ts'
import { createWithId } from './create-with-id.ts'
import type { PersonChange, PersonDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { idFaults, isId } from './names.ts'
import type { Person, PersonLink } from './person.ts'
import { personFaults } from './person-rules.ts'
import type { PersonFilter } from './person-store.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { type Grantor, requireGrantable } from './roles.ts'
import type { Actor, RegistryWrite } from './stores.ts'
import { givenText } from './texts.ts'
import { write } from './write.ts'

/** Faults: organisation.unknown, person.id_taken, person.link_taken, role.above_own, role.operator_needs_default */
export async function createPerson(at: Registry, actor: Actor, grantor: Grantor, draft: PersonDraft): Promise<Person> {
  const {
    id,
    displayName = null,
    email = null,
    enabled = true,
    groups = [],
    roleIds = [],
    links = [],
    labels = {},
  } = draft
  throwFields([...idFaults(id), ...personFaults(draft)])
  requireGrantable(grantor, actor.organisation, 'roleIds', roleIds)
  if ((await at.stores.organisations.get(actor.organisation)) === null) throw registryFault('organisation.unknown')
  const naming = { fallback: 'person', taken: 'person.id_taken' as const, randomBytes: at.randomBytes }
  return await createWithId({ given: id, displayName, ...naming }, async (name) => {
    const now = at.now()
    return await write(at, async (tx) => {
      const person: Person = {
        uid: at.newUid(),
        id: name,
        organisation: actor.organisation,
        email: givenText(email),
        // An administrator knows it; that it is the person's own mailbox, only the person's provider can say.
        emailVerified: false,
        displayName: givenText(displayName),
        username: null,
        enabled,
        groups: [...new Set(groups)],
        roleIds: [...new Set(roleIds)],
        attributes: {},
        links: await linksOf(tx, actor.organisation, links),
        lastSignInAt: null,
        labels,
        version: 1,
        createdAt: now,
        updatedAt: now,
      }
      await tx.persons.insert(person)
      tx.audit(eventOf(actor, { kind: 'person', verb: 'create', before: null, after: person }))
      return person
    })
  })
}

/** Faults: person.unknown */
export async function getPerson(at: Pick<Registry, 'stores'>, organisation: string, id: string): Promise<Person> {
  const person = isId(id) ? await at.stores.persons.get(organisation, id) : null
  if (person === null) throw registryFault('person.unknown')
  return person
}

export function listPersons(
  at: Registry,
  organisation: string,
  page: PageRequest,
  filter: PersonFilter = {},
): Promise<Person[]> {
  return at.stores.persons.list(organisation, page, filter)
}

/** Faults: person.unknown, person.changed, person.link_taken, role.above_own, role.operator_needs_default */
export async function updatePerson(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  id: string,
  change: PersonChange,
): Promise<Person> {
  throwFields(personFaults(change))
  const { version, email, displayName, enabled, groups, roleIds, links, labels } = change
  const seen = await getPerson(at, actor.organisation, id)
  return await swapped(version, 'person.changed', () =>
    write(at, async (tx) => {
      const before = await tx.persons.getByUid(seen.uid)
      if (before === null) throw registryFault('person.unknown')
      requireVersion(before, version, 'person.changed')
      const newEmail = email === undefined ? undefined : givenText(email)
      const part = {
        email: newEmail,
        emailVerified: newEmail === undefined || newEmail === before.email ? undefined : false,
        displayName: displayName === undefined ? undefined : givenText(displayName),
        enabled,
        groups: groups === undefined ? undefined : [...new Set(groups)],
        roleIds: roleIds === undefined ? undefined : [...new Set(roleIds)],
        links: links === undefined ? undefined : await linksOf(tx, actor.organisation, links),
        labels,
      }
      const after = merged(before, part, at.now())
      if (isSame(before, after)) return before
      requireGrantable(grantor, actor.organisation, 'roleIds', newlyGiven(before, after))
      if (!(await tx.persons.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'person', verb: 'update', before, after }))
      return after
    }),
  )
}

/** Roles that come with the change: added ones, and all of somebody who may come in again or by another way. */
function newlyGiven(before: Person, after: Person): readonly string[] {
  const known = new Set(before.links.map((link) => JSON.stringify(link)))
  const hasNewWay = after.links.some((link) => !known.has(JSON.stringify(link)))
  if ((after.enabled && !before.enabled) || hasNewWay) return after.roleIds
  return after.roleIds.filter((role) => !before.roleIds.includes(role))
}

/** Faults: person.unknown */
export async function removePerson(at: Registry, actor: Actor, id: string): Promise<void> {
  const seen = await getPerson(at, actor.organisation, id)
  await write(at, async (tx) => {
    const before = await tx.persons.getByUid(seen.uid)
    if (before === null || !(await tx.persons.remove(before.uid))) throw registryFault('person.unknown')
    tx.audit(eventOf(actor, { kind: 'person', verb: 'remove', before, after: null }))
  })
}

async function linksOf(
  tx: RegistryWrite,
  organisation: string,
  links: readonly { readonly provider: string; readonly subject: string }[],
): Promise<PersonLink[]> {
  const found: PersonLink[] = []
  for (const [index, { provider, subject }] of links.entries()) {
    const record = await tx.providers.get(organisation, provider)
    if (record === null || record.use === 'workload') {
      const message = 'must be a provider of the organisation that people sign in or step up with'
      throwFields([fieldFault('person.link_invalid', `links[${index}].provider`, message)])
    } else found.push({ provider: record.uid, subject })
  }
  return found
}

import { describe, expect, it } from 'vitest'
import { providerOf } from '../../protocols/testing/upstream.ts'
import type { Person } from '../../registry/person.ts'
import { createLinkedPersons } from './linked-persons.ts'

const PERSON: Person = {
  uid: 'person-1',
  id: 'alice',
  organisation: 'default',
  email: null,
  emailVerified: false,
  displayName: null,
  username: null,
  enabled: true,
  groups: [],
  roleIds: ['viewer'],
  attributes: {},
  links: [{ provider: 'provider-1', subject: 'a b' }],
  lastSignInAt: null,
  labels: {},
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
}

function open(person: Person = PERSON) {
  let generation = 1
  const asked: string[] = []
  const persons = createLinkedPersons(
    {
      getByLink: async (provider, subject) => {
        asked.push(`${provider}|${subject}`)
        return person.links.some((link) => link.provider === provider && link.subject === subject) ? person : null
      },
      getByUid: async (uid) => (uid === person.uid ? person : null),
    },
    { generation: () => generation },
  )
  return { persons, asked, change: () => void generation++ }
}

describe('a linked person', () => {
  it('is found by provider and subject, and from then on without a question', async () => {
    const { persons, asked } = open()
    expect(await persons.find(providerOf(), 'a b')).toBe(PERSON)
    expect(persons.find(providerOf(), 'a b')).toBe(PERSON)
    expect(asked).toEqual(['provider-1|a b'])
  })

  it('is asked for again once the registry has changed', async () => {
    const { persons, asked, change } = open()
    await persons.find(providerOf(), 'a b')
    change()
    expect(persons.find(providerOf(), 'a b')).toBeInstanceOf(Promise)
    expect(asked).toHaveLength(2)
  })

  it('is nobody for another subject, another provider, or in another organisation', async () => {
    const { persons } = open()
    expect(await persons.find(providerOf(), 'a')).toBeNull()
    expect(await persons.find(providerOf({}, { uid: 'provider-2' }), 'a b')).toBeNull()
    expect(await persons.find(providerOf({}, { organisation: 'acme' }), 'a b')).toBeNull()
    expect(await persons.get('default', 'person-1')).toBe(PERSON)
    expect(await persons.get('acme', 'person-1')).toBeNull()
    expect(await persons.get('default', 'person-2')).toBeNull()
  })
})

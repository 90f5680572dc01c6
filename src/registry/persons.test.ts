import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { domainOfEmail, isEmail } from './person-rules.ts'
import { createPerson, getPerson, listPersons, removePerson, updatePerson } from './persons.ts'
import { createProvider } from './providers.ts'
import { actorIn, admin, createTestRegistry, operator, providerDraft } from './testing/registry.ts'

const actor = actorIn('acme')

async function withProvider() {
  const at = await createTestRegistry()
  const draft = {
    use: 'workforce' as const,
    known: null,
    issuer: 'https://okta.example',
    settings: { oidc: { clientId: 'c' } },
  }
  const okta = await createProvider(at, actor, providerDraft({ ...draft, id: 'okta' }))
  return { at, okta }
}

describe('a person', () => {
  it('is made with links by the names of providers, and found by them', async () => {
    const { at, okta } = await withProvider()
    const person = await createPerson(at, actor, admin, {
      id: null,
      displayName: 'Ada',
      email: 'ada@example.com',
      roleIds: ['admin'],
      groups: ['/staff', '/staff'],
      links: [{ provider: 'okta', subject: 'u-1' }],
    })
    expect(person).toMatchObject({ id: 'ada', emailVerified: false, groups: ['/staff'] })
    expect(await at.stores.persons.getByLink(okta.uid, 'u-1')).toEqual(person)
    expect(await listPersons(at, 'acme', { limit: 5 }, { search: 'ADA@' })).toEqual([person])
    expect(await listPersons(at, 'rival', { limit: 5 })).toEqual([])
  })

  it.each([
    ['an e-mail that is none', { email: 'ada' }, 'email'],
    ['an empty group', { groups: [' '] }, 'groups[0]'],
    ['a link at nobody', { links: [{ provider: 'nobody', subject: 'x' }] }, 'links[0].provider'],
    ['a link without a subject', { links: [{ provider: 'okta', subject: '' }] }, 'links[0].subject'],
    [
      'one link twice',
      {
        links: [
          { provider: 'okta', subject: 'x' },
          { provider: 'okta', subject: 'x' },
        ],
      },
      'links[1].subject',
    ],
  ])('is refused with %s', async (_title, fields, path) => {
    const { at } = await withProvider()
    const ask = createPerson(at, actor, admin, { id: 'ada', ...fields })
    await expect(ask).rejects.toMatchObject({ fields: [{ path }] })
  })

  it('gets no role above the writer’s own, nor a new way in with such a role', async () => {
    const { at } = await withProvider()
    const inDefault = actorIn('default')
    const draft = { id: 'root', roleIds: ['operator'] }
    await expect(createPerson(at, inDefault, admin, draft)).rejects.toMatchObject({ code: 'role.above_own' })
    await createPerson(at, inDefault, operator, draft)
    const settings = { oidc: { clientId: 'c' } }
    const own = { id: 'mine', use: 'workforce' as const, known: null, issuer: 'https://mine.example', settings }
    await createProvider(at, inDefault, providerDraft(own))
    const linked = updatePerson(at, inDefault, admin, 'root', { links: [{ provider: 'mine', subject: 'me' }] })
    await expect(linked).rejects.toMatchObject({ code: 'role.above_own' })
    expect((await updatePerson(at, inDefault, admin, 'root', { enabled: false })).enabled).toBe(false)
    const again = updatePerson(at, inDefault, admin, 'root', { enabled: true })
    await expect(again).rejects.toMatchObject({ code: 'role.above_own' })
  })

  it('loses the proof of its e-mail with the e-mail, and is gone when removed', async () => {
    const { at } = await withProvider()
    await createPerson(at, actor, admin, { id: 'ada', email: 'ada@example.com' })
    const stored = await getPerson(at, 'acme', 'ada')
    await at.write((tx) => tx.persons.update({ ...stored, emailVerified: true, version: 2 }))
    expect(await updatePerson(at, actor, admin, 'ada', { displayName: 'A' })).toMatchObject({ emailVerified: true })
    expect(await updatePerson(at, actor, admin, 'ada', { email: 'b@example.com' })).toMatchObject({
      emailVerified: false,
    })
    await removePerson(at, actor, 'ada')
    await expect(getPerson(at, 'acme', 'ada')).rejects.toMatchObject({ code: 'person.unknown' })
  })
})

describe('an e-mail address', () => {
  it.each([
    ['ada@example.com', true],
    ["o'neil+x@sub.example.co", true],
    ['ada@localhost', false],
    ['ada@@example.com', false],
    ['ada@example.com ', false],
    ['ada@example.com\n', false],
    ['"a b"@example.com', false],
    ['ada@[192.0.2.1]', false],
    ['@example.com', false],
    ['ada@example.com,eve@evil.example', false],
    ['Ada <ada@example.com>', false],
  ])('%j: %s', (text, verdict) => {
    expect(isEmail(text)).toBe(verdict)
  })

  it('has the domain behind the last @', () => {
    expect(domainOfEmail('a@evil.example@Example.COM')).toBe('example.com')
    expect(domainOfEmail('example.com')).toBeNull()
    fc.assert(fc.property(fc.string(), (text) => domainOfEmail(text) === null || text.includes('@')))
  })
})

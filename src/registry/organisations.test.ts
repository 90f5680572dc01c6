import { describe, expect, it } from 'vitest'
import type { OrganisationDraft } from './drafts.ts'
import { createOrganisation, getOrganisation, listOrganisations, updateOrganisation } from './organisations.ts'
import { actorIn, createTestRegistry } from './testing/registry.ts'

const actor = actorIn('default')

function draft(fields: Partial<OrganisationDraft> = {}): OrganisationDraft {
  const texts = { id: null, displayName: 'Umbrella Corp.', description: null, host: null }
  return { ...texts, roles: [], settings: {}, ...fields }
}

describe('an organisation', () => {
  it('is made with an id of its name and an audit row of its own', async () => {
    const at = await createTestRegistry()
    const settings = { session: { idleSeconds: 600 } }
    const made = await createOrganisation(
      at,
      actor,
      draft({ roles: ['team.x'], settings, host: 'id.umbrella.example' }),
    )
    expect(made).toMatchObject({ id: 'umbrella-corp', host: 'id.umbrella.example', roles: ['team.x'], settings })
    expect(await getOrganisation(at, 'umbrella-corp')).toEqual(made)
    expect((await listOrganisations(at, { limit: 10 })).map(({ id }) => id)).toEqual([
      'default',
      'acme',
      'rival',
      'umbrella-corp',
    ])
    expect(at.events.at(-1)).toMatchObject({ action: 'organisation.create', organisation: 'umbrella-corp' })
  })

  it('has an id and a host of its own', async () => {
    const at = await createTestRegistry()
    await createOrganisation(at, actor, draft({ id: 'umbrella', host: 'id.umbrella.example' }))
    for (const [fields, code] of [
      [{ id: 'umbrella' }, 'organisation.id_taken'],
      [{ id: 'default' }, 'organisation.id_taken'],
      [{ host: 'id.umbrella.example' }, 'organisation.host_taken'],
      // Audiences of the default organisation, and of one that may be made later.
      [{ host: 'entente.example' }, 'organisation.host_taken'],
      [{ host: 'acme.entente.example' }, 'organisation.host_taken'],
      [{ host: 'later.entente.example' }, 'organisation.host_taken'],
    ] as const) {
      await expect(createOrganisation(at, actor, draft(fields))).rejects.toMatchObject({ kind: 'conflict', code })
    }
    await createOrganisation(at, actor, draft({ host: 'notentente.example' }))
    await createOrganisation(at, actor, draft({ host: 'entente.example:8443' }))
  })

  it.each([
    '',
    'Example.com',
    'https://a.example',
    'a.example/',
    'a.example:443',
    'a.example:80',
    'a.example:0',
    'a_b',
    'a..b',
    '-a',
    'a.',
    'a b',
    'é.example',
    '127.1',
    'a@b',
    `${'a.'.repeat(127)}a.b`,
  ])('has no host like %o', async (host) => {
    const at = await createTestRegistry()
    await expect(createOrganisation(at, actor, draft({ host }))).rejects.toMatchObject({
      kind: 'invalid',
      code: 'organisation.host_invalid',
    })
  })

  it('has every fault told at once', async () => {
    const at = await createTestRegistry()
    const bad = draft({
      id: '0',
      displayName: '\u0000',
      host: '?',
      roles: ['Bad', 'operator', 'ok'],
      settings: { branding: 'x'.repeat(70_000) },
    })
    const fault = await createOrganisation(at, actor, bad).catch((error) => error)
    expect(fault.fields.map((field: { path: string; code: string }) => `${field.path} ${field.code}`)).toEqual([
      'id id.invalid',
      'displayName field.not_text',
      'host organisation.host_invalid',
      'roles[0] role.invalid',
      'roles[1] role.reserved',
      'settings field.too_long',
    ])
  })

  it.each<[string, object, string[]]>([
    ['a level of ours, by words of the provider', { level: 'phr', provider: 'okta', values: ['phr', 'urn:x:y'] }, []],
    ['no level of ours', { level: '2fa', provider: 'okta', values: ['phr'] }, ['level']],
    ['no provider’s name', { level: 'phr', provider: 'Okta!', values: ['phr'] }, ['provider']],
    ['no words', { level: 'phr', provider: 'okta', values: [] }, ['values']],
    ['an empty word', { level: 'phr', provider: 'okta', values: [''] }, ['values']],
    ['two words in one', { level: 'phr', provider: 'okta', values: ['phr phrh'] }, ['values']],
    ['nothing', {}, ['level', 'provider', 'values']],
  ])('may have a line of its levels that says %s, or is told at once', async (_name, line, fields) => {
    const at = await createTestRegistry()
    const settings = { levels: [JSON.parse(JSON.stringify(line))] }
    const told = (write: Promise<unknown>) =>
      write.then(
        () => [],
        (error) => error.fields.map(({ path }: { path: string }) => path),
      )
    const expected = fields.map((field) => `levels[0].${field}`)
    expect(await told(createOrganisation(at, actor, draft({ id: 'levels', settings })))).toEqual(expected)
    expect(await told(updateOrganisation(at, actor, 'default', { settings }))).toEqual(expected)
  })

  it.each(['nothing', '', 'DEFAULT', 'a\u0000'])('that is not there is unknown: %o', async (id) => {
    const at = await createTestRegistry()
    await expect(getOrganisation(at, id)).rejects.toMatchObject({ kind: 'missing', code: 'organisation.unknown' })
  })
})

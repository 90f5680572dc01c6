// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the pages, not ours
import { describe, expect, it } from 'vitest'
import { applyMappers, type MapperLogin } from './apply-mappers.ts'
import { openRun } from './condition.ts'
import { effectOf, type MapperToRun } from './mapper-effects.ts'
import { mapperTypes } from './mapper-types.ts'
import { factsOf, laterFacts, type PersonFacts } from './person-facts.ts'

const CLAIMS = {
  sub: 'u-1',
  preferred_username: 'Ada',
  groups: ['admins', 'staff'],
  address: { country: 'GB' },
  realm_access: { roles: ['offline'] },
  resource_access: { app: { roles: ['editor'] } },
  subject: 'name-id',
  attributes: { 'urn:oid:1': ['red', 'blue'], department: ['R&D'] },
  friendlyNames: { colour: ['red', 'blue'] },
}

const NOBODY: PersonFacts = {
  email: null,
  emailVerified: false,
  displayName: null,
  username: null,
  groups: [],
  roleIds: [],
  attributes: {},
}

function mapper(type: string, config: MapperToRun['config'], syncMode: string | null = null): MapperToRun {
  return { name: `the ${type}`, type, syncMode, config }
}

function login(fields: Partial<MapperLogin>): MapperLogin {
  return {
    mappers: [],
    syncMode: null,
    login: 'first',
    claims: CLAIMS,
    facts: NOBODY,
    alias: 'okta',
    newUid: () => 'uid-1',
    hasRole: (role) => ['viewer', 'admin', 'editor'].includes(role),
    ...fields,
  }
}

function mapped(fields: Partial<MapperLogin>) {
  const answer = applyMappers(login(fields))
  if ('error' in answer) throw new Error(answer.error.detail)
  return answer
}

const pairs = (key: string, value: string) => JSON.stringify([{ key, value }])

describe('each type at a first login', () => {
  it.each<[string, MapperToRun['config'], Partial<PersonFacts>]>([
    [
      'oidc-user-attribute-idp-mapper',
      { claim: 'address.country', 'user.attribute': 'country' },
      { attributes: { country: ['GB'] } },
    ],
    ['oidc-user-attribute-idp-mapper', { claim: 'sub', 'user.attribute': 'email' }, { email: 'u-1' }],
    ['oidc-user-attribute-idp-mapper', { claim: 'missing', 'user.attribute': 'x' }, {}],
    [
      'saml-user-attribute-idp-mapper',
      { 'attribute.name': 'urn:oid:1', 'user.attribute': 'colours' },
      { attributes: { colours: ['red', 'blue'] } },
    ],
    [
      'saml-user-attribute-idp-mapper',
      { 'attribute.friendly.name': 'colour', 'user.attribute': 'colours' },
      { attributes: { colours: ['red', 'blue'] } },
    ],
    [
      'github-user-attribute-mapper',
      { jsonField: 'address.country', userAttribute: 'country' },
      { attributes: { country: ['GB'] } },
    ],
    ['google-user-attribute-mapper', { jsonField: 'groups[1]', userAttribute: 'g' }, { attributes: { g: ['staff'] } }],
    [
      'hardcoded-attribute-idp-mapper',
      { attribute: 'source', 'attribute.value': 'okta' },
      { attributes: { source: ['okta'] } },
    ],
    ['oidc-role-idp-mapper', { claim: 'groups', 'claim.value': 'admins', role: 'admin' }, { roleIds: ['admin'] }],
    ['oidc-role-idp-mapper', { claim: 'groups', 'claim.value': 'admin', role: 'admin' }, {}],
    [
      'saml-role-idp-mapper',
      { 'attribute.name': 'department', 'attribute.value': 'R&D', role: 'editor' },
      { roleIds: ['editor'] },
    ],
    [
      'oidc-advanced-role-idp-mapper',
      { claims: pairs('groups', 'adm.*'), 'are.claim.values.regex': 'true', role: 'admin' },
      { roleIds: ['admin'] },
    ],
    ['oidc-advanced-role-idp-mapper', { claims: pairs('groups', 'adm.*'), role: 'admin' }, {}],
    ['oidc-advanced-role-idp-mapper', { claims: '[]', role: 'admin' }, {}],
    ['oidc-advanced-group-idp-mapper', { claims: pairs('groups', 'staff'), group: '/staff' }, { groups: ['/staff'] }],
    ['saml-advanced-role-idp-mapper', { attributes: pairs('colour', 'red'), role: 'viewer' }, { roleIds: ['viewer'] }],
    [
      'saml-advanced-group-idp-mapper',
      { attributes: pairs('urn:oid:1', 'b.*'), 'are.attribute.values.regex': true, group: '/b' },
      { groups: ['/b'] },
    ],
    [
      'keycloak-oidc-role-to-role-idp-mapper',
      { 'external.role': 'app.editor', role: 'editor' },
      { roleIds: ['editor'] },
    ],
    ['keycloak-oidc-role-to-role-idp-mapper', { 'external.role': 'editor', role: 'editor' }, {}],
    ['oidc-hardcoded-role-idp-mapper', { role: 'viewer' }, { roleIds: ['viewer'] }],
    ['oidc-hardcoded-role-idp-mapper', { role: 'gone' }, {}],
    ['oidc-hardcoded-group-idp-mapper', { group: '/all' }, { groups: ['/all'] }],
    ['oidc-username-idp-mapper', {}, { username: 'okta.Ada' }],
    [
      'oidc-username-idp-mapper',
      { template: '${CLAIM.preferred_username | lowercase}-${UUID}' },
      { username: 'ada-uid-1' },
    ],
    ['oidc-username-idp-mapper', { template: '${CLAIM.missing}' }, {}],
    ['oidc-username-idp-mapper', { template: '${CLAIM.sub}', target: 'BROKER_ID' }, {}],
    ['saml-username-idp-mapper', {}, { username: 'okta.name-id' }],
    ['saml-username-idp-mapper', { template: '${ATTRIBUTE.department}' }, { username: 'R&D' }],
  ])('%s %j', (type, config, facts) => {
    expect(mapped({ mappers: [mapper(type, config)] }).facts).toEqual({ ...NOBODY, ...facts })
  })

  it('makes notes of the session', () => {
    const mappers = [
      mapper('oidc-user-session-note-idp-mapper', { claims: pairs('sub', 'u-1') }),
      mapper('oidc-user-session-note-idp-mapper', { claims: pairs('preferred_username', 'bob') }),
      mapper('hardcoded-user-session-attribute-idp-mapper', { attribute: 'via', 'attribute.value': 'okta' }),
    ]
    expect(mapped({ mappers }).notes).toEqual({ sub: 'u-1', via: 'okta' })
  })

  it('has an answer for every type that may be stored', () => {
    for (const { id } of mapperTypes.filter(({ refused }) => refused === undefined)) {
      const effect = effectOf(mapper(id, {}), { claims: CLAIMS, alias: 'a', newUid: () => 'u', run: openRun([], {}) })
      expect(effect, id).not.toEqual({ kind: 'unknown' })
    }
  })

  it('ends the login where a claim gives a role that does not exist', () => {
    const mappers = [mapper('oidc-role-idp-mapper', { claim: 'groups', 'claim.value': 'staff', role: 'gone' })]
    expect(applyMappers(login({ mappers }))).toMatchObject({
      error: { did: 'failed', detail: 'the organisation has no role gone' },
    })
  })
})

describe('modes at later logins', () => {
  const role = { claim: 'groups', 'claim.value': 'gone', role: 'admin' }
  const gives = { claim: 'groups', 'claim.value': 'staff', role: 'editor' }
  const had: PersonFacts = {
    ...NOBODY,
    roleIds: ['admin'],
    groups: ['/old'],
    attributes: { country: ['FR'], x: ['1'] },
  }

  it.each([
    ['IMPORT', 'changes nothing', ['admin'], ['/old'], { country: ['FR'], x: ['1'] }],
    ['FORCE', 'grants and takes away', ['editor'], [], { country: ['GB'] }],
    ['LEGACY', 'only takes roles away', [], ['/old'], { country: ['FR'], x: ['1'] }],
    ['INHERIT', 'is the mode of the server', ['admin'], ['/old'], { country: ['FR'], x: ['1'] }],
  ])('%s %s', (mode, _what, roleIds, groups, attributes) => {
    const mappers = [
      mapper('oidc-role-idp-mapper', role),
      mapper('oidc-role-idp-mapper', gives),
      mapper('oidc-advanced-group-idp-mapper', { claims: pairs('groups', 'old'), group: '/old' }),
      mapper('oidc-user-attribute-idp-mapper', { claim: 'address.country', 'user.attribute': 'country' }),
      mapper('oidc-user-attribute-idp-mapper', { claim: 'nothing', 'user.attribute': 'x' }),
    ]
    const { facts } = mapped({ mappers, login: 'later', facts: had, syncMode: mode })
    expect(facts).toEqual({ ...NOBODY, roleIds, groups, attributes })
  })

  it("follow the mapper's own mode first, also where an export keeps it among the configuration", () => {
    const mappers = [
      mapper('oidc-role-idp-mapper', gives, 'FORCE'),
      mapper('oidc-role-idp-mapper', { ...role, syncMode: 'FORCE' }),
    ]
    expect(mapped({ mappers, login: 'later', facts: had, syncMode: 'IMPORT' }).facts.roleIds).toEqual(['editor'])
  })

  it('make the user name at every login', () => {
    const mappers = [mapper('oidc-username-idp-mapper', {})]
    expect(mapped({ mappers, login: 'later', syncMode: 'IMPORT' }).facts.username).toBe('okta.Ada')
  })
})

describe('what a person is before the mappers', () => {
  it('comes from the claims that every provider has', () => {
    const claims = { name: 'Ada L', given_name: 'Ada', family_name: 'L', preferred_username: 'ada' }
    expect(factsOf(claims, { address: 'a@example.com', isVerified: true })).toEqual({
      ...NOBODY,
      email: 'a@example.com',
      emailVerified: true,
      displayName: 'Ada L',
      username: 'ada',
      attributes: { firstName: ['Ada'], lastName: ['L'] },
    })
  })

  it('takes names that cannot be shown for none', () => {
    expect(factsOf({ name: 'a\u0000b', given_name: ' ', family_name: 5 }, null).displayName).toBeNull()
  })

  it('is as stored later, but for the names and the e-mail of a forcing provider', () => {
    const said = factsOf({ name: 'New', given_name: 'N' }, { address: 'new@example.com', isVerified: false })
    const stored = { ...NOBODY, email: 'old@example.com', emailVerified: true, roleIds: ['admin'] }
    expect(laterFacts(stored, said, false)).toEqual(stored)
    expect(laterFacts(stored, said, true)).toEqual({
      ...stored,
      email: 'new@example.com',
      emailVerified: false,
      displayName: 'New',
      attributes: { firstName: ['N'] },
    })
  })

  it('keeps the proof of an e-mail only while no mapper writes another', () => {
    const facts = { ...NOBODY, email: 'a@example.com', emailVerified: true }
    const to = (value: string) => [
      mapper('hardcoded-attribute-idp-mapper', { attribute: 'email', 'attribute.value': value }),
    ]
    expect(mapped({ facts, mappers: to('root@example.com') }).facts.emailVerified).toBe(false)
    expect(mapped({ facts, mappers: to('a@example.com') }).facts.emailVerified).toBe(true)
  })
})

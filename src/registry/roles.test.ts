import { describe, expect, it } from 'vitest'
import { effectiveRoles, type Grantor, isRole, requireGrantable, roleFaults } from './roles.ts'

describe('a role', () => {
  it.each(['a', 'viewer', 'team.deploy', 'a_b:c-d', `r${'x'.repeat(62)}`])('may be %s', (role) => {
    expect(isRole(role)).toBe(true)
  })
  it.each(['', 'A', '1a', '-a', 'a b', 'ä', 'a\n', `r${'x'.repeat(63)}`])('may not be %o', (role) => {
    expect(isRole(role)).toBe(false)
  })

  it('that is bad is named with its place', () => {
    expect(roleFaults('roleIds', ['viewer', 'BAD', 'ok', ''])).toMatchObject([
      { path: 'roleIds[1]', code: 'role.invalid' },
      { path: 'roleIds[3]', code: 'role.invalid' },
    ])
    const many = Array.from({ length: 10_000 }, () => 'BAD')
    expect(roleFaults('roleIds', many)).toHaveLength(65)
    expect(roleFaults('roleIds', many)[0]).toMatchObject({ path: 'roleIds', code: 'field.too_many' })
  })
})

describe('the roles that count', () => {
  it.each([
    [['admin', 'viewer'], [], ['admin', 'viewer']],
    [['admin', 'viewer'], ['viewer'], ['viewer']],
    [['viewer'], ['admin', 'viewer'], ['viewer']],
    [['viewer'], ['admin'], []],
    [[], ['admin'], []],
    [[], [], []],
  ])('of %o scoped to %o are %o', (principal, scoped, expected) => {
    expect(effectiveRoles(principal, scoped)).toEqual(expected)
  })
})

describe('nobody grants a role above their own', () => {
  const operator: Grantor = { operator: true, roles: ['operator'] }
  const admin: Grantor = { operator: false, roles: ['admin'] }
  const viewer: Grantor = { operator: false, roles: ['viewer', 'team.deploy'] }
  const nobody: Grantor = { operator: false, roles: [] }
  /** The name of the role without its right: an operator of another organisation is none. */
  const pretender: Grantor = { operator: false, roles: ['operator'] }

  it.each([
    ['operator', operator, 'default', ['operator', 'admin', 'viewer', 'team.deploy'], null],
    ['operator', operator, 'acme', ['admin'], null],
    ['operator', operator, 'acme', ['operator'], 'role.operator_needs_default'],
    ['admin', admin, 'default', ['operator'], 'role.above_own'],
    ['admin', admin, 'acme', ['operator'], 'role.above_own'],
    ['admin', admin, 'acme', ['admin', 'viewer', 'team.deploy'], null],
    ['viewer', viewer, 'acme', ['admin'], 'role.above_own'],
    ['viewer', viewer, 'acme', ['viewer', 'team.deploy'], null],
    ['viewer', viewer, 'acme', ['team.other'], 'role.above_own'],
    ['nobody', nobody, 'acme', ['viewer'], 'role.above_own'],
    ['nobody', nobody, 'acme', [], null],
    ['a pretender', pretender, 'default', ['operator'], 'role.above_own'],
    ['a pretender', pretender, 'default', ['admin'], 'role.above_own'],
  ] as const)('%s (%o) in %s: %o → %s', (_who, grantor, organisation, roles, code) => {
    const grant = () => requireGrantable(grantor, organisation, 'roleIds', roles)
    if (code === null) expect(grant).not.toThrow()
    else
      expect(grant).toThrow(expect.objectContaining({ code, fields: [expect.objectContaining({ path: 'roleIds' })] }))
  })
})

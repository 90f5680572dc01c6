// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the pages
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { exampleFaults } from './examples.ts'
import { mapperType, mapperTypes, mapperTypesFor } from './mapper-types.ts'
import { judgeMapper } from './mappers.ts'
import { actionOf, effectiveSyncMode, runsOn } from './sync-mode.ts'

const faults = (type: string, config: JsonObject, protocol = 'oidc', syncMode: string | null = null) =>
  judgeMapper({ name: 'm', type, syncMode, config }, protocol, 'mappers[0]').map(({ path, code }) => `${path} ${code}`)

describe('a mapper', () => {
  it.each<[string, JsonObject, string]>([
    ['oidc-user-attribute-idp-mapper', { claim: 'a.b\\.c', 'user.attribute': 'email', syncMode: 'FORCE' }, 'oidc'],
    ['oidc-role-idp-mapper', { claim: 'groups', 'claim.value': 'admins', role: 'deployer' }, 'oidc'],
    [
      'oidc-advanced-role-idp-mapper',
      { claims: '[{"key":"groups","value":"admin"}]', 'are.claim.values.regex': 'false', role: 'r' },
      'oidc',
    ],
    [
      'oidc-advanced-group-idp-mapper',
      { claims: [{ key: 'g', value: '^a.*$' }], 'are.claim.values.regex': true, group: '/g' },
      'oidc',
    ],
    ['oidc-user-session-note-idp-mapper', { claims: '[{"key":"g","value":"x"}]' }, 'oidc'],
    [
      'oidc-username-idp-mapper',
      { template: '${ALIAS}-${CLAIM.preferred_username | lowercase}', target: 'BROKER_ID' },
      'oidc',
    ],
    ['keycloak-oidc-role-to-role-idp-mapper', { 'external.role': 'x', role: 'y' }, 'oidc'],
    ['saml-user-attribute-idp-mapper', { 'attribute.friendly.name': 'mail', 'user.attribute': 'email' }, 'saml'],
    ['saml-role-idp-mapper', { 'attribute.name': 'g', 'attribute.value': 'a', role: 'r' }, 'saml'],
    ['saml-advanced-role-idp-mapper', { attributes: '[{"key":"g","value":"a"}]', role: 'r' }, 'saml'],
    ['saml-advanced-group-idp-mapper', { attributes: '[{"key":"g","value":"a"}]', group: '/r' }, 'saml'],
    ['saml-username-idp-mapper', { template: '${ALIAS}.${NAMEID}' }, 'saml'],
    ['saml-username-idp-mapper', { template: '${ATTRIBUTE.mail | localpart | lowercase}' }, 'saml'],
    ['hardcoded-attribute-idp-mapper', { attribute: 'a', 'attribute.value': 'b' }, 'oauth2'],
    ['hardcoded-user-session-attribute-idp-mapper', { attribute: 'a', 'attribute.value': 'b' }, 'saml'],
    ['oidc-hardcoded-role-idp-mapper', { role: 'r' }, 'saml'],
    ['oidc-hardcoded-group-idp-mapper', { group: '/g' }, 'oauth2'],
    ['github-user-attribute-mapper', { jsonField: 'company', userAttribute: 'company' }, 'oauth2'],
    ['google-user-attribute-mapper', { jsonField: 'a.b[0].c', userAttribute: 'x' }, 'oidc'],
  ])('of type %s is taken', (type, config, protocol) => {
    expect(faults(type, config, protocol)).toEqual([])
  })

  it('is tried for every type that is taken', () => {
    expect(mapperTypes.filter(({ refused }) => refused === undefined)).toHaveLength(18)
    expect(mapperTypesFor('saml').map(({ id }) => id)).not.toContain('saml-xpath-attribute-idp-mapper')
  })

  // NUL in a value reached the storage once: found by the fuzz, and PostgreSQL would have failed.
  it.each<[string, JsonObject, string]>([
    ['oidc-hardcoded-group-idp-mapper', { group: '/staff\u0000' }, 'group'],
    ['oidc-role-idp-mapper', { claim: 'g\u001b', 'claim.value': 'a', role: 'r' }, 'claim'],
    ['oidc-advanced-role-idp-mapper', { claims: '[{"key":"g","value":"a\\u0000"}]', role: 'r' }, 'claims'],
    ['oidc-advanced-role-idp-mapper', { claims: [{ key: 'g\u0000', value: 'a' }], role: 'r' }, 'claims'],
  ])('of type %s with the config %j has a %s that cannot be stored', (type, config, key) => {
    expect(faults(type, config)).toEqual([`mappers[0].config.${key} mapper.config_invalid`])
  })

  it.each<[string, string, JsonObject, string, string[]]>([
    ['of no type', 'nope', {}, 'oidc', ['mappers[0].type mapper.type_unknown']],
    ['with XPath', 'saml-xpath-attribute-idp-mapper', {}, 'saml', ['mappers[0].type mapper.type_refused']],
    [
      'of another protocol',
      'saml-role-idp-mapper',
      { 'attribute.name': 'g', 'attribute.value': 'a', role: 'r' },
      'oidc',
      ['mappers[0].type mapper.protocol'],
    ],
    [
      'without its role',
      'oidc-hardcoded-role-idp-mapper',
      {},
      'oidc',
      ['mappers[0].config.role mapper.config_invalid'],
    ],
    [
      'with an unknown key',
      'oidc-hardcoded-role-idp-mapper',
      { role: 'r', rolle: 'x' },
      'oidc',
      ['mappers[0].config.rolle field.unknown'],
    ],
    [
      'with a bad list',
      'oidc-user-session-note-idp-mapper',
      { claims: '[{"key":1}]' },
      'oidc',
      ['mappers[0].config.claims mapper.config_invalid'],
    ],
    [
      'with no JSON',
      'oidc-user-session-note-idp-mapper',
      { claims: '{' },
      'oidc',
      ['mappers[0].config.claims mapper.config_invalid'],
    ],
    [
      'with a bad pattern',
      'oidc-user-session-note-idp-mapper',
      { claims: '[{"key":"a","value":"(("}]', 'are.claim.values.regex': 'true' },
      'oidc',
      ['mappers[0].config.claims mapper.config_invalid'],
    ],
    [
      'with a large pattern',
      'oidc-user-session-note-idp-mapper',
      { claims: '[{"key":"a","value":"(a{1000}){1000}"}]', 'are.claim.values.regex': 'true' },
      'oidc',
      ['mappers[0].config.claims mapper.config_invalid'],
    ],
    [
      'with a bad template',
      'oidc-username-idp-mapper',
      { template: '${EVIL}' },
      'oidc',
      ['mappers[0].config.template mapper.config_invalid'],
    ],
    [
      'with a placeholder of SAML',
      'oidc-username-idp-mapper',
      { template: '${NAMEID}' },
      'oidc',
      ['mappers[0].config.template mapper.config_invalid'],
    ],
    [
      'with an unknown change',
      'saml-username-idp-mapper',
      { template: '${ATTRIBUTE.mail | localpart | rot13}' },
      'saml',
      ['mappers[0].config.template mapper.config_invalid'],
    ],
    [
      'with too long a list',
      'oidc-user-session-note-idp-mapper',
      { claims: [{ key: 'a', value: 'x'.repeat(4_096) }] },
      'oidc',
      ['mappers[0].config.claims mapper.config_invalid'],
    ],
    [
      'with too many keys',
      'oidc-hardcoded-role-idp-mapper',
      Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'x'])),
      'oidc',
      ['mappers[0].config mapper.config_invalid'],
    ],
    [
      'with several faults',
      'oidc-role-idp-mapper',
      { claim: 7, role: 'r', x: '' },
      'saml',
      [
        'mappers[0].type mapper.protocol',
        'mappers[0].config.claim mapper.config_invalid',
        'mappers[0].config.x field.unknown',
        'mappers[0].config.claim.value mapper.config_invalid',
      ],
    ],
    [
      'with a bad target',
      'oidc-username-idp-mapper',
      { target: 'HERE' },
      'oidc',
      ['mappers[0].config.target mapper.config_invalid'],
    ],
    [
      'without any attribute',
      'saml-user-attribute-idp-mapper',
      { 'user.attribute': 'x' },
      'saml',
      ['mappers[0].config.attribute.name mapper.config_invalid'],
    ],
    [
      'with a bad mode',
      'oidc-hardcoded-role-idp-mapper',
      { role: 'r', syncMode: 'SOMETIMES' },
      'oidc',
      ['mappers[0].config.syncMode mapper.sync_mode'],
    ],
  ])('%s is refused', (_what, type, config, protocol, expected) => {
    expect(faults(type, config, protocol)).toEqual(expected)
  })

  it('is judged without throwing, whatever it is', () => {
    const type = fc.constantFrom(...mapperTypes.map(({ id }) => id))
    const config = fc.dictionary(
      fc.constantFrom('claims', 'attributes', 'template', 'role', 'claim', 'are.claim.values.regex', 'x'),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(
        type,
        config,
        fc.string(),
        (one, values, name) =>
          void judgeMapper({ name, type: one, syncMode: name, config: values as JsonObject }, 'oidc', 'm'),
      ),
    )
    expect(mapperType('constructor')).toBeNull()
  })
})

describe('sync modes', () => {
  it.each([
    [null, null, 'IMPORT'],
    ['INHERIT', 'FORCE', 'FORCE'],
    ['LEGACY', 'FORCE', 'LEGACY'],
    ['INHERIT', 'INHERIT', 'IMPORT'],
  ])('mapper %s at provider %s is %s', (mapper, provider, mode) => {
    expect(effectiveSyncMode(mapper, provider)).toBe(mode)
  })

  it.each([
    ['IMPORT', 'first', 'grant'],
    ['IMPORT', 'later', 'nothing'],
    ['LEGACY', 'later', 'withdraw'],
    ['LEGACY', 'first', 'grant'],
    ['FORCE', 'first', 'grant'],
    ['FORCE', 'later', 'follow'],
  ] as const)('%s at a %s login: %s', (mode, login, action) => {
    expect(actionOf(mode, login)).toBe(action)
    expect(runsOn(mode, login)).toBe(action !== 'nothing')
  })
})

describe('examples', () => {
  const judge = { condition: 'assertion.hd == "x"', mapping: { 'google.subject': 'assertion.sub' } }
  it.each<[string, JsonObject, RegExp | null]>([
    ['that holds', { claims: { sub: 'a', hd: 'x' }, expect: true, mapped: { 'google.subject': 'a' } }, null],
    ['that is refused as it says', { name: 'no', claims: { sub: 'a', hd: 'y' }, expect: false }, null],
    ['without a claim', { claims: { hd: 'x' }, expect: false }, null],
    ['that is let in against its word', { claims: { sub: 'a', hd: 'x' }, expect: false }, /was to be refused/],
    ['that is refused against its word', { claims: { sub: 'a', hd: 'y' } }, /was to be let in/],
    [
      'that maps otherwise',
      { claims: { sub: 'a', hd: 'x' }, mapped: { 'google.subject': 'b' } },
      /maps google.subject to "a"/,
    ],
    ['without claims', { expect: true }, /must be an object/],
    ['with what is left out', { claims: { sub: 'a', hd: 'x' }, mapped: { 'google.groups': null } }, null],
    ['with a name that is none', { name: 1, claims: {} }, /must be text/],
    ['that is too large', { claims: { sub: 'x'.repeat(9_000) } }, /at most 8192 bytes/],
    ['with an unknown member', { claims: {}, verdict: true }, /is not one of/],
  ])('one %s', (_what, example, message) => {
    const found = exampleFaults([example], 'examples', judge)
    if (message === null) expect(found).toEqual([])
    else expect(found[0]?.message).toMatch(message)
  })

  it('have at most 20 entries', () => {
    const many = Array.from({ length: 21 }, () => ({ claims: { sub: 'a', hd: 'x' } }))
    expect(exampleFaults(many.slice(1), 'e', judge)).toEqual([])
    expect(exampleFaults(many, 'e', judge)).toMatchObject([{ path: 'e', code: 'example.invalid' }])
  })

  it('are told apart by their place', () => {
    const found = exampleFaults([{ claims: { sub: 'a', hd: 'x' } }, { claims: 1 }, { claims: {} }], 'e', judge)
    expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'e[1].claims example.invalid',
      'e[2] example.failed',
    ])
  })

  it('tell everything that is wrong with one', () => {
    const found = exampleFaults([{ name: 1, claims: 'x', expect: 'yes', why: '' }], 'e', judge)
    expect(found.map(({ path }) => path)).toEqual(['e[0].why', 'e[0].name', 'e[0].claims', 'e[0].expect'])
  })

  it('are judged without throwing, whatever they are', () => {
    const example = fc.dictionary(fc.constantFrom('name', 'claims', 'expect', 'mapped', '__proto__'), fc.jsonValue())
    fc.assert(fc.property(fc.array(example), (any) => void exampleFaults(any as JsonObject[], 'e', judge)))
    const deep: JsonObject = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)
    expect(exampleFaults([{ claims: deep }], 'e', judge)).toMatchObject([{ code: 'example.invalid' }])
  })

  it('may be of a trust, which maps nothing', () => {
    const trust = { condition: 'claims.ref == "main"', mapping: {}, variables: ['claims'] }
    expect(exampleFaults([{ claims: { ref: 'main' } }, { claims: { ref: 'dev' }, expect: false }], 'e', trust)).toEqual(
      [],
    )
    expect(exampleFaults([{ claims: { ref: 'dev' } }], 'e', trust)).toHaveLength(1)
  })
})

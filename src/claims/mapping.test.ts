import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAttributeCondition, conditionVariables } from './attribute-condition.ts'
import { createConditions } from './condition.ts'
import { checkMapping, compileMapping } from './mapping.ts'

const codes = (mapping: Record<string, string>) => checkMapping(mapping, 'm').map(({ path, code }) => `${path} ${code}`)
const subject = { 'google.subject': 'assertion.sub' }

describe('a mapping', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['the least', subject, []],
    ['claims as another word', { 'google.subject': 'claims.sub' }, []],
    [
      'everything',
      {
        ...subject,
        'google.groups': 'assertion.groups',
        'google.display_name': 'assertion.name',
        'google.posix_username': 'assertion.email.contains("@") ? "x" : "y"',
        'attribute.dept_1': 'has(assertion.dept) ? assertion.dept : null',
      },
      [],
    ],
    ['no subject', { 'attribute.a': 'assertion.a' }, ['m mapping.subject_missing']],
    ['an unknown key', { ...subject, 'google.email': 'assertion.email' }, ['m.google.email mapping.key_unknown']],
    ['a bad attribute', { ...subject, 'attribute.Dept': 'assertion.a' }, ['m.attribute.Dept mapping.key_unknown']],
    ['bad CEL', { 'google.subject': 'assertion.' }, ['m.google.subject condition.syntax']],
    ['an unknown name', { 'google.subject': 'token.sub' }, ['m.google.subject condition.unknown_name']],
    ['a map', { ...subject, 'attribute.a': '{"a": 1}' }, ['m.attribute.a condition.type']],
    ['a list as subject', { 'google.subject': '["a"]' }, ['m.google.subject condition.type']],
    ['true as subject', { 'google.subject': 'assertion.a == 1' }, ['m.google.subject condition.type']],
    ['a list as name', { ...subject, 'google.display_name': '["a"]' }, ['m.google.display_name condition.type']],
    ['lists of lists', { ...subject, 'attribute.a': '[["a"]]' }, ['m.attribute.a condition.type']],
    ['a text or nothing', { ...subject, 'attribute.a': 'has(assertion.a) ? "yes" : null' }, []],
    [
      'alternatives, or nothing',
      { ...subject, 'attribute.a': 'has(assertion.a) ? null : has(assertion.b) ? "b" : has(assertion.c) ? null : "c"' },
      [],
    ],
    ['broken Unicode', { 'google.subject': '"\ud800"' }, ['m.google.subject condition.syntax']],
    [
      'several faults',
      { 'attribute.a': 'x', 'attribute.b': '(', nope: '' },
      [
        'm mapping.subject_missing',
        'm.attribute.a condition.unknown_name',
        'm.attribute.b condition.syntax',
        'm.nope mapping.key_unknown',
      ],
    ],
    [
      'too long',
      { 'google.subject': `assertion.sub + "${'x'.repeat(2048)}"` },
      ['m.google.subject condition.too_long'],
    ],
  ])('with %s', (_what, mapping, faults) => {
    expect(codes(mapping)).toEqual(faults)
  })

  it('has at most 50 attributes', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`attribute.a${n}`, '"x"']))
    expect(codes({ ...subject, ...many(50) })).toEqual([])
    expect(codes({ ...subject, ...many(51) })).toEqual(['m mapping.too_many'])
  })

  it.each<[string, Record<string, string>, object, object]>([
    ['texts', subject, { sub: 'anna' }, { values: { 'google.subject': 'anna' } }],
    ['numbers', subject, { sub: 4711 }, { values: { 'google.subject': '4711' } }],
    [
      'one group',
      { ...subject, 'google.groups': 'assertion.groups' },
      { sub: 'a', groups: 'g' },
      { values: { 'google.subject': 'a', 'google.groups': ['g'] } },
    ],
    [
      'a list',
      { ...subject, 'attribute.l': 'assertion.l' },
      { sub: 'a', l: ['x', 1] },
      { values: { 'google.subject': 'a', 'attribute.l': ['x', '1'] } },
    ],
    [
      'null',
      { ...subject, 'attribute.d': 'has(assertion.d) ? assertion.d : null' },
      { sub: 'a' },
      { values: { 'google.subject': 'a' } },
    ],
    ['a missing claim', subject, {}, { error: { key: 'google.subject' } }],
    ['an empty subject', subject, { sub: '' }, { error: { key: 'google.subject', detail: 'the subject is empty' } }],
    ['a long subject', subject, { sub: 'é'.repeat(64) }, { error: { key: 'google.subject' } }],
    ['an object', subject, { sub: {} }, { error: { key: 'google.subject' } }],
    ['a list as subject', subject, { sub: ['a'] }, { error: { key: 'google.subject' } }],
    [
      'a bad user name',
      { ...subject, 'google.posix_username': 'assertion.u' },
      { sub: 'a', u: '-x' },
      { error: { key: 'google.posix_username' } },
    ],
    [
      'a missing claim of another key',
      { ...subject, 'attribute.d': 'assertion.d' },
      { sub: 'a' },
      { error: { key: 'attribute.d' } },
    ],
    [
      'attributes of SAML',
      { 'google.subject': "assertion.attributes['uid'][0]" },
      { attributes: { uid: ['a'] } },
      { values: { 'google.subject': 'a' } },
    ],
    ['a number that JSON rounds', subject, { sub: 2 ** 60 }, { error: { key: 'google.subject' } }],
    ['a fraction as subject', subject, { sub: 1.5 }, { error: { key: 'google.subject' } }],
    ['true as subject', subject, { sub: true }, { error: { key: 'google.subject' } }],
    ['broken Unicode', subject, { sub: 'a\ud800' }, { error: { key: 'google.subject' } }],
    ['control characters', subject, { sub: 'a\0' }, { error: { key: 'google.subject' } }],
    ['too much', { ...subject, 'attribute.x': 'assertion.x' }, { sub: 'a', x: 'x'.repeat(17_000) }, { error: {} }],
  ])('maps %s', (_what, mapping, claims, mapped) => {
    expect(compileMapping(mapping).apply(claims as never)).toMatchObject(mapped)
  })

  it('has one budget for all of its expressions', () => {
    const dear = 'assertion.l.all(a, assertion.l.all(b, a + b != "")) ? "x" : "y"'
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`attribute.a${n}`, dear]))
    const claims = { sub: 'a', l: Array.from({ length: 60 }, (_, n) => `${n}`) }
    expect(checkMapping({ ...subject, ...many }, 'm')).toEqual([])
    expect(compileMapping({ ...subject, 'attribute.a0': dear }).apply(claims)).toHaveProperty('values')
    expect(compileMapping({ ...subject, ...many }).apply(claims)).toMatchObject({
      error: { detail: expect.stringMatching(/costs more/) },
    })
  })

  it('is compiled once', () => {
    expect(compileMapping({ ...subject })).toBe(compileMapping({ ...subject }))
  })

  it('never throws, whatever the claims', () => {
    const mapping = compileMapping({
      ...subject,
      'google.groups': 'assertion.groups',
      'attribute.a': 'assertion.a.b[0]',
    })
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('sub', 'groups', 'a'), fc.jsonValue()),
        (claims) => void mapping.apply(claims as never),
      ),
    )
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (any) => void checkMapping(any, 'm')))
  })
})

describe('a condition on people', () => {
  it.each<[string, string[]]>([
    ['attribute.dept == "x" && google.subject.startsWith("a") && "admins" in google.groups', []],
    ['assertion.hd == "example.com"', []],
    ['google.display_name == "x"', ['condition.unknown_name']],
    ['google["posix_username"] == "x"', ['condition.unknown_name']],
    ['(google).profile_photo == "x"', ['condition.unknown_name']],
    ['has(google.profile_photo) && google.display_name == "x"', ['condition.unknown_name', 'condition.unknown_name']],
    ['assertion.google.display_name == "google.display_name"', []],
    ['google.display_name == ', ['condition.syntax']],
    ['assertion.admin', ['condition.not_bool']],
    [`assertion.sub == "${'x'.repeat(4_096)}"`, ['condition.too_long']],
  ])('%s', (expression, faults) => {
    expect(checkAttributeCondition(expression, 'c').map(({ code }) => code)).toEqual(faults)
  })

  it('sees claims and what was mapped', () => {
    const variables = conditionVariables(
      { sub: 'a', hd: 'x' },
      { 'google.subject': 'a', 'google.groups': ['g'], 'attribute.d': 'e' },
    )
    const condition = createConditions().compile(
      'google.subject == claims.sub && "g" in google.groups && attribute.d == "e" && assertion.hd == "x"',
      ['assertion', 'claims', 'google', 'attribute'],
    )
    expect(condition.evaluate(variables)).toEqual({ outcome: 'true' })
  })

  it('sees nothing of what a person shows to others', () => {
    const mapped = { 'google.subject': 'a', 'google.display_name': 'Anna', 'google.posix_username': 'anna' }
    expect(conditionVariables({}, mapped).google).toEqual({ subject: 'a' })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import { maskedFields } from './update-mask.ts'

const rules = {
  mutable: ['displayName', 'description', 'spiffe', 'spiffe.bundleEndpointUrl', 'spiffe.profile'],
  readOnly: ['id', 'issuerUrl'],
}
const fieldsOf = (body: object, mask?: string | null) => Object.fromEntries(maskedFields(body, mask, rules))

describe('a body mask', () => {
  it.each<[string, object, string | null | undefined, object]>([
    ['absent: every mutable field present', { displayName: 'n', id: 'x' }, undefined, { displayName: 'n' }],
    ['null: likewise', { displayName: 'n' }, null, { displayName: 'n' }],
    ['empty: likewise', { description: null }, '', { description: null }],
    ['naming a field', { displayName: 'n', description: 'd' }, 'displayName', { displayName: 'n' }],
    ['with spaces and an empty entry', { displayName: 'n' }, ' displayName , ', { displayName: 'n' }],
    ['naming a field that is absent: clears', {}, 'description', { description: null }],
    [
      'naming a nested field',
      { spiffe: { bundleEndpointUrl: 'u', profile: 'p' } },
      'spiffe.bundleEndpointUrl',
      { 'spiffe.bundleEndpointUrl': 'u' },
    ],
    [
      'naming a block: all of it',
      { spiffe: { bundleEndpointUrl: 'u' } },
      'spiffe',
      { 'spiffe.bundleEndpointUrl': 'u', 'spiffe.profile': null },
    ],
    ['absent with a block: what the block has', { spiffe: { profile: 'p' } }, undefined, { 'spiffe.profile': 'p' }],
  ])('%s', (_name, body, mask, expected) => {
    expect(fieldsOf(body, mask)).toEqual(expected)
  })

  it('refuses read-only and unknown paths, naming all of them', () => {
    try {
      fieldsOf({}, 'displayName,issuerUrl,nonsense,display_name')
      expect.unreachable()
    } catch (error) {
      const fields = error instanceof Fault ? error.fields.map((field) => [field.code, field.message]) : []
      expect(fields).toEqual([
        ['field.read_only', 'issuerUrl cannot be changed'],
        ['field.invalid', 'nonsense is not a field'],
        ['field.invalid', 'display_name is not a field'],
      ])
    }
  })

  it('yields mutable leaves or a fault for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.object(), (mask, body) => {
        try {
          for (const path of maskedFields(body, mask, rules).keys()) expect(rules.mutable).toContain(path)
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
    )
  })
})

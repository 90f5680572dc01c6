import { describe, expect, it } from 'vitest'
import { givenText, isPlainText, labelFaults, nameFaults } from './texts.ts'

describe('a text', () => {
  it.each(['', 'GitHub', 'Größe 東京 👩‍🚀', 'two\nlines', 'a\tb'])('%o is plain', (text) => {
    expect(isPlainText(text)).toBe(true)
  })
  it.each(['\u0000', 'a\u0007', '\u007f', '\u0085', '\ud800', 'a\udc00b'])('%o is not', (text) => {
    expect(isPlainText(text)).toBe(false)
  })
  it('of one line has no breaks', () => {
    for (const text of ['a\nb', 'a\tb', 'a\u2028b']) expect(isPlainText(text, 'line')).toBe(false)
  })

  it('is counted in characters, not in UTF-16 units', () => {
    expect(nameFaults({ displayName: '👩'.repeat(255) })).toEqual([])
    expect(nameFaults({ displayName: '👩'.repeat(256) })).toMatchObject([{ code: 'field.too_long' }])
    expect(nameFaults({ displayName: 'a'.repeat(5_000_000) })).toMatchObject([{ code: 'field.too_long' }])
    expect(nameFaults({ description: 'a'.repeat(2048) })).toEqual([])
    expect(nameFaults({ description: 'a'.repeat(2049) })).toMatchObject([{ path: 'description' }])
    expect(nameFaults({ displayName: null })).toEqual([])
  })

  it('that is blank is not given', () => {
    expect(givenText('  ')).toBeNull()
    expect(givenText(' a ')).toBe(' a ')
  })
})

describe('labels', () => {
  it.each([[{}], [{ team: 'payments' }], [{ 'entente.dev/team': '' }], [{ 'a.b-c/d_E.f': 'X-1' }]])(
    '%o are fine',
    (labels) => {
      expect(labelFaults(labels)).toEqual([])
    },
  )
  it.each([
    [{ '': 'x' }],
    [{ '-a': 'x' }],
    [{ 'a/b/c': 'x' }],
    [{ ['a'.repeat(64)]: 'x' }],
    [{ team: 'two words' }],
    [{ team: 'x'.repeat(64) }],
    [{ team: '-' }],
    [{ team: 'x\u0000' }],
  ])('%o are not', (labels) => {
    expect(labelFaults(labels)).toMatchObject([{ code: 'label.invalid' }])
  })
  it('are at most 64', () => {
    const labels = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`l${index}`, 'x']))
    expect(labelFaults(labels)).toMatchObject([{ path: 'labels', code: 'field.too_many' }])
  })
})

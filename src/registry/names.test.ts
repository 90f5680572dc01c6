import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idFaults, isId, slugOf, withSuffix } from './names.ts'

describe('an id', () => {
  it.each(['a', 'ab', 'a1', 'a-b', 'a--b', 'default', `a${'b'.repeat(62)}`])('may be %s', (id) => {
    expect(isId(id)).toBe(true)
    expect(idFaults(id)).toEqual([])
  })

  it.each(['', '1a', '-a', 'a-', 'A', 'a_b', 'a.b', 'ä', 'a\n', 'a\u0000', ' a', 'a b', `a${'b'.repeat(63)}`])(
    'may not be %o',
    (id) => {
      expect(isId(id)).toBe(false)
      expect(idFaults(id)).toMatchObject([{ path: 'id', code: 'id.invalid' }])
    },
  )
})

describe('an id made of a display name', () => {
  it.each([
    ['GitHub Actions', 'github-actions'],
    ['  Bob’s  runner!  ', 'bobs-runner'],
    ['Société Générale', 'societe-generale'],
    ['Größe Übung', 'grosse-ubung'],
    ['Łódź Ørsted Æsir', 'lodz-orsted-aesir'],
    ['ﬁrst ①', 'first-1'],
    ['İstanbul', 'istanbul'],
    ['3com', 'provider-3com'],
    ['東京', 'provider'],
    ['---', 'provider'],
    ['', 'provider'],
    [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
  ])('%o becomes %s', (displayName, expected) => {
    expect(slugOf(displayName, 'provider')).toBe(expected)
  })

  it('is always an id, with and without a random tail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 200 })), (displayName) => {
        const slug = slugOf(displayName, 'provider')
        expect(isId(slug)).toBe(true)
        expect(isId(withSuffix(slug, randomBytes))).toBe(true)
      }),
      { numRuns: 1000 },
    )
    expect(slugOf(null, 'provider')).toBe('provider')
  })

  it('keeps a readable tail', () => {
    expect(withSuffix('deployer', () => new Uint8Array([0, 31, 32, 10, 255]))).toBe('deployer-0z0az')
  })
})

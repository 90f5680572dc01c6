import { describe, expect, it } from 'vitest'
import { createLadder, Refused } from './ladder.ts'

describe('a ladder', () => {
  it('ends at the first failed rung when strict', () => {
    const ladder = createLadder('strict')
    ladder.check('issuer', true, 'issuer.mismatch', 'a')
    expect(() => ladder.check('signature', false, 'signature.invalid')).toThrow(Refused)
    expect(ladder.failure).toEqual({ rung: 'signature', code: 'signature.invalid' })
    expect(ladder.rungs.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['issuer', 'passed'],
      ['signature', 'failed'],
    ])
  })

  it('climbs on and remembers the first failure when lenient', () => {
    const ladder = createLadder('lenient')
    expect(ladder.check('issuer', false, 'issuer.mismatch')).toBe(false)
    expect(ladder.check('signature', false, 'signature.invalid')).toBe(false)
    expect(ladder.check('audience', true, 'audience.mismatch')).toBe(true)
    expect(ladder.failure?.code).toBe('issuer.mismatch')
  })

  it('keeps at most 256 characters of what was expected and what came', () => {
    const ladder = createLadder('lenient')
    ladder.check('subject', false, 'token.malformed', 'x'.repeat(10_000), 'y'.repeat(10_000))
    expect(ladder.rungs[0]?.expected).toHaveLength(256)
    expect(ladder.rungs[0]?.actual).toHaveLength(256)
  })
})

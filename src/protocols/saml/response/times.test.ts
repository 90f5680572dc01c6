import { describe, expect, it } from 'vitest'
import { hasBegun, isOver, timeOf } from './times.ts'

describe('a time of SAML', () => {
  it.each([
    ['2026-05-01T12:00:00Z', '2026-05-01T12:00:00.000Z'],
    ['2026-05-01T12:00:00.5Z', '2026-05-01T12:00:00.500Z'],
    ['2026-05-01T12:00:00.123456789Z', '2026-05-01T12:00:00.123Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
  ])('%s is read', (text, expected) => expect(timeOf(text)?.toISOString()).toBe(expected))

  it.each([
    null,
    '',
    '2026-05-01',
    '2026-05-01T12:00:00',
    '2026-05-01T12:00:00+00:00',
    '2026-05-01T14:00:00+02:00',
    '2026-05-01t12:00:00z',
    ' 2026-05-01T12:00:00Z',
    '2026-05-01T12:00:00Z\n',
    '2026-05-01T24:00:00Z',
    '2026-05-01T12:60:00Z',
    '2026-05-01T12:00:60Z',
    '2026-13-01T12:00:00Z',
    '2026-00-01T12:00:00Z',
    '2025-02-29T12:00:00Z',
    '0026-05-01T12:00:00Z',
    '12026-05-01T12:00:00Z',
    '2026-05-01T12:00:00.Z',
    '1777636800',
  ])('%j is none', (text) => expect(timeOf(text)).toBeNull())

  it('may differ by a minute, either way, and the end is outside', () => {
    const now = new Date('2026-05-01T12:00:00Z')
    const at = (text: string) => new Date(`2026-05-01T${text}Z`)
    expect([hasBegun(at('12:01:00'), now), hasBegun(at('12:01:00.001'), now)]).toEqual([true, false])
    expect([isOver(at('11:59:00.001'), now), isOver(at('11:59:00'), now)]).toEqual([false, true])
    expect([hasBegun(undefined, now), isOver(undefined, now)]).toEqual([true, false])
  })
})

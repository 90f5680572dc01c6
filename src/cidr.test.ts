import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress, cidrContains, parseCidr } from './cidr.ts'

describe('address ranges', () => {
  it.each<[string, string, boolean]>([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.128/25', '192.0.2.128', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', 'nonsense', false],
    ['10.0.0.0/8', '', false],
  ])('%s and %s: %s', (range, address, inside) => {
    const parsed = parseCidr(range)
    expect(parsed !== null && cidrContains(parsed, address)).toBe(inside)
  })

  it.each([
    '',
    '/',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0/8',
    '10.0.0.0/8/8',
    '::/129',
    'fe80::1%eth0',
    '0x7f.1',
    '127.1',
    '1',
    'a.b.c.d',
  ])('refuses %j', (text) => expect(parseCidr(text)).toBeNull())

  it('holds every address whose leading bits are its own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer({ min: 0, max: 32 }),
        fc.integer({ min: 0, max: 31 }),
        (number, prefix, bit) => {
          const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
          const range = parseCidr(`${dotted(number)}/${prefix}`)
          if (range === null) throw new Error('a valid range')
          const flipped = (number ^ (1 << (31 - bit))) >>> 0
          expect(cidrContains(range, dotted(number))).toBe(true)
          expect(cidrContains(range, dotted(flipped))).toBe(bit >= prefix)
        },
      ),
    )
  })

  it('spells addresses one way', () => {
    expect(canonicalAddress('::ffff:192.0.2.1')).toBe('192.0.2.1')
    expect(canonicalAddress('2001:0DB8::0001')).toBe('2001:db8::1')
    expect(canonicalAddress('192.0.2.01')).toBeNull()
  })
})

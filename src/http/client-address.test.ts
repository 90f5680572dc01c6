import fc from 'fast-check'
import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { canonicalAddress } from '../cidr.ts'
import { clientAddress, inCidrs, limitKey } from './client-address.ts'

// Sound: the address is all that is read of it.
const from = (ip: string | undefined) => ({ ip }) as FastifyRequest

describe('whose request it is', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:0DB8:0:0::1', '2001:db8::1'],
    ['', 'unknown'],
    [undefined, 'unknown'],
    ['fe80::1%eth0', 'unknown'],
    ['192.0.2.1:4711', 'unknown'],
    ['x'.repeat(100_000), 'unknown'],
  ])('%s is %s, again and again', (ip, address) => {
    expect([clientAddress(from(ip)), clientAddress(from(ip))]).toEqual([address, address])
  })

  it.each<[string, string[], boolean]>([
    ['192.0.2.1', ['10.0.0.0/8', '192.0.2.0/24'], true],
    ['192.0.2.1', ['10.0.0.0/8'], false],
    ['192.0.2.1', [], false],
    ['192.0.2.1', ['nonsense'], false],
    ['unknown', ['0.0.0.0/0', '::/0'], false],
    ['2001:db8::1', ['2001:db8::/48'], true],
  ])('%s in %j: %s', (address, cidrs, inside) => expect(inCidrs(address, cidrs)).toBe(inside))
})

describe('the key that limits count by', () => {
  it('is one for a /64 and another for the next', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    const eight = fc.array(group, { minLength: 8, maxLength: 8 })
    const spell = (groups: readonly number[]) => groups.map((one) => one.toString(16)).join(':')
    const keyOf = (groups: readonly number[]) => {
      const address = canonicalAddress(spell(groups))
      return address === null || !address.includes(':') ? null : limitKey(address)
    }
    fc.assert(
      fc.property(eight, eight, fc.integer({ min: 0, max: 7 }), (groups, others, changed) => {
        fc.pre(groups.slice(0, 4).some((one) => one !== 0)) // or it may be an IPv4 address in IPv6
        const neighbour = [...groups.slice(0, 4), ...others.slice(4)]
        expect(keyOf(neighbour)).toBe(keyOf(groups))
        const elsewhere = groups.map((one, index) => (index === changed ? one ^ 1 : one))
        fc.pre(elsewhere.slice(0, 4).some((one) => one !== 0))
        expect(keyOf(elsewhere) === keyOf(groups)).toBe(changed >= 4)
      }),
    )
  })
})

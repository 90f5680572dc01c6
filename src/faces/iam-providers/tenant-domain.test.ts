import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Provider } from '../../registry/provider.ts'
import { toDomainChange, toUnprovedAgain } from './tenant-domain.ts'

const domain = fc.constantFrom('a.example', 'b.example', 'c.example', 'd.example', 'e.example')
const record = fc
  .tuple(fc.uniqueArray(domain), fc.uniqueArray(domain))
  // The two members are all that is read.
  .map(
    ([domains, proved]) =>
      ({ domains, routingDomains: domains.filter((one) => proved.includes(one)) }) as unknown as Provider,
  )

/** As the registry merges it. */
function after(
  seen: Provider,
  { domains = [], vouched = false }: { domains?: readonly string[]; vouched?: boolean },
): Provider {
  return {
    ...seen,
    domains,
    routingDomains: vouched ? domains : domains.filter((one) => seen.routingDomains.includes(one)),
  }
}

it('puts the domain first, keeps all others, and proves none that nobody named', () => {
  fc.assert(
    fc.property(record, domain, fc.boolean(), (seen, wanted, vouched) => {
      const asked = toDomainChange(seen, wanted, vouched)
      const first = asked === null ? seen : after(seen, asked.change)
      const again = toUnprovedAgain(first, asked?.unproved ?? [])
      const last = again === null ? first : after(first, again)
      expect(last.domains[0]).toBe(wanted)
      const others = seen.domains.slice(1).filter((one) => one !== wanted)
      expect([...last.domains.slice(1)].sort()).toEqual([...others].sort())
      for (const one of others) expect(last.routingDomains.includes(one)).toBe(seen.routingDomains.includes(one))
      expect(last.routingDomains.includes(wanted)).toBe(vouched || seen.routingDomains.includes(wanted))
      // Once is enough.
      expect(toDomainChange(last, wanted, vouched)).toBeNull()
    }),
  )
})

it('leaves what is no domain to the registry, and the empty one of a provider without domains alone', () => {
  const none = after({} as Provider, {}) // as above
  expect(toDomainChange(none, '', true)).toBeNull()
  expect(toDomainChange(none, 'no domain', true)?.change.domains).toEqual(['no domain'])
  const some = { ...none, domains: ['a.example'], routingDomains: ['a.example'] }
  expect(toDomainChange(some, 'A.Example.', true)).toBeNull()
  expect(toDomainChange(some, '', false)?.change.domains).toEqual([''])
})

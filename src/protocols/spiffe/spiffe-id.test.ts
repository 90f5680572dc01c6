import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIn, isTrustDomain, isWorkloadId, parseSpiffeId } from './spiffe-id.ts'

describe('a SPIFFE ID', () => {
  it.each([
    ['spiffe://example.org', 'example.org', ''],
    ['spiffe://prod.example.org/ns/payments/sa/deployer', 'prod.example.org', '/ns/payments/sa/deployer'],
    ['spiffe://a_b-c.1/A.b_C-9', 'a_b-c.1', '/A.b_C-9'],
    ['spiffe://1/...', '1', '/...'],
  ])('%s is one', (text, trustDomain, path) => expect(parseSpiffeId(text)).toEqual({ trustDomain, path }))

  it.each([
    '',
    'spiffe:',
    'spiffe://',
    'spiffe:///path',
    'SPIFFE://example.org/a',
    'Spiffe://example.org',
    'https://example.org/a',
    'spiffe://Example.org/a',
    'spiffe://exämple.org/a',
    'spiffe://example.org:8081/a',
    'spiffe://user@example.org/a',
    'spiffe://example.org/',
    'spiffe://example.org/a/',
    'spiffe://example.org//a',
    'spiffe://example.org/./a',
    'spiffe://example.org/../a',
    'spiffe://example.org/a/..',
    'spiffe://example.org/a%2Fb',
    'spiffe://example.org/%61',
    'spiffe://example.org/a b',
    'spiffe://example.org/ä',
    'spiffe://example.org/a?b',
    'spiffe://example.org?b',
    'spiffe://example.org/a#b',
    'spiffe://example.org\\a',
    'spiffe://example.org/a\n',
    ' spiffe://example.org/a',
    'spiffe:/example.org/a',
    'spiffe:example.org/a',
    'spiffe://example.org:/a',
    'spiffe://:8081/a',
    'spiffe://@example.org/a',
    'spiffe://user:password@example.org/a',
    'spiffe://[2001:db8::1]/a',
    'spiffe://xn--exmple-cua.org%00/a',
    'spiffe://example.org%2Fa',
    'spiffe://example.org./a/.',
    'spiffe://example.org/a/./b',
    'spiffe://example.org/a//b',
    'spiffe://example.org/a/%2e%2e/b',
    'spiffe://example.org/a\\b',
    'spiffe://example.org/a:b',
    'spiffe://example.org/a;b=c',
    'spiffe://example.org/a,b',
    'spiffe://example.org/a+b',
    'spiffe://example.org/a~b',
    'spiffe://example.org/a*',
    'spiffe://example.org/a\u0000',
    'spiffe://example.org/a\t',
    'spiffe://example.org/\u200bа',
    'spiffe://example.org/ａ',
    'spiffe://exam ple.org/a',
    'spiffe://exаmple.org/a',
    'spiffe://*/a',
    'spiffe://example.org,other.org/a',
    `spiffe://${'a'.repeat(256)}/a`,
    `spiffe://example.org/${'a'.repeat(2048)}`,
  ])('%j is none', (text) => expect(parseSpiffeId(text)).toBeNull())

  it('is exactly what its parts say', () => {
    const domain = fc.stringMatching(/^[a-z0-9._-]{1,40}$/)
    const segment = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/).filter((text) => text !== '.' && text !== '..')
    fc.assert(
      fc.property(domain, fc.array(segment, { maxLength: 5 }), (trustDomain, segments) => {
        const path = segments.map((one) => `/${one}`).join('')
        expect(parseSpiffeId(`spiffe://${trustDomain}${path}`)).toEqual({ trustDomain, path })
        expect(isTrustDomain(trustDomain)).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = parseSpiffeId(`spiffe://${text}`)
        if (id !== null) expect(`${id.trustDomain}${id.path}`).toBe(text)
      }),
    )
  })
})

describe('a workload', () => {
  it.each([
    ['spiffe://example.org/a', true],
    ['spiffe://example.org', false],
    ['spiffe://example.org/', false],
    ['spiffe://example.org/a/', false],
  ])('%s is named: %s', (text, named) => expect(isWorkloadId(text)).toBe(named))

  it.each([
    ['spiffe://example.org/a', true],
    ['spiffe://example.org', true],
    ['spiffe://example.organisation/a', false],
    ['spiffe://example.org.evil.example/a', false],
    ['spiffe://example.org:443/a', false],
    ['spiffe://example.org?/a', false],
    ['spiffe://example.org#/a', false],
    ['spiffe://example.org@evil.example/a', false],
    ['spiffe://EXAMPLE.org/a', false],
    ['spiffe://a.example.org/a', false],
    ['https://example.org/a', false],
    ['', false],
  ])('%j is in the trust domain example.org: %s', (text, inside) => {
    expect(isIn('spiffe://example.org', text)).toBe(inside)
  })
})

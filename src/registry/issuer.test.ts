import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseIssuer } from './issuer.ts'

function issuerOf(text: string): string | null {
  const normalised = normaliseIssuer(text)
  return 'issuer' in normalised ? normalised.issuer : null
}

describe('an issuer has one spelling', () => {
  it.each([
    ['https://token.actions.githubusercontent.com', 'https://token.actions.githubusercontent.com'],
    ['https://token.actions.githubusercontent.com/', 'https://token.actions.githubusercontent.com'],
    ['HTTPS://GitLab.Example.COM', 'https://gitlab.example.com'],
    ['https://example.com/Tenant/V2.0/', 'https://example.com/Tenant/V2.0'],
    ['https://example.com:443/a', 'https://example.com/a'],
    ['https://example.com:8443/', 'https://example.com:8443'],
    ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ['https://192.0.2.7:6443', 'https://192.0.2.7:6443'],
    ['https://[2001:db8::1]:6443/x', 'https://[2001:db8::1]:6443/x'],
    ['https://[2001:DB8::1]', 'https://[2001:db8::1]'],
    ['https://oidc.eks.eu-central-1.amazonaws.com/id/ABC', 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC'],
    ['https://example.com/~a/b=c;d,e(f)', 'https://example.com/~a/b=c;d,e(f)'],
    ['https://example.com/a%20b', 'https://example.com/a%20b'],
    ['spiffe://prod.example.com', 'spiffe://prod.example.com'],
    ['SPIFFE://Prod.Example.com/', 'spiffe://prod.example.com'],
    ['spiffe://prod_eu-1.example', 'spiffe://prod_eu-1.example'],
  ])('%s becomes %s', (text, expected) => {
    expect(issuerOf(text)).toBe(expected)
  })

  it('normalising twice changes nothing', () => {
    const part = fc.stringMatching(/^[-A-Za-z0-9._~%:@/?#[\]\\ ]{0,20}$/)
    const likeIssuers = fc
      .tuple(fc.constantFrom('https://', 'HTTPS://', 'spiffe://', 'http://', ''), part, part)
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(likeIssuers, fc.webUrl(), fc.webUrl({ withQueryParameters: true }), fc.string()), (text) => {
        const once = issuerOf(text)
        if (once !== null) expect(issuerOf(once)).toBe(once)
      }),
      { numRuns: 2000 },
    )
  })

  it('means the same to a URL parser', () => {
    fc.assert(
      fc.property(fc.webUrl(), (text) => {
        const issuer = issuerOf(text)
        if (issuer === null) return
        expect(new URL(issuer).href.replace(/\/$/, '')).toBe(issuer)
      }),
    )
  })
})

describe('what cannot name an issuer is refused', () => {
  it.each([
    ['nothing', ''],
    ['plain http', 'http://example.com'],
    ['another scheme', 'ftp://example.com'],
    ['a script', 'javascript://example.com/%0aalert(1)'],
    ['no scheme', 'example.com'],
    ['no host', 'https://'],
    ['no host but a path', 'https:///path'],
    ['one slash', 'https:/example.com'],
    ['a user', 'https://user@example.com'],
    ['a user and password', 'https://a:b@example.com'],
    ['a query', 'https://example.com?x=1'],
    ['an empty query', 'https://example.com?'],
    ['a fragment', 'https://example.com#x'],
    ['an empty fragment', 'https://example.com/#'],
    ['space around', ' https://example.com'],
    ['a line break', 'https://example.com\n'],
    ['a tab inside', 'https://exa\tmple.com'],
    ['a null character', 'https://example.com/\u0000'],
    ['a backslash', 'https://example.com\\@evil.example'],
    ['an international host', 'https://bücher.example'],
    ['full-width letters', 'https://ｅxample.com'],
    ['an escaped host', 'https://ex%61mple.com'],
    ['a false xn--', 'https://xn--a.example'],
    ['a trailing dot', 'https://example.com.'],
    ['an empty label', 'https://example..com'],
    ['a label of 64', `https://${'a'.repeat(64)}.example`],
    ['a host of 254', `https://${'abcdefg.'.repeat(31)}abcdefg`],
    ['an underscore in an https host', 'https://a_b.example'],
    ['a short IPv4 address', 'https://127.1'],
    ['a hexadecimal address', 'https://0x7f000001'],
    ['a decimal address', 'https://2130706433'],
    ['an octal address', 'https://0177.0.0.1'],
    ['an IPv4 address in IPv6', 'https://[::ffff:127.0.0.1]'],
    ['a long IPv6 address', 'https://[2001:0db8:0:0:0:0:0:1]'],
    ['a zone', 'https://[fe80::1%25eth0]'],
    ['an empty port', 'https://example.com:'],
    ['port zero', 'https://example.com:0'],
    ['a port with a zero in front', 'https://example.com:0443'],
    ['a port too high', 'https://example.com:65536'],
    ['dot segments', 'https://example.com/a/../b'],
    ['escaped dot segments', 'https://example.com/a/%2e%2E/b'],
    ['an empty segment', 'https://example.com//a'],
    ['two slashes at the end', 'https://example.com/a//'],
    ['a broken escape', 'https://example.com/%zz'],
    ['a space in the path', 'https://example.com/a b'],
    ['a template', 'https://example.com/{tenant}'],
    ['a trust domain with a path', 'spiffe://prod.example.com/ns/x'],
    ['a trust domain with two slashes', 'spiffe://prod.example.com//'],
    ['a trust domain with a port', 'spiffe://prod.example.com:443'],
    ['a trust domain with a user', 'spiffe://a@prod.example.com'],
    ['a trust domain with a query', 'spiffe://prod.example.com?a'],
    ['a trust domain with an escape', 'spiffe://prod%2eexample.com'],
    ['an empty trust domain', 'spiffe://'],
    ['an empty trust domain with a path', 'spiffe:///x'],
    ['a trust domain of 256', `spiffe://${'a'.repeat(256)}`],
  ])('%s', (_what, text) => {
    expect(normaliseIssuer(text)).toMatchObject({ fault: { path: 'issuer', code: 'provider.issuer_invalid' } })
  })

  it('takes 2 048 characters and no more, at once', () => {
    const longest = `https://example.com/${'a'.repeat(2048 - 20)}`
    expect(issuerOf(longest)).toBe(longest)
    expect(normaliseIssuer(`${longest}a`)).toMatchObject({ fault: { code: 'field.too_long' } })
    expect(normaliseIssuer(`https://${'a.'.repeat(1_000_000)}`)).toMatchObject({ fault: { code: 'field.too_long' } })
  })
})

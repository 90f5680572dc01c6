import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAllowList, isPublicAddress } from './outbound-address.ts'
import { isLocalhost, normaliseHost, parseOutboundUrl } from './outbound-url.ts'

describe('an address of the public internet', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '2a00:1450:4001::1', '64:ff9b::808:808', '::ffff:8.8.8.8'])(
    '%s is one',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::808:808',
    '100::1',
    '2001::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:808:808::',
    '3fff::1',
    '4000::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1%eth0',
    'fec0::1',
    'ff02::1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    'localhost',
    '',
  ])('%s is none', (address) => expect(isPublicAddress(address)).toBe(false))

  it('is never inside a private IPv4 range, however it is dressed', () => {
    const part = fc.nat(255)
    const privateAddress = fc.oneof(
      fc.tuple(fc.constant(10), part, part, part),
      fc.tuple(fc.constant(127), part, part, part),
      fc.tuple(fc.constant(169), fc.constant(254), part, part),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), part, part),
      fc.tuple(fc.constant(192), fc.constant(168), part, part),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), part, part),
    )
    fc.assert(
      fc.property(privateAddress, fc.constantFrom('', '::ffff:', '64:ff9b::', '::', '2002:'), (parts, dress) => {
        const text = parts.join('.')
        const [a = 0, b = 0, c = 0, d = 0] = parts
        const hex = (n: number) => n.toString(16)
        const dressed = dress === '2002:' ? `2002:${hex(a * 256 + b)}:${hex(c * 256 + d)}::` : `${dress}${text}`
        return !isPublicAddress(dressed)
      }),
    )
  })
})

describe('the allow list', () => {
  const list = createAllowList(['10.1.0.0/16', '127.0.0.1', 'IdP.Internal.', '[fd00::1]', 'fd12::/16'])

  it.each([
    ['other', '10.1.2.3', true],
    ['other', '10.2.2.3', false],
    ['other', '::ffff:10.1.2.3', true],
    ['other', '127.0.0.1', true],
    ['other', '127.0.0.2', false],
    ['idp.internal', '10.9.9.9', true],
    ['evil.idp.internal', '10.9.9.9', false],
    ['other', 'fd00::1', true],
    ['other', 'fd12::7', true],
    ['other', 'fd13::7', false],
  ])('for %s at %s says %s', (host, address, allowed) => expect(list.allows(host, address)).toBe(allowed))
})

describe('an outbound URL', () => {
  it.each([
    ['https://issuer.example', 'issuer.example', 443, '/'],
    ['https://Issuer.Example:8443/a?b=c', 'issuer.example', 8443, '/a?b=c'],
    ['https://issuer.example./', 'issuer.example', 443, '/'],
    ['https://[2606:4700::1]/', '2606:4700::1', 443, '/'],
    ['https://127.1/', '127.0.0.1', 443, '/'],
    ['https://0x7f000001/', '127.0.0.1', 443, '/'],
    ['https://2130706433/', '127.0.0.1', 443, '/'],
    ['https://0/', '0.0.0.0', 443, '/'],
    ['https://127.0.0.1./', '127.0.0.1', 443, '/'],
    ['http://issuer.example/', 'issuer.example', 80, '/'],
  ])('%s is understood', (url, host, port, path) => {
    expect(parseOutboundUrl(url)).toMatchObject({ host, port, path })
  })

  it.each([
    'file:///etc/passwd',
    'gopher://issuer.example/',
    'ftp://issuer.example/',
    'unix:/var/run/docker.sock',
    'http+unix://%2Fvar%2Frun%2Fdocker.sock/',
    'data:application/json,{}',
    'https:issuer.example',
    'https:/issuer.example',
    'https:\\\\issuer.example',
    'https://issuer.example\\@127.0.0.1/',
    'https://user@issuer.example/',
    'https://user:pw@issuer.example/',
    'https://@issuer.example/',
    'https://issuer.example/#a',
    'https://issuer.example#',
    'https://%31%32%37.0.0.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://１２７.0.0.1/',
    'https://issuer.example/ü',
    'https://issuer.example/a b',
    'https://issuer.ex\tample/',
    'https://issuer.example/\n',
    ' https://issuer.example/',
    'https://',
    'https://:443/',
    'https://issuer.example:0/',
    'https://issuer.example:65536/',
    'https://[fe80::1%25eth0]/',
    `https://issuer.example/${'a'.repeat(5000)}`,
    '',
  ])('%s is refused', (url) => expect(typeof parseOutboundUrl(url)).toBe('string'))

  it('has one name for one host', () => {
    expect(normaliseHost('LOCALHOST.')).toBe('localhost')
    expect(isLocalhost('a.localhost')).toBe(true)
    expect(isLocalhost('localhost.example')).toBe(false)
  })
})

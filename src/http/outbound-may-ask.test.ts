import { describe, expect, it } from 'vitest'
import { createOutbound, type OutboundOptions } from './outbound.ts'

const open = (options: Partial<OutboundOptions> = {}) =>
  createOutbound({ allow: [], connectTo: [], caPem: null, ...options }).mayAsk

describe('a URL that may be asked, as far as it alone tells', () => {
  it.each([
    'https://issuer.example/token',
    'https://8.8.8.8/token',
    'https://[2606:4700::1111]/token',
    // Judged when it is asked: nobody knows yet what it stands for.
    'https://inside.corp.example/token',
  ])('%s', (url) => expect(open()(url)).toBe(true))

  it.each([
    'https://127.0.0.1/token',
    'https://127.1/token',
    'https://0x7f000001/token',
    'https://2130706433/token',
    'https://10.0.0.1/token',
    'https://169.254.169.254/token',
    'https://100.64.0.1/token',
    'https://[::1]/token',
    'https://[::ffff:127.0.0.1]/token',
    'https://[fe80::1]/token',
    'https://[fc00::1]/token',
    'https://[64:ff9b::7f00:1]/token',
    'https://localhost/token',
    'https://localhost./token',
    'https://some.localhost/token',
    'https://user@8.8.8.8/token',
    'file:///etc/passwd',
    'no url',
  ])('not %s, unless an operator names it', (url) => expect(open()(url)).toBe(false))

  it('is one whose address, range or host the operator has named', () => {
    const mayAsk = open({
      allow: ['10.0.0.0/8', 'localhost'],
      connectTo: [{ host: '192.168.1.1', port: 8443, toAddress: '127.0.0.1', toPort: 1 }],
    })
    expect(mayAsk('https://10.1.2.3/token')).toBe(true)
    expect(mayAsk('http://localhost:8080/token')).toBe(true)
    expect(mayAsk('https://192.168.1.1:8443/token')).toBe(true)
    expect(mayAsk('https://192.168.1.1/token')).toBe(false)
    expect(open({ allow: ['127.0.0.1'] })('https://localhost/token')).toBe(true)
  })
})

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createPlainServer } from 'node:http'
import { createServer } from 'node:https'
import { connect, createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import { close, LOOPBACK, listen } from '../../simulators/loopback.ts'
import { Fault } from '../fault.ts'
import { createOutbound, type OutboundOptions } from './outbound.ts'
import type { OutboundRequest } from './outbound-port.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Counts every TCP connection, so that even a handshake that goes no further is seen. */
interface Canary {
  readonly port: number
  readonly connections: () => number
  readonly requests: () => IncomingMessage[]
  answer: Handler
}

let authority: CertificateAuthority
const stops: (() => Promise<void>)[] = []
let canary: Canary

async function openCanary(names: readonly [string, ...string[]], of = authority): Promise<Canary> {
  const { certificatePem, keyPem } = await of.issue(names)
  let connections = 0
  let requests: IncomingMessage[] = []
  const it: Canary = {
    port: 0,
    connections: () => {
      const seen = connections
      connections = 0
      return seen
    },
    requests: () => {
      const seen = requests
      requests = []
      return seen
    },
    answer: (_request, response) => response.end('{}'),
  }
  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    requests.push(request)
    it.answer(request, response)
  })
  server.on('connection', () => {
    connections += 1
  })
  const port = await listen(server)
  stops.push(() => close(server))
  return Object.assign(it, { port })
}

beforeAll(async () => {
  authority = await createAuthority()
  canary = await openCanary(['issuer.example', 'localhost', '127.0.0.1', 'one.example'])
})

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()))
})

function open(options: Partial<OutboundOptions> = {}) {
  const outbound = createOutbound({ allow: [], connectTo: [], caPem: authority.caPem, ...options })
  stops.push(outbound.close)
  return outbound.fetch
}

/** Reaches the canary under the name issuer.example. */
function openToCanary(options: Partial<OutboundOptions> = {}) {
  const connectTo = [{ host: 'issuer.example', port: 443, toAddress: LOOPBACK, toPort: canary.port }]
  return open({ connectTo, ...options })
}

/** The private reason of the one fault, after making sure that it is that one. */
async function reasonOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    if (!(error instanceof Fault)) throw error
    expect(error.code).toBe('outbound.failed')
    expect(error.kind).toBe('upstream')
    expect(error.fields).toEqual([])
    sentences.add(error.message)
    return error.cause instanceof Error ? `${error.cause.name} ${error.cause.message}` : String(error.cause)
  }
  throw new Error('it answered')
}

const sentences = new Set<string>()

describe('a document of an issuer', () => {
  it('is fetched over TLS, under the name in its URL', async () => {
    canary.answer = (request, response) => {
      response.setHeader('X-Seen', `${request.headers.host}${request.url}`)
      response.end('{"a":1}')
    }
    const answer = await openToCanary()({ url: 'https://issuer.example/keys?x=1' })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-seen']).toBe('issuer.example/keys?x=1')
    expect(Buffer.from(answer.body).toString()).toBe('{"a":1}')
    const [request] = canary.requests()
    expect(request?.method).toBe('GET')
    expect(request?.headers).toMatchObject({ accept: 'application/json', connection: 'close' })
    expect(request?.headers).not.toHaveProperty('accept-encoding')
    expect(request?.headers).not.toHaveProperty('cookie')
  })

  it('is fetched with a trailing dot and in upper case from the same place', async () => {
    canary.answer = (_request, response) => response.end('{}')
    expect((await openToCanary()({ url: 'https://ISSUER.example./' })).status).toBe(200)
  })

  it('is trusted by an authority given with the request alone', async () => {
    const other = await createAuthority({ name: 'A private authority' })
    const there = await openCanary(['private.example'], other)
    const connectTo = [{ host: 'private.example', port: 443, toAddress: LOOPBACK, toPort: there.port }]
    const fetch = open({ connectTo, caPem: null })
    const url = 'https://private.example/'
    await reasonOf(fetch({ url }))
    expect((await fetch({ url, caPem: other.caPem })).status).toBe(200)
    await reasonOf(fetch({ url, caPem: authority.caPem }))
    await reasonOf(fetch({ url, caPem: 'not a certificate' }))
  })

  it('tries the next checked address when the first one does not answer', async () => {
    const resolve = async () => ['127.0.0.2', '127.0.0.1']
    const fetch = open({ allow: ['127.0.0.0/8'], resolve })
    expect((await fetch({ url: `https://one.example:${canary.port}/` })).status).toBe(200)
  })

  it('may come over plain http only where both the caller and the operator say so', async () => {
    const server = createPlainServer((_request, response) => response.end('{}'))
    const port = await listen(server)
    stops.push(() => close(server))
    const url = `http://127.0.0.1:${port}/`
    expect((await open({ allow: ['127.0.0.1'] })({ url, allowPlainHttp: true })).status).toBe(200)
    await reasonOf(open({ allow: ['127.0.0.1'] })({ url }))
    await reasonOf(open()({ url, allowPlainHttp: true }))
    const fetch = open({ resolve: async () => ['93.184.216.34'] })
    for (const place of ['http://a.example/', 'http://a.example:443/', 'http://a.example:8080/']) {
      expect(await reasonOf(fetch({ url: place, allowPlainHttp: true }))).toContain('no permitted address')
    }
  })
})

describe('a place that may not be reached', () => {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '0',
    '0x7f000001',
    '0177.0.0.1',
    '2130706433',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[fe80::1]',
    '[fc00::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    'localhost',
    'localhost.',
    'LOCALHOST',
    'a.localhost',
    '127.0.0.1.',
    '１２７.0.0.1',
    'user@127.0.0.1',
    'issuer.example@127.0.0.1',
    '%31%32%37.0.0.1',
  ]

  it.each(hosts)('%s: one fault, and nobody is connected to', async (host) => {
    canary.connections()
    const fetch = open()
    await reasonOf(fetch({ url: `https://${host}:${canary.port}/` }))
    await reasonOf(fetch({ url: `https://${host}/` }))
    await reasonOf(fetch({ url: `http://${host}:${canary.port}/`, allowPlainHttp: true }))
    expect(canary.connections()).toBe(0)
  })

  it.each(['file:///etc/passwd', 'gopher://127.0.0.1/', 'unix:/run/x.sock', 'ftp://issuer.example/', '', 'https://'])(
    '%s: one fault',
    async (url) => {
      await reasonOf(open()({ url }))
    },
  )

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254', '10.0.0.1', '64:ff9b::7f00:1', 'no address'])(
    'a name that resolves to %s: one fault, and nobody is connected to',
    async (address) => {
      canary.connections()
      const fetch = open({ resolve: async () => [address] })
      expect(await reasonOf(fetch({ url: `https://one.example:${canary.port}/` }))).toContain('no permitted address')
      expect(canary.connections()).toBe(0)
    },
  )

  it('a localhost name is this machine whatever a resolver says', async () => {
    const fetch = open({ resolve: async () => ['93.184.216.34'] })
    expect(await reasonOf(fetch({ url: 'https://a.localhost/' }))).toContain('127.0.0.1 ::1')
  })

  it.each([22, 25, 80, 1023])('port %i of a public address: one fault', async (port) => {
    const fetch = open({ resolve: async () => ['93.184.216.34'] })
    expect(await reasonOf(fetch({ url: `https://one.example:${port}/` }))).toContain('no permitted address')
  })

  it('a name that does not resolve, and a closed port: the same sentence', async () => {
    const resolve = async (): Promise<string[]> => {
      throw new Error('ENOTFOUND')
    }
    expect(await reasonOf(open({ resolve })({ url: 'https://one.example/' }))).toContain('ENOTFOUND')
    expect(await reasonOf(open({ allow: ['127.0.0.1'] })({ url: 'https://127.0.0.1:1/' }))).toContain('ECONNREFUSED')
    expect(sentences.size).toBe(1)
  })
})

describe('a name that changes its mind', () => {
  it('is resolved once, and only the checked address is connected to', async () => {
    let asked = 0
    const resolve = async () => {
      asked += 1
      return asked === 1 ? ['127.0.0.9'] : ['127.0.0.1']
    }
    canary.connections()
    const fetch = open({ allow: ['127.0.0.9'], resolve })
    await reasonOf(fetch({ url: `https://one.example:${canary.port}/`, timeoutMs: 500 }))
    expect(asked).toBe(1)
    expect(canary.connections()).toBe(0)
  })

  it('is refused when it answers the public address first and the private one next', async () => {
    let asked = 0
    const fetch = open({
      resolve: async () => {
        asked += 1
        return asked % 2 === 1 ? ['203.0.113.7', '127.0.0.1'] : ['127.0.0.1']
      },
    })
    canary.connections()
    await reasonOf(fetch({ url: `https://one.example:${canary.port}/`, timeoutMs: 300 }))
    await reasonOf(fetch({ url: `https://one.example:${canary.port}/`, timeoutMs: 300 }))
    expect(canary.connections()).toBe(0)
  })
})

describe('an upstream that misbehaves', () => {
  const ask = (answer: Handler, request: Partial<OutboundRequest> = {}) => {
    canary.answer = answer
    return openToCanary()({ url: 'https://issuer.example/', ...request })
  }

  it('cannot send us elsewhere: a redirect is the answer', async () => {
    const there = await openCanary(['localhost'])
    const answer = await ask((_request, response) => {
      response.writeHead(302, { location: `https://localhost:${there.port}/` }).end()
    })
    expect(answer.status).toBe(302)
    expect(there.connections()).toBe(0)
  })

  it('cannot send more than asked for, announced or not', async () => {
    const body = Buffer.alloc(2000)
    expect(await reasonOf(ask((_request, response) => response.end(body), { maxBytes: 1999 }))).toContain('1999')
    const drip: Handler = (_request, response) => {
      response.write(body)
      response.end(body)
    }
    expect(await reasonOf(ask(drip, { maxBytes: 3999 }))).toContain('3999')
    expect((await ask(drip, { maxBytes: 4000 })).body.length).toBe(4000)
  })

  it('cannot send 64 MiB by default, and is cut off early', async () => {
    let sent = 0
    const flood: Handler = (_request, response) => {
      const chunk = Buffer.alloc(65_536)
      const more = () => {
        while (sent < 67_108_864 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    }
    expect(await reasonOf(ask(flood))).toContain('1048576')
    expect(sent).toBeLessThan(16_777_216)
  })

  it('cannot send a compressed body', async () => {
    const bomb: Handler = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1000)))
    }
    expect(await reasonOf(ask(bomb))).toContain('content-encoding')
  })

  it.each<[string, Handler]>([
    ['never answers', () => {}],
    ['never ends', (_request, response) => void response.write('{')],
    [
      'drips a byte at a time',
      (_request, response) => {
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ])('is cut off in time when it %s', async (_how, answer) => {
    const started = performance.now()
    expect(await reasonOf(ask(answer, { timeoutMs: 250 }))).toContain('250 ms')
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('is cut off in time when it accepts and does not shake hands, or does not resolve', async () => {
    const open_: import('node:net').Socket[] = []
    const silent = createTcpServer((socket) => void open_.push(socket))
    await new Promise<void>((resolve) => silent.listen(0, LOOPBACK, resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const fetch = open({ allow: ['127.0.0.1'], resolve: () => new Promise(() => {}) })
    expect(await reasonOf(fetch({ url: `https://127.0.0.1:${port}/`, timeoutMs: 200 }))).toContain('200 ms')
    expect(await reasonOf(fetch({ url: 'https://one.example/', timeoutMs: 200 }))).toContain('200 ms')
    for (const socket of open_) socket.destroy()
    silent.close()
  })

  it('has no huge headers and no broken answers', async () => {
    const huge: Handler = (_request, response) => void response.writeHead(200, { a: 'x'.repeat(20_000) }).end()
    expect(await reasonOf(ask(huge))).toContain('Header')
    await reasonOf(ask((request) => void request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab')))
    await reasonOf(ask((request) => void request.socket.end('nonsense\r\n\r\n')))
    await reasonOf(ask((request) => void request.socket.destroy()))
  })

  it('has a certificate for the name, of an authority we trust', async () => {
    const connectTo = [{ host: 'other.example', port: 443, toAddress: LOOPBACK, toPort: canary.port }]
    expect(await reasonOf(open({ connectTo })({ url: 'https://other.example/' }))).toContain('altnames')
    const fetch = openToCanary({ caPem: null })
    expect(await reasonOf(fetch({ url: 'https://issuer.example/' }))).toContain('certificate')
  })

  it('is not trusted because NODE_TLS_REJECT_UNAUTHORIZED says so', async () => {
    canary.answer = (_request, response) => response.end('{}')
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      await reasonOf(openToCanary({ caPem: null })({ url: 'https://issuer.example/' }))
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    }
  })
})

describe('the way out', () => {
  it('goes around no proxy', async () => {
    let asked = 0
    const proxy = createTcpServer((socket) => {
      asked += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => proxy.listen(0, LOOPBACK, resolve))
    const address = proxy.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY']
    const before = names.map((name) => process.env[name])
    for (const name of names) process.env[name] = `http://127.0.0.1:${port}`
    try {
      canary.answer = (_request, response) => response.end('{}')
      expect((await openToCanary()({ url: 'https://issuer.example/' })).status).toBe(200)
      // The trap is set: somebody who asked the proxy would be counted.
      await new Promise<void>((resolve) =>
        connect(port, LOOPBACK)
          .on('close', () => resolve())
          .resume(),
      )
    } finally {
      for (const [index, name] of names.entries()) {
        const value = before[index]
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      proxy.close()
    }
    expect(asked).toBe(1)
  })

  it('reaches a connect-to target only for its own host and port', async () => {
    const fetch = openToCanary({ resolve: async () => ['127.0.0.1'] })
    canary.answer = (_request, response) => response.end('{}')
    canary.connections()
    await reasonOf(fetch({ url: `https://127.0.0.1:${canary.port}/` }))
    await reasonOf(fetch({ url: 'https://issuer.example:8443/' }))
    await reasonOf(fetch({ url: `https://one.example:${canary.port}/` }))
    expect(canary.connections()).toBe(0)
  })

  it('is shut by close, with what is under way', async () => {
    canary.answer = () => {}
    const connectTo = [{ host: 'issuer.example', port: 443, toAddress: LOOPBACK, toPort: canary.port }]
    const outbound = createOutbound({ allow: [], connectTo, caPem: authority.caPem })
    const pending = reasonOf(outbound.fetch({ url: 'https://issuer.example/' }))
    await outbound.close()
    expect(await pending).toContain('closed')
    expect(await reasonOf(outbound.fetch({ url: 'https://issuer.example/' }))).toContain('closed')
  })

  it('says at the start that its authorities cannot be read', () => {
    const caPem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    expect(() => createOutbound({ allow: [], connectTo: [], caPem })).toThrow()
  })
})

describe('a connection', () => {
  const two = { url: 'https://issuer.example/a', reuse: true } as const

  it('is taken over by the next request that may, and by no other', async () => {
    canary.answer = (_request, response) => response.end('{}')
    const fetch = openToCanary()
    canary.connections()
    for (let time = 0; time < 12; time++) await fetch(two)
    expect(canary.connections()).toBe(1)
    await fetch({ url: two.url })
    await fetch({ ...two, caPem: authority.caPem })
    expect(canary.connections()).toBe(2)
    canary.requests()
    await fetch(two)
    expect(canary.connections()).toBe(0)
    expect(canary.requests()[0]?.headers.connection).not.toBe('close')
  })

  it('serves one request at a time', async () => {
    canary.answer = (_request, response) => void setTimeout(() => response.end('{}'), 20)
    const fetch = openToCanary()
    canary.connections()
    await Promise.all([fetch(two), fetch(two), fetch(two)])
    expect(canary.connections()).toBe(3)
    await Promise.all([fetch(two), fetch(two), fetch(two)])
    expect(canary.connections()).toBe(0)
    canary.answer = (_request, response) => response.end('{}')
  })

  it('is not taken when its address is no longer one of the name', async () => {
    let addresses = [LOOPBACK]
    const url = `https://issuer.example:${canary.port}/`
    const fetch = open({ allow: ['127.0.0.0/8'], resolve: async () => addresses })
    await fetch({ url, reuse: true })
    canary.connections()
    addresses = ['127.0.0.2']
    await reasonOf(fetch({ url, reuse: true }))
    expect(canary.connections()).toBe(0)
    addresses = ['10.0.0.1']
    await reasonOf(fetch({ url, reuse: true }))
    addresses = [LOOPBACK]
    await fetch({ url, reuse: true })
    expect(canary.connections()).toBe(0)
  })

  it('is not left by an answer that says so, is too long or is broken off', async () => {
    const fetch = openToCanary()
    canary.connections()
    canary.answer = (_request, response) => response.writeHead(200, { connection: 'close' }).end('{}')
    await fetch(two)
    canary.answer = (_request, response) => response.end('x'.repeat(100))
    await reasonOf(fetch({ ...two, maxBytes: 10 }))
    canary.answer = (_request, response) => void response.write('{')
    await reasonOf(fetch({ ...two, timeoutMs: 50 }))
    canary.answer = (_request, response) => response.end('{}')
    await fetch(two)
    expect(canary.connections()).toBe(4)
    canary.requests()
    canary.answer = (_request, response) => response.end('x'.repeat(100))
    await reasonOf(fetch({ ...two, maxBytes: 10 }))
    expect(canary.requests(), 'an answer that was refused is not asked for again').toHaveLength(1)
    canary.answer = (_request, response) => response.end('{}')
  })

  it('that ends just then is no failure of a GET, and nothing is posted twice', async () => {
    const fetch = openToCanary()
    canary.answer = (_request, response) => response.end('{}')
    await fetch(two)
    canary.requests()
    canary.answer = ({ socket }) => void socket.destroy()
    await reasonOf(fetch({ ...two, method: 'POST', body: Buffer.from('a=1') }))
    expect(canary.requests()).toHaveLength(1)
    canary.answer = (_request, response) => response.end('{}')
    await fetch(two)
    canary.requests()
    let times = 0
    canary.answer = ({ socket }, response) => {
      times += 1
      if (times === 1) socket.destroy()
      else response.end('{}')
    }
    expect((await fetch(two)).status).toBe(200)
    expect(canary.requests()).toHaveLength(2)
    canary.answer = (_request, response) => response.end('{}')
  })

  it('ends with the house, and where nobody takes it in time', async () => {
    const connectTo = [{ host: 'issuer.example', port: 443, toAddress: LOOPBACK, toPort: canary.port }]
    const outbound = createOutbound({ allow: [], connectTo, caPem: authority.caPem })
    let ended = 0
    canary.answer = ({ socket }, response) => {
      socket.once('close', () => {
        ended += 1
      })
      response.end('{}')
    }
    await outbound.fetch(two)
    expect(ended).toBe(0)
    await outbound.close()
    await expect.poll(() => ended).toBe(1)
    await openToCanary()(two)
    await expect.poll(() => ended, { timeout: 6_000 }).toBe(2)
    canary.answer = (_request, response) => response.end('{}')
  })
})

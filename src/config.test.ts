import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ConfigSources, loadConfig } from './config.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')

function load(sources: Partial<ConfigSources> & { files?: Record<string, string> } = {}) {
  const { files = {}, ...given } = sources
  const readFile = (path: string) => {
    const text = files[path]
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })
    return text
  }
  return loadConfig({ env: {}, flags: {}, readFile, ...given })
}

function configOf(sources: Parameters<typeof load>[0] = {}) {
  const loaded = load(sources)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  return loaded.config
}

function faultsOf(sources: Parameters<typeof load>[0]) {
  const loaded = load(sources)
  return 'faults' in loaded ? loaded.faults.map(({ path, message }) => `${path}: ${message}`) : []
}

function ofFile(text: string) {
  return { env: { ENTENTE_CONFIG: 'e.yaml' }, files: { 'e.yaml': text } }
}

describe('the config file', () => {
  it('may be empty', () => {
    expect(configOf(ofFile(''))).toEqual(configOf())
    expect(configOf(ofFile('# nothing yet\n'))).toEqual(configOf())
  })

  it('keeps texts as they are written, numbers too', () => {
    const config = configOf(ofFile('operatorToken: 12345678901234567890123\nworkers: 1\nlogLevel: "warn"\n'))
    expect([config.operatorToken, config.workers, config.logLevel]).toEqual(['12345678901234567890123', 1, 'warn'])
  })

  it.each<[string, string]>([
    ['data:', 'config file, data: is empty'],
    ['data: [a, b]', 'config file, data: must be a text'],
    ['data: { a: b }', 'config file, data: must be a text'],
    ['trustedProxies: { a: b }', 'config file, trustedProxies: must be a text or a list of texts'],
    ['trustedProxies: [[10.0.0.0/8]]', 'config file, trustedProxies: must be a text or a list of texts'],
    ['lisen: 1', 'config file, lisen: is not a setting'],
    ['__proto__: 1', 'config file, __proto__: is not a setting'],
    ['[a]: 1', 'config file, ?: is not a setting'],
    ['- url', 'config file: e.yaml must hold a map of settings'],
    ['url: a\nurl: b', 'config file: e.yaml, line 2: a setting is there twice'],
    ['data: a\n---\ndata: b', 'config file: e.yaml, line 2: a second document begins'],
    ['data: !secret x', 'config file: e.yaml, line 1: tags are not understood'],
    ['data: &a x\nlogLevel: *a', 'config file, logLevel: must be a text'],
    ['data: "x', 'config file: e.yaml, line 1: is not valid YAML'],
  ])('%j is told as a fault', (text, fault) => {
    expect(faultsOf(ofFile(text))).toEqual([fault])
  })

  it.each([
    'operatorToken: *hunter2',
    'operatorToken: !hunter2 x',
    'operatorToken: "hunter2',
    'operatorToken: [hunter2',
    'operatorToken: |\n  a\n hunter2',
    'operatorToken: hunter2 hunter2',
    'sealKey: hunter2',
    'hunter2',
  ])('a fault of %j does not repeat the secret', (text) => {
    const faults = faultsOf(ofFile(text))
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.join()).not.toContain('hunter2')
  })

  it('answers for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void load(ofFile(text))))
  })
})

describe('the configuration', () => {
  it('has a default for everything that can have one', () => {
    expect(configOf()).toEqual({
      url: 'http://localhost:8480',
      listen: { host: '127.0.0.1', port: 8480 },
      tls: null,
      trustedProxies: [],
      dataDir: './data',
      databaseUrl: 'sqlite:data/entente.db',
      sealKey: null,
      operatorToken: null,
      upstreamAllow: [],
      upstreamConnectTo: [],
      upstreamCaPem: null,
      dns: [],
      refusalsPerMinute: 500,
      workers: 1,
      logLevel: 'info',
    })
  })

  it('prefers flags to variables, variables to the file, the file to the default', () => {
    const files = { 'e.yaml': 'url: https://file.example\nlisten: 127.0.0.1:1\ntrustedProxies: [10.0.0.0/8, "::1"]\n' }
    const env = { ENTENTE_CONFIG: 'e.yaml', ENTENTE_URL: 'https://variable.example', ENTENTE_LISTEN: '[::1]:2' }
    const config = configOf({ files, env, flags: { url: 'https://flag.example/' } })
    expect([config.url, config.listen, config.trustedProxies]).toEqual([
      'https://flag.example',
      { host: '::1', port: 2 },
      ['10.0.0.0/8', '::1'],
    ])
  })

  it('reads where connections really go', () => {
    const env = { ENTENTE_UPSTREAM_CONNECT_TO: 'Issuer.example:443=127.0.0.1:8443, a.example:443=[::1]:9' }
    expect(configOf({ env }).upstreamConnectTo).toEqual([
      { host: 'issuer.example', port: 443, toAddress: '127.0.0.1', toPort: 8443 },
      { host: 'a.example', port: 443, toAddress: '::1', toPort: 9 },
    ])
  })

  it('tells all faults at once, each with its place, and no secret', () => {
    const env = {
      ENTENTE_URL: 'https://user:pw@x.example/path',
      ENTENTE_LISTEN: 'nowhere',
      ENTENTE_SEAL_KEY: 'short-secret',
      ENTENTE_OPERATOR_TOKEN: 'tiny secret',
      ENTENTE_TRUSTED_PROXIES: '10.0.0.0/8, everywhere',
      ENTENTE_WORKERS: '3',
      ENTENTE_REFUSALS_PER_MINUTE: '-1',
      ENTENTE_TLS_CERT: 'missing.pem',
      ENTENTE_CONFIG: 'e.yaml',
    }
    const faults = faultsOf({ env, files: { 'e.yaml': 'lisen: 1\n' } })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'config file, lisen',
      'ENTENTE_URL',
      'ENTENTE_LISTEN',
      'ENTENTE_TRUSTED_PROXIES',
      'ENTENTE_SEAL_KEY',
      'ENTENTE_OPERATOR_TOKEN',
      'ENTENTE_REFUSALS_PER_MINUTE',
      'ENTENTE_TLS_CERT',
      'ENTENTE_TLS_KEY',
      'ENTENTE_WORKERS',
    ])
    expect(faults.join('\n')).not.toMatch(/secret|pw@/)
  })

  it.each<[string, Record<string, string>, string]>([
    ['PostgreSQL without a seal key', { ENTENTE_DATABASE: 'postgres://db/e' }, 'ENTENTE_SEAL_KEY'],
    ['several workers on SQLite', { ENTENTE_WORKERS: '2' }, 'ENTENTE_WORKERS'],
    ['another kind of database', { ENTENTE_DATABASE: 'mysql://db' }, 'ENTENTE_DATABASE'],
    ['a URL with a path', { ENTENTE_URL: 'https://x.example/entente' }, 'ENTENTE_URL'],
    ['a URL in capitals', { ENTENTE_URL: 'https://X.example' }, 'ENTENTE_URL'],
    [
      'a connection to a name',
      { ENTENTE_UPSTREAM_CONNECT_TO: 'a.example:443=b.example:443' },
      'ENTENTE_UPSTREAM_CONNECT_TO',
    ],
    ['a resolver without port', { ENTENTE_DNS: '192.0.2.1' }, 'ENTENTE_DNS'],
    ['a log level of its own', { ENTENTE_LOG_LEVEL: 'loud' }, 'ENTENTE_LOG_LEVEL'],
    ['a file that is not there', { ENTENTE_CONFIG: 'none.yaml' }, 'config file'],
    ['authorities that are not there', { ENTENTE_UPSTREAM_CA: 'none.pem' }, 'ENTENTE_UPSTREAM_CA'],
    ['a URL with a query', { ENTENTE_URL: 'https://x.example?a' }, 'ENTENTE_URL'],
    ['two slashes at the end of a URL', { ENTENTE_URL: 'https://x.example//' }, 'ENTENTE_URL'],
    ['an address range too wide', { ENTENTE_TRUSTED_PROXIES: '10.0.0.0/33' }, 'ENTENTE_TRUSTED_PROXIES'],
    ['a misspelt address as a host', { ENTENTE_UPSTREAM_ALLOW: '10.0.0.256' }, 'ENTENTE_UPSTREAM_ALLOW'],
    ['IPv6 without brackets', { ENTENTE_LISTEN: '::1:8480' }, 'ENTENTE_LISTEN'],
    ['no refusals at all', { ENTENTE_REFUSALS_PER_MINUTE: '0' }, 'ENTENTE_REFUSALS_PER_MINUTE'],
    ['half a refusal', { ENTENTE_REFUSALS_PER_MINUTE: '0.5' }, 'ENTENTE_REFUSALS_PER_MINUTE'],
    ['a seal key of 31 bytes', { ENTENTE_SEAL_KEY: Buffer.alloc(31).toString('base64') }, 'ENTENTE_SEAL_KEY'],
    [
      'two places for one host',
      { ENTENTE_UPSTREAM_CONNECT_TO: 'a.example:443=127.0.0.1:1,A.example:443=127.0.0.1:2' },
      'ENTENTE_UPSTREAM_CONNECT_TO',
    ],
  ])('refuses %s', (_name, env, place) => {
    expect(faultsOf({ env }).map((fault) => fault.split(':')[0])).toEqual([place])
  })

  it('names the place that is to blame when settings disagree', () => {
    const files = { 'e.yaml': 'workers: 2\ntlsKey: key.pem\n' }
    const given = { flags: { config: 'e.yaml', tlsCert: 'cert.pem', upstreamCa: 'ca.pem' }, files }
    expect(faultsOf(given)).toEqual([
      '--tls-cert: names cert.pem, which cannot be read (ENOENT)',
      'config file, tlsKey: names key.pem, which cannot be read (ENOENT)',
      '--upstream-ca: names ca.pem, which cannot be read (ENOENT)',
      'config file, workers: must be 1 on SQLite; more processes need PostgreSQL',
    ])
  })

  it('tells every bad entry of a list', () => {
    expect(faultsOf({ env: { ENTENTE_DNS: 'a, 192.0.2.1:53, [::1]:0' } })).toEqual([
      'ENTENTE_DNS: a must be address:port; [::1]:0 must be address:port',
    ])
  })

  it('takes as many workers as there are cores on PostgreSQL, one on SQLite', () => {
    expect(configOf({ env: { ENTENTE_WORKERS: 'auto' } }).workers).toBe(1)
    const env = { ENTENTE_WORKERS: 'auto', ENTENTE_DATABASE: 'postgres://db/e', ENTENTE_SEAL_KEY: KEY }
    expect(configOf({ env }).workers).toBeGreaterThanOrEqual(1)
  })

  it('warns of secrets where everyone on the machine sees them', () => {
    const loaded = load({ flags: { sealKey: KEY } })
    expect('warnings' in loaded ? loaded.warnings : []).toEqual([
      '--seal-key shows a secret to everyone who can list processes: use ENTENTE_SEAL_KEY or the config file',
    ])
  })

  it('warns of what it does not know and of tokens in the clear', () => {
    const others = { ENTENTE_TOKEN: 't', ENTENTE_SIMULATOR_CONTROL_URL: 'http://127.0.0.1:1' }
    const loaded = load({ env: { ...others, ENTENTE_TYPO: '1', ENTENTE_URL: 'http://id.example' } })
    expect('warnings' in loaded ? loaded.warnings : []).toEqual([
      'ENTENTE_TYPO is not a setting',
      'ENTENTE_URL is plain http: tokens and secrets travel in the clear',
    ])
  })

  it('answers for any text in any variable', () => {
    const names = [
      'URL',
      'LISTEN',
      'TRUSTED_PROXIES',
      'DATABASE',
      'SEAL_KEY',
      'OPERATOR_TOKEN',
      'UPSTREAM_ALLOW',
      'UPSTREAM_CONNECT_TO',
      'DNS',
      'WORKERS',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.string(),
        (name, text) => void load({ env: { [`ENTENTE_${name}`]: text } }),
      ),
    )
  })
})

/** Every setting in one table: variable, flag, file key, how it is read, what it means. The reference page is made from it. */
import { canonicalAddress, parseCidr } from './cidr.ts'

/** What a text means, or why it means nothing, in words that do not repeat it: it may be a secret. */
export type Read<T> = { readonly value: T } | { readonly fault: string }

export interface Setting<T> {
  readonly variable: string
  readonly flag: string
  readonly fileKey: string
  /** Null means unset. */
  readonly fallback: string | null
  readonly description: string
  /** Never shown. */
  readonly secret?: true
  /** Texts separated by commas; in the file also a list. */
  readonly list?: true
  readonly read: (text: string) => Read<T>
}

export interface HostPort {
  readonly host: string
  readonly port: number
}

export interface ConnectTo extends HostPort {
  readonly toAddress: string
  readonly toPort: number
}

const fault = (text: string) => ({ fault: text })

function setting<T>(
  variable: string,
  fallback: string | null,
  description: string,
  read: (text: string) => Read<T>,
): Setting<T> {
  const words = variable.slice('ENTENTE_'.length).toLowerCase().split('_')
  const fileKey = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  return { variable, flag: `--${words.join('-')}`, fileKey, fallback, description, read }
}

function listSetting<T>(
  variable: string,
  description: string,
  readOne: (text: string) => Read<T>,
  readAll: (values: T[]) => Read<T[]> = (value) => ({ value }),
): Setting<T[]> {
  const read = listOf(readOne)
  const readText = (text: string) => {
    const all = read(text)
    return 'fault' in all ? all : readAll(all.value)
  }
  return { ...setting(variable, '', description, readText), list: true }
}

export const settings = {
  url: setting('ENTENTE_URL', 'http://localhost:8480', 'Public base URL; our issuer, without trailing slash.', readUrl),
  listen: setting('ENTENTE_LISTEN', '127.0.0.1:8480', 'Address and port to listen on.', readHostPort),
  tlsCert: setting(
    'ENTENTE_TLS_CERT',
    null,
    'PEM file of the certificate chain: serve https, reloaded on change.',
    readText,
  ),
  tlsKey: setting('ENTENTE_TLS_KEY', null, 'PEM file of the private key.', readText),
  trustedProxies: listSetting(
    'ENTENTE_TRUSTED_PROXIES',
    'CIDRs whose X-Forwarded-For and X-Forwarded-Proto are believed.',
    (entry) => (parseCidr(entry) === null ? fault('is not an address range') : { value: entry }),
  ),
  data: setting('ENTENTE_DATA', './data', 'Directory (0700) for the embedded database and generated keys.', readText),
  database: setting(
    'ENTENTE_DATABASE',
    null,
    '`sqlite:<file>` or `postgres://…`; unset: entente.db in the data directory.',
    readDatabase,
  ),
  sealKey: {
    ...setting(
      'ENTENTE_SEAL_KEY',
      null,
      'base64 of 32 bytes that seal secrets; made once on SQLite, required on PostgreSQL.',
      readKey,
    ),
    secret: true as const,
  },
  operatorToken: {
    ...setting(
      'ENTENTE_OPERATOR_TOKEN',
      null,
      'Bearer token of the first operator; unset: made once in the data directory.',
      readToken,
    ),
    secret: true as const,
  },
  upstreamAllow: listSetting(
    'ENTENTE_UPSTREAM_ALLOW',
    'CIDRs or hosts that outbound requests may reach although private, loopback or plain http.',
    (entry) =>
      parseCidr(entry) === null && !isHost(entry)
        ? fault('is neither a CIDR nor a host')
        : { value: entry.toLowerCase() },
  ),
  upstreamConnectTo: listSetting(
    'ENTENTE_UPSTREAM_CONNECT_TO',
    'host:port=address:port, …: where outbound connections really go.',
    readConnectTo,
    eachOnce,
  ),
  upstreamCa: setting('ENTENTE_UPSTREAM_CA', null, 'PEM file of extra authorities for outbound TLS.', readText),
  dns: listSetting(
    'ENTENTE_DNS',
    'address:port, … of the resolvers that domain proofs ask; unset: the system’s.',
    readResolver,
  ),
  refusalsPerMinute: setting(
    'ENTENTE_REFUSALS_PER_MINUTE',
    '500',
    'Refusals per address (IPv6 /64) and minute before 429; ten times that for known clients.',
    (text) => readWhole(text, 1, 1_000_000_000),
  ),
  workers: setting(
    'ENTENTE_WORKERS',
    '1',
    'Processes, or `auto` for one per core; more than one needs PostgreSQL.',
    (text): Read<number | 'auto'> => (text === 'auto' ? { value: 'auto' as const } : readWhole(text, 1, 512)),
  ),
  logLevel: setting('ENTENTE_LOG_LEVEL', 'info', 'fatal, error, warn, info, debug or silent.', (text) =>
    LEVELS.includes(text) ? { value: text } : fault(`must be one of ${LEVELS.join(', ')}`),
  ),
} as const

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent']
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i
const HOST_CHARACTERS = 253

/** A name: its last label is no number, or it would be a misspelt IPv4 address. Source: URL Standard, host parsing. */
function isHost(text: string): boolean {
  const labels = text.split('.')
  return (
    text.length <= HOST_CHARACTERS && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '')
  )
}

function readText(text: string): Read<string> {
  return text === '' ? fault('is empty') : { value: text }
}

function readUrl(text: string): Read<string> {
  const cut = text.replace(/\/$/, '')
  const url = URL.canParse(cut) ? new URL(cut) : null
  if (url === null || !/^https?:$/.test(url.protocol)) return fault('must be an http or https URL')
  if (url.username !== '' || url.password !== '') return fault('must not contain a user')
  // Our issuer: exactly what tokens say, so only the canonical spelling of the host; the scheme's own port may be spelt out.
  const spelt = cut.replace(url.protocol === 'https:' ? /:443$/ : /:80$/, '')
  if (url.origin !== spelt) {
    return fault('must be a scheme, a lower-case host and an optional port, without path, query or fragment')
  }
  return { value: cut }
}

function readHostPort(text: string): Read<HostPort> {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+)):(0|[1-9]\d{0,4})$/i.exec(text)
  const [, inBrackets, plain = '', digits] = parts ?? []
  const port = Number(digits)
  const isKnown = inBrackets === undefined ? canonicalAddress(plain) !== null || isHost(plain) : isIpv6(inBrackets)
  if (parts === null || !isKnown || port > 65_535) {
    return fault('must be address:port, an IPv6 address in brackets')
  }
  return { value: { host: inBrackets ?? plain, port } }
}

function isIpv6(text: string): boolean {
  return text.includes(':') && canonicalAddress(text) !== null
}

function readConnectTo(text: string): Read<ConnectTo> {
  const [from = '', to = '', ...rest] = text.split('=')
  const source = readHostPort(from)
  const target = readHostPort(to)
  if (rest.length > 0 || 'fault' in source || 'fault' in target) return fault('must be host:port=address:port')
  if (canonicalAddress(target.value.host) === null) return fault('must lead to an address, not to a name')
  const { host, port } = source.value
  if (port === 0 || target.value.port === 0) return fault('names port 0, which nobody listens on')
  return { value: { host: host.toLowerCase(), port, toAddress: target.value.host, toPort: target.value.port } }
}

function eachOnce(value: ConnectTo[]): Read<ConnectTo[]> {
  const sources = value.map(({ host, port }) => `${host}:${port}`)
  const twice = sources.find((source, index) => sources.indexOf(source) < index)
  return twice === undefined ? { value } : fault(`${twice} leads to two places`)
}

function readResolver(text: string): Read<HostPort> {
  const read = readHostPort(text)
  if ('value' in read && canonicalAddress(read.value.host) !== null && read.value.port > 0) return read
  return fault('must be address:port')
}

function readDatabase(text: string): Read<string> {
  const known = /^sqlite:.+$/.test(text) || (/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text))
  return known ? { value: text } : fault('must be sqlite:<file> or postgres://…')
}

function readKey(text: string): Read<Uint8Array> {
  const trimmed = text.trim()
  const key = Buffer.from(trimmed, 'base64')
  const canonical = /^[A-Za-z0-9+/]{43}=?$/.test(trimmed)
  return canonical && key.length === 32 ? { value: key } : fault('must be base64 of exactly 32 bytes')
}

function readToken(text: string): Read<string> {
  // What fits into one Authorization header: visible ASCII, no space.
  return /^[\x21-\x7e]{1,4096}$/.test(text) ? { value: text } : fault('must be visible ASCII characters without spaces')
}

function readWhole(text: string, least: number, most: number): Read<number> {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? { value } : fault(`must be a whole number from ${least} to ${most}`)
}

/** Every bad entry is told, not the first. */
function listOf<T>(readOne: (text: string) => Read<T>): (text: string) => Read<T[]> {
  return (text) => {
    const values: T[] = []
    const faults: string[] = []
    for (const entry of text.split(',').map((entry) => entry.trim())) {
      const read = entry === '' ? null : readOne(entry)
      if (read === null) continue
      if ('fault' in read) faults.push(`${entry} ${read.fault}`)
      else values.push(read.value)
    }
    return faults.length > 0 ? fault(faults.join('; ')) : { value: values }
  }
}

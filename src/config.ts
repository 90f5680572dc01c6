/** The configuration: flags over variables over the config file over defaults; all faults of a bad one at once. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { readConfigFile } from './config-file.ts'
import { readAuthorities, tlsFaults } from './config-pem.ts'
import { type ConnectTo, type HostPort, type Setting, settings } from './config-settings.ts'
import type { FieldFault } from './fault.ts'

export interface Config {
  readonly url: string
  readonly listen: HostPort
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  readonly trustedProxies: string[]
  readonly dataDir: string
  readonly databaseUrl: string
  readonly sealKey: Uint8Array | null
  readonly operatorToken: string | null
  readonly upstreamAllow: string[]
  readonly upstreamConnectTo: ConnectTo[]
  readonly upstreamCaPem: string | null
  readonly dns: HostPort[]
  readonly refusalsPerMinute: number
  readonly workers: number
  readonly logLevel: string
}

export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** By flag without dashes in camelCase, as the command line parses them: `trustedProxies`. */
  readonly flags: Readonly<Record<string, unknown>>
  /** Throws what the file system throws. */
  readonly readFile: (path: string) => string
}

export type Loaded =
  | { readonly config: Config; readonly warnings: readonly string[] }
  | { readonly faults: readonly FieldFault[] }

const ALL: readonly Setting<unknown>[] = Object.values(settings)
const FILE_KEYS = new Map(ALL.map(({ fileKey, list = false }) => [fileKey, { list }]))

/** Reads the configuration. A fault's path names the place the value came from; no message repeats a secret. */
export function loadConfig(sources: ConfigSources): Loaded {
  const { env, flags, readFile } = sources
  const path = flags.config ?? env.ENTENTE_CONFIG
  const file = path === undefined ? null : readConfigFile(String(path), readFile, FILE_KEYS)
  const faults: FieldFault[] = [...(file?.faults ?? [])]

  const given = ({ fileKey, flag, variable, fallback }: Setting<unknown>): { text: string; from: string } | null => {
    if (flags[fileKey] !== undefined) return { text: String(flags[fileKey]), from: flag }
    if (env[variable] !== undefined) return { text: env[variable], from: variable }
    const inFile = file?.values.get(fileKey)
    if (inFile !== undefined) return { text: inFile, from: `config file, ${fileKey}` }
    return fallback === null ? null : { text: fallback, from: variable }
  }
  /** Where the value came from, or where it would best come from. */
  const placeOf = (setting: Setting<unknown>) => given(setting)?.from ?? setting.variable
  const read = <T>(setting: Setting<T>): T | null => {
    const value = given(setting)
    if (value === null) return null
    const result = setting.read(value.text)
    if ('value' in result) return result.value
    faults.push({ path: value.from, code: 'config.invalid', message: result.fault })
    return null
  }

  const url = read(settings.url)
  const listen = read(settings.listen)
  const certFile = read(settings.tlsCert)
  const keyFile = read(settings.tlsKey)
  const trustedProxies = read(settings.trustedProxies)
  const dataDir = read(settings.data)
  const database = read(settings.database)
  const sealKey = read(settings.sealKey)
  const operatorToken = read(settings.operatorToken)
  const upstreamAllow = read(settings.upstreamAllow)
  const upstreamConnectTo = read(settings.upstreamConnectTo)
  const upstreamCa = read(settings.upstreamCa)
  const dns = read(settings.dns)
  const refusalsPerMinute = read(settings.refusalsPerMinute)
  const processes = read(settings.workers)
  const logLevel = read(settings.logLevel)

  const named = (setting: Setting<unknown>, path: string | null) =>
    path === null ? null : { file: path, place: placeOf(setting) }
  faults.push(...tlsFaults(named(settings.tlsCert, certFile), named(settings.tlsKey, keyFile), readFile))
  for (const [missing, there] of [
    [settings.tlsCert, settings.tlsKey],
    [settings.tlsKey, settings.tlsCert],
  ] as const) {
    if (given(missing) === null && given(there) !== null) {
      const message = `is required with ${placeOf(there)}`
      faults.push({ path: missing.variable, code: 'config.missing', message })
    }
  }
  const bundle = named(settings.upstreamCa, upstreamCa)
  const authorities = bundle === null ? null : readAuthorities(bundle, readFile)
  if (authorities !== null && 'faults' in authorities) faults.push(...authorities.faults)
  // What the database asks of other settings cannot be told while nobody knows which one is meant.
  const standard =
    given(settings.database) === null && dataDir !== null ? `sqlite:${join(dataDir, 'entente.db')}` : null
  const databaseUrl = database ?? standard
  const sqlite = databaseUrl?.startsWith('sqlite:') ?? true
  const workers = processes === 'auto' ? (sqlite ? 1 : availableParallelism()) : processes
  // SQLite has one writer, and its file one owner.
  if (databaseUrl !== null && sqlite && workers !== null && workers > 1) {
    const message = 'must be 1 on SQLite; more processes need PostgreSQL'
    faults.push({ path: placeOf(settings.workers), code: 'config.invalid', message })
  }
  if (!sqlite && given(settings.sealKey) === null) {
    const message = 'is required on PostgreSQL: base64 of 32 random bytes, the same for every process'
    faults.push({ path: settings.sealKey.variable, code: 'config.missing', message })
  }

  if (
    faults.length > 0 ||
    url === null ||
    listen === null ||
    trustedProxies === null ||
    dataDir === null ||
    databaseUrl === null ||
    upstreamAllow === null ||
    upstreamConnectTo === null ||
    dns === null ||
    refusalsPerMinute === null ||
    workers === null ||
    logLevel === null
  ) {
    return { faults }
  }
  const config: Config = {
    url,
    listen,
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
    trustedProxies,
    dataDir,
    databaseUrl,
    sealKey,
    operatorToken,
    upstreamAllow,
    upstreamConnectTo,
    upstreamCaPem: authorities !== null && 'pem' in authorities ? authorities.pem : null,
    dns,
    refusalsPerMinute,
    workers,
    logLevel,
  }
  return { config, warnings: warningsOf(config, sources) }
}

/** 16 characters of base64 are 96 bits. */
const GUESSABLE = 16

/** Of the other commands, and of what `entente simulate` prints for a shell: no typing errors, though they set nothing here. */
const OF_OTHERS = [
  'ENTENTE_CONFIG',
  'ENTENTE_TOKEN',
  'ENTENTE_CLIENT_ID',
  'ENTENTE_NEW_SEAL_KEY',
  'ENTENTE_SIMULATOR_CONTROL_URL',
  'ENTENTE_SIMULATOR_CONTROL_TOKEN',
]

function warningsOf({ url, tls, listen, operatorToken }: Config, { env, flags }: ConfigSources): string[] {
  const known = new Set<string>([...ALL.map((setting) => setting.variable), ...OF_OTHERS])
  const unknown = Object.keys(env).filter((name) => name.startsWith('ENTENTE_') && !known.has(name))
  const warnings = unknown.map((name) => `${name} is not a setting`)
  for (const { flag, fileKey, variable, secret } of ALL) {
    if (secret === true && flags[fileKey] !== undefined)
      warnings.push(`${flag} shows a secret to everyone who can list processes: use ${variable} or the config file`)
  }
  const local = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(url)
  if (url.startsWith('http:') && !local)
    warnings.push('ENTENTE_URL is plain http: tokens and secrets travel in the clear')
  if (tls !== null && url.startsWith('http:')) warnings.push('TLS is on, but ENTENTE_URL says http')
  if (operatorToken !== null && operatorToken.length < GUESSABLE) {
    warnings.push('ENTENTE_OPERATOR_TOKEN is short enough to be guessed: make one of 32 random bytes')
  }
  if (listen.port === 0) warnings.push('port 0: the system chooses one, and ENTENTE_URL cannot know it')
  return warnings
}

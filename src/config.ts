/** The configuration: flags over variables over the config file over defaults; all faults of a bad one at once. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
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

interface Given {
  readonly text: string
  /** Where it came from, as a person would name it. */
  readonly from: string
}

/** Reads the configuration. A fault's path names the place the value came from. */
export function loadConfig(sources: ConfigSources): Loaded {
  const faults: FieldFault[] = []
  const file = readConfigFile(sources, faults)
  const given = (setting: Setting<unknown>): Given | null => {
    const flag = sources.flags[setting.fileKey]
    if (flag !== undefined) return { text: String(flag), from: setting.flag }
    const variable = sources.env[setting.variable]
    if (variable !== undefined) return { text: variable, from: setting.variable }
    const inFile = file[setting.fileKey]
    if (inFile !== undefined)
      return {
        text: Array.isArray(inFile) ? inFile.join(',') : String(inFile),
        from: `config file, ${setting.fileKey}`,
      }
    return setting.fallback === null ? null : { text: setting.fallback, from: `default of ${setting.variable}` }
  }
  const read = <T>(setting: Setting<T>): T | null => {
    const value = given(setting)
    if (value === null) return null
    const result = setting.read(value.text)
    if ('value' in result) return result.value
    faults.push({ path: value.from, code: 'config.invalid', message: result.fault })
    return null
  }
  const values = {
    url: read(settings.url),
    listen: read(settings.listen),
    tlsCert: read(settings.tlsCert),
    tlsKey: read(settings.tlsKey),
    trustedProxies: read(settings.trustedProxies),
    data: read(settings.data),
    database: read(settings.database),
    sealKey: read(settings.sealKey),
    operatorToken: read(settings.operatorToken),
    upstreamAllow: read(settings.upstreamAllow),
    upstreamConnectTo: read(settings.upstreamConnectTo),
    upstreamCa: read(settings.upstreamCa),
    dns: read(settings.dns),
    refusalsPerMinute: read(settings.refusalsPerMinute),
    workers: read(settings.workers),
    logLevel: read(settings.logLevel),
  }
  const { tlsCert, tlsKey, data, upstreamCa } = values
  const databaseUrl = values.database ?? (data === null ? null : `sqlite:${join(data, 'entente.db')}`)
  const workers: number | null = values.workers === 'auto' ? workersFor(databaseUrl) : values.workers
  const tls = tlsOf(tlsCert, tlsKey, sources, faults)
  const upstreamCaPem = upstreamCa === null ? null : readPem(settings.upstreamCa.variable, upstreamCa, sources, faults)
  const sealKeyFailed = faults.some(
    ({ path }) => path.includes('SEAL_KEY') || path.includes('seal-key') || path.includes('sealKey'),
  )
  if (databaseUrl !== null)
    faults.push(...databaseFaults(databaseUrl, workers, values.sealKey !== null || sealKeyFailed))
  const {
    url,
    listen,
    trustedProxies,
    sealKey,
    operatorToken,
    upstreamAllow,
    upstreamConnectTo,
    dns,
    refusalsPerMinute,
    logLevel,
  } = values
  if (
    faults.length > 0 ||
    url === null ||
    listen === null ||
    trustedProxies === null ||
    data === null ||
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
    tls,
    trustedProxies,
    dataDir: data,
    databaseUrl,
    sealKey,
    operatorToken,
    upstreamAllow,
    upstreamConnectTo,
    upstreamCaPem,
    dns,
    refusalsPerMinute,
    workers,
    logLevel,
  }
  return { config, warnings: warningsOf(config, sources) }
}

function readConfigFile({ env, flags, readFile }: ConfigSources, faults: FieldFault[]): Record<string, unknown> {
  const path = flags.config ?? env.ENTENTE_CONFIG
  if (path === undefined) return {}
  const wrong = (message: string) => {
    faults.push({ path: 'config file', code: 'config.file', message })
    return {}
  }
  let document: unknown
  try {
    document = parse(readFile(String(path)), { maxAliasCount: 0 })
  } catch (error) {
    return wrong(
      `${String(path)} cannot be read: ${error instanceof Error ? error.message.split('\n', 1)[0] : 'unknown'}`,
    )
  }
  if (document === null) return {}
  if (typeof document !== 'object' || Array.isArray(document))
    return wrong(`${String(path)} must hold a map of settings`)
  const keys = new Set<string>(Object.values(settings).map((setting) => setting.fileKey))
  for (const key of Object.keys(document)) {
    if (!keys.has(key))
      faults.push({ path: `config file, ${key}`, code: 'config.unknown', message: 'is not a setting' })
  }
  return { ...document }
}

function tlsOf(
  certFile: string | null,
  keyFile: string | null,
  sources: ConfigSources,
  faults: FieldFault[],
): Config['tls'] {
  const { tlsCert, tlsKey } = settings
  if (certFile === null && keyFile === null) return null
  if (certFile === null || keyFile === null) {
    const [missing, there] = certFile === null ? [tlsCert, tlsKey] : [tlsKey, tlsCert]
    faults.push({ path: missing.variable, code: 'config.missing', message: `is required with ${there.variable}` })
    return null
  }
  const cert = readPem(tlsCert.variable, certFile, sources, faults)
  const key = readPem(tlsKey.variable, keyFile, sources, faults)
  if (cert !== null && key !== null) {
    try {
      const matches = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
      if (!matches)
        faults.push({
          path: tlsKey.variable,
          code: 'config.invalid',
          message: `does not belong to ${tlsCert.variable}`,
        })
    } catch {
      faults.push({ path: tlsCert.variable, code: 'config.invalid', message: 'certificate or key cannot be used' })
    }
  }
  return { certFile, keyFile }
}

function readPem(variable: string, file: string, { readFile }: ConfigSources, faults: FieldFault[]): string | null {
  try {
    const pem = readFile(file)
    if (pem.includes('-----BEGIN ')) return pem
    faults.push({ path: variable, code: 'config.invalid', message: `${file} is not a PEM file` })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    faults.push({ path: variable, code: 'config.file', message: `${file} cannot be read (${code})` })
  }
  return null
}

/** SQLite has one writer, and its file one owner. */
function workersFor(databaseUrl: string | null): number {
  return databaseUrl?.startsWith('sqlite:') === false ? availableParallelism() : 1
}

function databaseFaults(databaseUrl: string, workers: number | null, hasSealKey: boolean): FieldFault[] {
  const faults: FieldFault[] = []
  const sqlite = databaseUrl.startsWith('sqlite:')
  if (sqlite && workers !== null && workers > 1) {
    faults.push({
      path: settings.workers.variable,
      code: 'config.invalid',
      message: 'must be 1 on SQLite; more processes need PostgreSQL',
    })
  }
  if (!sqlite && !hasSealKey) {
    const message = 'is required on PostgreSQL: base64 of 32 random bytes, the same for every process'
    faults.push({ path: settings.sealKey.variable, code: 'config.missing', message })
  }
  return faults
}

/** 16 characters of base64 are 96 bits. */
const GUESSABLE = 16

function warningsOf({ url, tls, listen, operatorToken }: Config, { env }: ConfigSources): string[] {
  const known = new Set<string>([...Object.values(settings).map((setting) => setting.variable), 'ENTENTE_CONFIG'])
  const unknown = Object.keys(env).filter((name) => name.startsWith('ENTENTE_') && !known.has(name))
  const warnings = unknown.map((name) => `${name} is not a setting`)
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

/** Which server a command talks to, and with which token: flags, then variables, then what lies in the data directory. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { manifestFault } from './faults.ts'

export interface Connection {
  /** Without a slash at its end. */
  readonly url: string
  readonly token: string
  /** Where the token was found, for messages; never the token. */
  readonly tokenFrom: string
}

const STANDARD_URL = 'http://localhost:8480'
export const SERVER_HELP = `address of the server (ENTENTE_URL, default ${STANDARD_URL})`

/** Gives the command the flags of the connection. A token is no flag: lists of processes show flags to everybody. */
export function withConnection(command: Command): Command {
  return command
    .option('--server <url>', SERVER_HELP)
    .option('--token-file <file>', 'file with the token to call it with')
}

export const CONNECTION_HELP = `
The token is the one in --token-file, else ENTENTE_TOKEN, else
ENTENTE_OPERATOR_TOKEN, else the file operator-token in ENTENTE_DATA (default
./data). For a server behind an authority of your own, NODE_EXTRA_CA_CERTS names
its PEM file.`

/**
 * Finds the server and the token.
 *
 * Faults: cli.called_wrongly (no address), cli.no_token
 */
export function connectionOf(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Connection {
  return { url: serverOf(flags, env), ...tokenOf(flags, env) }
}

/** The server's address alone. Faults: cli.called_wrongly */
export function serverOf(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const [given, name] = typeof flags.server === 'string' ? [flags.server, '--server'] : [env.ENTENTE_URL, 'ENTENTE_URL']
  return urlOf(given || STANDARD_URL, name)
}

function urlOf(given: string, name: string): string {
  const url = URL.canParse(given) ? new URL(given) : null
  const isAddress = url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === ''
  if (!isAddress || url.password !== '' || url.search !== '' || url.hash !== '') {
    const message = `${name} must be an address like https://id.example.com, without user, query and fragment.`
    throw manifestFault('cli.called_wrongly', { message })
  }
  return url.href.replace(/\/+$/, '')
}

function tokenOf(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Pick<Connection, 'token' | 'tokenFrom'> {
  if (typeof flags.tokenFile === 'string') return tokenIn(flags.tokenFile)
  for (const name of ['ENTENTE_TOKEN', 'ENTENTE_OPERATOR_TOKEN']) {
    const value = env[name]
    if (value) return { token: checked(value, name), tokenFrom: name }
  }
  const file = join(env.ENTENTE_DATA || './data', 'operator-token')
  if (existsSync(file)) return tokenIn(file)
  const message = `There is no token: no --token-file, no ENTENTE_TOKEN, no ENTENTE_OPERATOR_TOKEN, and no file ${file}.`
  throw manifestFault('cli.no_token', { message })
}

function tokenIn(file: string): Pick<Connection, 'token' | 'tokenFrom'> {
  try {
    return { token: checked(readFileSync(file, 'utf8'), file), tokenFrom: file }
  } catch (error) {
    const { code } = Object(error)
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error
    const message = `The token file ${file} ${code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`}.`
    throw manifestFault('cli.no_token', { message })
  }
}

/** A header takes nothing else; the text itself is not quoted. */
function checked(text: string, from: string): string {
  const token = text.trim()
  if (/^[\x21-\x7e]+$/.test(token)) return token
  const what = token === '' ? 'is empty' : 'holds something else than one token'
  throw manifestFault('cli.no_token', { message: `${from} ${what}.` })
}

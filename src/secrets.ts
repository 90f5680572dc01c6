/** The two secrets a start needs: the master seal key and the first operator's token; given, or made once and kept 0600. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { faultsOf } from './fault.ts'

export const secretFaults = {
  'secrets.seal_key_missing': {
    kind: 'invalid',
    message: 'PostgreSQL needs ENTENTE_SEAL_KEY: base64 of 32 random bytes, the same for every process.',
    remedy: 'Make one with `openssl rand -base64 32` and keep it with your other deployment secrets.',
  },
  'secrets.seal_key_unusable': {
    kind: 'invalid',
    message: 'The file seal-key of the data directory does not hold base64 of 32 bytes.',
    remedy: 'Restore the file from the backup that belongs to this database.',
  },
  'secrets.data_unusable': {
    kind: 'invalid',
    message: 'The data directory cannot be used.',
    remedy: 'Set ENTENTE_DATA to a directory that this process may make, read and write.',
  },
} as const

const fault = faultsOf(secretFaults)

export interface SecretsOptions {
  readonly dataDir: string
  readonly engine: 'sqlite' | 'postgres'
  readonly sealKey: Uint8Array | null
  readonly operatorToken: string | null
  readonly randomBytes: (size: number) => Uint8Array
}

export interface Secrets {
  readonly masterKey: Uint8Array
  readonly operatorToken: string
  /** True when the token was made just now: it is shown once, on a terminal only. */
  readonly operatorTokenIsNew: boolean
}

const SEAL_KEY_BYTES = 32
/** 256 bits: the token is compared by hash and never expires. */
const TOKEN_BYTES = 32

/** Reads or makes both. Faults: secrets.seal_key_missing, secrets.seal_key_unusable, secrets.data_unusable */
export function openSecrets(options: SecretsOptions): Secrets {
  const { dataDir, engine, randomBytes } = options
  if (options.sealKey === null && engine === 'postgres') throw fault('secrets.seal_key_missing')
  const make = (size: number, encoding: 'base64' | 'base64url') => Buffer.from(randomBytes(size)).toString(encoding)
  const masterKey = options.sealKey ?? readSealKey(dataDir, make(SEAL_KEY_BYTES, 'base64'))
  if (options.operatorToken !== null)
    return { masterKey, operatorToken: options.operatorToken, operatorTokenIsNew: false }
  const token = readOrMake(dataDir, 'operator-token', make(TOKEN_BYTES, 'base64url'))
  return { masterKey, operatorToken: token.text, operatorTokenIsNew: token.isNew }
}

function readSealKey(dataDir: string, fresh: string): Uint8Array {
  const key = Buffer.from(readOrMake(dataDir, 'seal-key', fresh).text, 'base64')
  if (key.length !== SEAL_KEY_BYTES) throw fault('secrets.seal_key_unusable')
  return key
}

interface Kept {
  readonly text: string
  readonly isNew: boolean
}

function readOrMake(dataDir: string, name: string, fresh: string): Kept {
  try {
    return readOrMakeFile(dataDir, name, fresh)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw fault('secrets.data_unusable', {
      message: `The data directory ${dataDir} cannot be used: ${code} at ${name}.`,
      cause: error,
    })
  }
}

function readOrMakeFile(dataDir: string, name: string, fresh: string): Kept {
  const path = join(dataDir, name)
  if (existsSync(path)) return { text: readFileSync(path, 'utf8').trim(), isNew: false }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700)
  // Written whole under another name, then linked: a crash leaves no half key, and of two processes one wins.
  const draft = `${path}.${process.pid}`
  const file = openSync(draft, 'w', 0o600)
  writeSync(file, `${fresh}\n`)
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(draft, path)
    return { text: fresh, isNew: true }
  } catch (error) {
    if (!existsSync(path)) throw error
    return { text: readFileSync(path, 'utf8').trim(), isNew: false }
  } finally {
    unlinkSync(draft)
  }
}

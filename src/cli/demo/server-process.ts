/** A server of ours as a child process: the program that is running now, on a free port, with nothing of the caller's settings. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface ServerProcessOptions {
  /** Directory for the database, keys, operator token and `server.log`. */
  readonly data: string
  /** Default: a free one. */
  readonly port?: number
  /** `ENTENTE_…` variables besides URL, listener and data. */
  readonly env?: Readonly<Record<string, string>>
  /** Default: the program this file belongs to, run as it is run now. */
  readonly program?: readonly string[]
  /** Default 30 000: a laptop at work, and the first start makes keys. */
  readonly readyTimeoutMs?: number
}

export interface ServerProcess {
  readonly url: string
  readonly port: number
  readonly child: ChildProcess
  readonly logFile: string
  readonly operatorTokenFile: string
  /** Reads what the server generated. */
  operatorToken(): string
  /** Ends it as an operator would; resolves to its exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const READY_POLL_MS = 25

/** Starts the server and waits until it says that it is ready; its end before that is an error that quotes its log. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const port = options.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const logFile = join(options.data, 'server.log')
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 })
  const child = spawn(process.execPath, [...(options.program ?? ownProgram()), 'serve'], {
    env: {
      ...withoutOurs(process.env),
      ENTENTE_URL: url,
      ENTENTE_LISTEN: `127.0.0.1:${port}`,
      ENTENTE_DATA: options.data,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', (code) => resolve(code))
  })
  await untilReady(url, child, options.readyTimeoutMs ?? 30_000, logFile)
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  const operatorTokenFile = join(options.data, 'operator-token')
  return {
    url,
    port,
    child,
    logFile,
    operatorTokenFile,
    operatorToken: () => readFileSync(operatorTokenFile, 'utf8').trim(),
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL')
    },
  }
}

/** This program once more, with the loader it is running under (sources under tsx, or a build). */
function ownProgram(): string[] {
  return [...process.execArgv, ...process.argv.slice(1, 2)]
}

/** The caller's own server settings must not leak into this one. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ENTENTE_')))
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address === null || typeof address === 'string' ? reject(new Error('no port')) : resolve(address.port),
      )
    })
  })
}

async function untilReady(url: string, child: ChildProcess, timeoutMs: number, logFile: string): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}:\n${tail(logFile)}`)
    }
    if (await isReady(url)) return
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS))
  }
  child.kill('SIGKILL')
  throw new Error(`the server was not ready after ${timeoutMs} ms:\n${tail(logFile)}`)
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

/** The end of a log, for an error message. */
export function tail(file: string, lines = 20): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : ''
}

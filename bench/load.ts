/** Loads a server for a while over keep-alive connections and tells what it cost the server, by the server's own CPU clock. */
import { execFileSync } from 'node:child_process'
import { Pool } from 'undici'
import { type Drive, drive, type Measured } from './drive.ts'

export interface Load extends Drive {
  readonly url: string
  /** Of several, each in turn. */
  readonly path: string | readonly string[]
  /** Each in turn, or made for the nth request. */
  readonly bodies: readonly string[] | ((n: number) => string)
  readonly headers: Readonly<Record<string, string>>
  readonly method?: 'GET' | 'POST'
}

export async function load(options: Load): Promise<Measured> {
  const { headers } = options
  const paths = typeof options.path === 'string' ? [options.path] : options.path
  const pool = new Pool(options.url, { connections: options.connections, pipelining: 1 })
  let next = 0
  const one = async () => {
    const n = next++
    const path = paths[n % paths.length] ?? ''
    const body = bodyOf(options, n)
    const method = options.method ?? 'POST'
    const answer = await pool.request({ path, method, headers, ...(method === 'POST' ? { body } : {}) })
    await answer.body.dump()
    return answer.statusCode === 200
  }
  // Opening the connections takes tens of milliseconds, once: not a latency of the server's.
  await Promise.all(Array.from({ length: options.connections }, one))
  const measured = await drive(options, one)
  await pool.close()
  return measured
}

function bodyOf({ bodies }: Load, n: number): string {
  return typeof bodies === 'function' ? bodies(n) : (bodies[n % bodies.length] ?? '')
}

/** Puts this process on the last core, so that load and server do not share one. */
export function leaveServerCore(): void {
  try {
    execFileSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)], { stdio: 'ignore' })
  } catch {
    process.stderr.write('taskset is not there: load and server share the cores, ratios are rougher\n')
  }
}

/** Starts a contestant on the first core and reads its CPU time. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Contestant {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** A run that throws leaves nobody behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

const hasTaskset = spawnSync('taskset', ['-V']).status === 0

/** Runs `command` with `env`, answers once it printed `ready` or its health page answers. */
export async function startContestant(
  command: readonly string[],
  env: Record<string, string>,
  port: number,
  readyPath: string,
): Promise<Contestant> {
  const child = onServerCore(command, { ...env, NODE_ENV: 'production' })
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 1_500) throw new Error(`${command.join(' ')} did not start`)
    const answer = await fetch(url + readyPath).catch(() => null)
    await answer?.arrayBuffer()
    if (answer !== null && answer.status < 500) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  // taskset replaces itself by the command, so the child's pid is the server's.
  return { url, pid: pidOf(child), stop: () => stop(child) }
}

/** A program that spins on the servers' core and so takes the half of it that the scheduler gives each of two who want all. */
export function startSpinner(): { stop(): Promise<void> } {
  // Ends with its parent, also when that one is killed.
  const child = onServerCore(
    [process.execPath, '-e', 'const parent = process.ppid; while (process.ppid === parent);'],
    {},
  )
  return { stop: () => stop(child) }
}

function onServerCore(command: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const [file = process.execPath, ...args] = hasTaskset ? ['taskset', '-c', '0', ...command] : command
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the server has no pid')
  return child.pid
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** Resident memory of a process, now. Source: proc(5), VmRSS of status. */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

/** User and system time of a process in seconds. Source: proc(5), fields 14 and 15 of stat, in ticks of 10 ms. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Runs the program's commands to their end, as a script does. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { program } from './world.ts'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Everything that a child printed, once it has ended. */
export function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...output }))
  })
}

/** Nothing of our own environment but the path reaches the command. */
export function runProgram(args: readonly string[], env: Readonly<Record<string, string>>, stdin = ''): Promise<Ended> {
  const child = spawn(process.execPath, [...program(), ...args], { env: { PATH: process.env.PATH, ...env } })
  // A command that reads nothing may have ended already.
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  return endOf(child)
}

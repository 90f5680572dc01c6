/** Runs one named step of a script and says how it went: its name, its seconds, and its output only where that helps. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = new URL('..', import.meta.url)

/** How often a step that writes to a file or a CI log says that it is still at work. */
const STILL_RUNNING_MS = 15_000
const FRAME_MS = 120
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Kept of a quiet step's output, to be shown if it fails. */
const KEPT_CHARACTERS = 200_000

function paint(stream, code, text) {
  return stream.isTTY === true && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

/** Says a finished or failed step's one line. */
export function say(ok, name, since, stream = process.stdout) {
  const mark = ok ? paint(stream, 32, '✓') : paint(stream, 31, '✗')
  stream.write(`${mark} ${name}${since === undefined ? '' : `  ${paint(stream, 2, seconds(since))}`}\n`)
}

/**
 * Runs work as a step: a spinner on a terminal, plain lines elsewhere. Resolves to what the work resolves to; a failure
 * is said and thrown on.
 */
export async function step(name, work, stream = process.stdout) {
  const since = performance.now()
  const terminal = stream.isTTY === true
  let frame = 0
  if (!terminal) stream.write(`▸ ${name} …\n`)
  const timer = setInterval(
    () => {
      if (terminal) stream.write(`\r${FRAMES[frame++ % FRAMES.length]} ${name}  ${seconds(since)} `)
      else stream.write(`  ${name}: still running, ${seconds(since)}\n`)
    },
    terminal ? FRAME_MS : STILL_RUNNING_MS,
  )
  const stop = () => {
    clearInterval(timer)
    if (terminal) stream.write('\r\u001b[K')
  }
  try {
    const result = await work()
    stop()
    say(true, name, since, stream)
    return result
  } catch (error) {
    stop()
    say(false, name, since, stream)
    throw error
  }
}

/** A command that ended badly, with what it had written. */
export class CommandFailed extends Error {
  constructor(command, ended, output) {
    super(`${command} ${ended}`)
    this.name = 'CommandFailed'
    this.output = output
  }
}

/** Runs a command without input. `show` lets its output through; else it is kept, and travels with a failure. */
export function run(command, args, { show = false, env = {}, cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_CHARACTERS)
    }
    child.stdout?.setEncoding('utf8').on('data', keep)
    child.stderr?.setEncoding('utf8').on('data', keep)
    child.on('error', (error) => reject(new CommandFailed(command, `could not be started (${error.code})`, output)))
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new CommandFailed(command, signal === null ? `ended with ${code}` : `was ended by ${signal}`, output))
    })
  })
}

/** Runs a program of node_modules by its script, without npx and its start-up. */
export function runTool(script, args, options) {
  return run(process.execPath, [fileURLToPath(new URL(`node_modules/${script}`, ROOT)), ...args], options)
}

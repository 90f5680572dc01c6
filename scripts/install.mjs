/**
 * Makes sure that what package-lock.json names is installed and that the SQLite binding loads, on a machine where nothing
 * but Node and npm was installed by hand. A stamp inside node_modules remembers what was installed; a second run is instant.
 */
import './node-version.mjs'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installBuildTools, missingBuildTools } from './build-tools.mjs'
import { CommandFailed, ROOT, run, step } from './phase.mjs'

const MODULES = new URL('node_modules/', ROOT)
const STAMP = new URL('.entente-install', MODULES)

/** What an install depends on: the lock file, and the Node that native bindings are built for. */
function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(new URL('package-lock.json', ROOT)))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex')
}

/** True when an earlier run installed exactly this and saw SQLite load. */
function isInstalled() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
}

/** True when npm's own record in node_modules says that somebody ran `npm ci` for this lock file by hand. */
function matchesLock() {
  try {
    const wanted = packagesOf(new URL('package-lock.json', ROOT))
    const present = packagesOf(new URL('.package-lock.json', MODULES))
    // The record leaves out the project itself and optional packages of other systems.
    return Object.entries(wanted).every(
      ([path, entry]) => path === '' || entry.optional === true || present[path]?.version === entry.version,
    )
  } catch {
    return false
  }
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/** The C headers that came with this Node, so that building needs no download; nothing where there are none. */
function headers() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(`${prefix}/include/node/node.h`) ? { npm_config_nodedir: prefix } : {}
}

function npm(args) {
  // npm's own script beside this Node when npm started us, else whatever `npm` is on the path.
  const script = process.env.npm_execpath
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  return script?.endsWith('.js')
    ? run(process.execPath, [script, ...args, ...quiet], { env: headers() })
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...quiet], { env: headers() })
}

async function loadsSqlite() {
  try {
    // In a process of its own: a binding built for another Node must not stay loaded here.
    await run(process.execPath, ['-e', `new (require('better-sqlite3'))(':memory:').close()`])
    return true
  } catch {
    return false
  }
}

async function buildTools(stream) {
  const missing = missingBuildTools()
  if (missing.length === 0) return
  await step(
    `build tools (${missing.join(', ')}) through the system's package manager`,
    () => installBuildTools(missing),
    stream,
  )
}

async function installPackages(stream) {
  // Development packages too, whatever NODE_ENV says: the demo builds, the tests test.
  const ci = () => step('npm packages', () => npm(['ci', '--include=dev']), stream)
  try {
    await ci()
  } catch (error) {
    // The usual reason on a bare machine: no SQLite binary to download, and no compiler to make one.
    if (!(error instanceof CommandFailed) || missingBuildTools().length === 0) throw error
    stream.write('  No SQLite binary could be fetched, so it is compiled here.\n')
    await buildTools(stream)
    await ci()
  }
}

async function buildSqlite(stream) {
  if (await loadsSqlite()) return
  await buildTools(stream)
  await step(
    'SQLite binding, from source (about a minute)',
    () => npm(['rebuild', 'better-sqlite3', '--build-from-source']),
    stream,
  )
  if (!(await loadsSqlite())) throw new CommandFailed('better-sqlite3', 'was built but does not load', '')
}

/** Installs what is missing; returns at once when nothing is. Progress goes to `stream`. */
export async function ensureInstalled(stream = process.stdout) {
  if (isInstalled()) return
  if (!matchesLock()) await installPackages(stream)
  await buildSqlite(stream)
  writeFileSync(STAMP, fingerprint())
}

/** Installs or ends the process with a sentence that says what to do. */
export async function installOrExit(stream = process.stdout) {
  try {
    await ensureInstalled(stream)
  } catch (error) {
    explain(error)
    process.exit(1)
  }
}

/** Says why a step failed, with the end of what its command wrote. */
export function explain(error) {
  if (error instanceof CommandFailed && error.output !== '') process.stderr.write(`${error.output.trimEnd()}\n`)
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await installOrExit()

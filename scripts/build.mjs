/**
 * `npm run build`, and what every other script does before it starts the program: builds dist/ when it is missing or when a
 * source has changed since. The program and the console each have a stamp inside dist that remembers their sources.
 */
import './node-version.mjs'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundle } from './bundle.mjs'
import { compressFiles } from './compress.mjs'
import { explain } from './install.mjs'
import { ROOT, runTool, step } from './phase.mjs'

/** The program that every script starts. */
export const PROGRAM = new URL('dist/program/entente.js', ROOT)

const CONSOLE = new URL('dist/console/', ROOT)

const PARTS = [
  {
    name: 'build',
    made: PROGRAM,
    stamp: new URL('dist/.entente-build', ROOT),
    sources: ['src', 'simulators', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    async make() {
      await runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json'])
      await bundle(new URL('dist/src/cli/index.js', ROOT), PROGRAM)
    },
  },
  {
    name: 'build of the console',
    made: new URL('index.html', CONSOLE),
    stamp: new URL('dist/.entente-console-build', ROOT),
    // The console uses what we publish for pages and callers.
    sources: ['console', 'src/client', 'src/resource-server', 'tsconfig.json', 'package-lock.json'],
    async make() {
      await runTool('vite/bin/vite.js', ['build', 'console', '--logLevel', 'warn'])
      compressFiles(fileURLToPath(CONSOLE))
    },
  },
]

function fingerprint({ sources }) {
  const hash = createHash('sha256')
  const add = (path) => hash.update(`${path}\0`).update(readFileSync(new URL(path, ROOT)))
  for (const source of sources) for (const path of filesOf(source)) add(path)
  return hash.digest('hex')
}

/** The file itself, or all files below the folder. */
function filesOf(source) {
  const isFile = (path) => statSync(new URL(path, ROOT)).isFile()
  if (isFile(source)) return [source]
  const names = readdirSync(new URL(source, ROOT), { recursive: true, encoding: 'utf8' })
  return names
    .map((name) => `${source}/${name}`)
    .filter(isFile)
    .sort()
}

function isFresh({ made, stamp }, sources) {
  return existsSync(made) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources
}

/** Builds unless dist/ is up to date. */
export async function ensureBuilt(stream = process.stdout) {
  for (const part of PARTS) {
    const sources = fingerprint(part)
    if (isFresh(part, sources)) continue
    await step(part.name, part.make, stream)
    writeFileSync(part.stamp, sources)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    // Standard output may be piped: `npm pack --json` runs this, too.
    await ensureBuilt(process.stderr)
  } catch (error) {
    explain(error)
    process.exitCode = 1
  }
}

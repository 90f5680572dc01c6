/** Builds dist/ when it is missing or when a source has changed since; a stamp inside dist remembers the sources. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { ROOT, runTool, step } from './phase.mjs'

/** The program that every script starts. */
export const PROGRAM = new URL('dist/src/cli/index.js', ROOT)

const STAMP = new URL('dist/.entente-build', ROOT)
const SOURCES = ['src', 'simulators']
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json']

function fingerprint() {
  const hash = createHash('sha256')
  const add = (path) => hash.update(`${path}\0`).update(readFileSync(new URL(path, ROOT)))
  for (const path of SETTINGS) add(path)
  for (const folder of SOURCES) {
    const names = readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    for (const name of names.filter((name) => name.endsWith('.ts')).sort()) add(`${folder}/${name}`)
  }
  return hash.digest('hex')
}

/** True when dist/ was built from exactly these sources. */
export function isBuilt() {
  return existsSync(PROGRAM) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
}

/** Builds unless dist/ is up to date. */
export async function ensureBuilt(stream = process.stdout) {
  if (isBuilt()) return
  const sources = fingerprint()
  await step('build', () => runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']), stream)
  writeFileSync(STAMP, sources)
}

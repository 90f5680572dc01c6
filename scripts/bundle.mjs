/**
 * Puts our program, some seven hundred files as the compiler leaves them, into a few: to find, read and link them one by one took
 * half of a start. Packages stay where they are, so that what audits and updates them sees them, but for two that come in
 * hundreds of files themselves and speak to nobody. Nothing is made unreadable: traces name our functions.
 */
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from './phase.mjs'

/** A builder of queries and a builder of schemas; what both build, others run. */
const INLINED = ['kysely', 'typebox']

/** From the compiled entry `from` to the program `to`, whose folder is made anew. */
export async function bundle(from, to) {
  // Here, since this file is loaded before packages are installed.
  const { build } = await import('esbuild')
  const program = fileURLToPath(to)
  const folder = dirname(program)
  rmSync(folder, { recursive: true, force: true })
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'))
  await build({
    entryPoints: { [basename(program, '.js')]: fileURLToPath(from) },
    outdir: folder,
    bundle: true,
    // What a command does not need stays unread.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: Object.keys(dependencies).filter((name) => !INLINED.includes(name)),
    chunkNames: '[name]-[hash]',
    logLevel: 'warning',
  })
  for (const name of INLINED) copyLicence(name, folder)
}

/** Their licences ask to go with them. */
function copyLicence(name, folder) {
  const home = fileURLToPath(new URL(`node_modules/${name}`, ROOT))
  const file = readdirSync(home).find((one) => /^licen[cs]e(\.|$)/i.test(one))
  if (file === undefined) throw new Error(`${name} has no licence file`)
  copyFileSync(join(home, file), join(folder, `LICENSE-${name}`))
}

/** Runs the program: at once when it is built, else after installing and building. Its signals and exit code are its own. */
import './node-version.mjs'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureBuilt, PROGRAM } from './build.mjs'
import { explain, installOrExit } from './install.mjs'
import { ROOT } from './phase.mjs'

if (!existsSync(PROGRAM) || !existsSync(new URL('node_modules', ROOT))) {
  // Progress goes to stderr: a command's output may be piped somewhere.
  await installOrExit(process.stderr)
  try {
    await ensureBuilt(process.stderr)
  } catch (error) {
    explain(error)
    process.exit(1)
  }
}

process.argv[1] = fileURLToPath(PROGRAM)
await import(PROGRAM.href)

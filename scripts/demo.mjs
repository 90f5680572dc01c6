/** `npm run demo`: installs and builds what is missing or stale, then tells the story of `entente demo`. */
import './node-version.mjs'
import { fileURLToPath } from 'node:url'
import { ensureBuilt, PROGRAM } from './build.mjs'
import { explain, installOrExit } from './install.mjs'

await installOrExit()
try {
  await ensureBuilt()
} catch (error) {
  explain(error)
  process.exit(1)
}

process.argv = [process.argv[0] ?? 'node', fileURLToPath(PROGRAM), 'demo', ...process.argv.slice(2)]
await import(PROGRAM.href)

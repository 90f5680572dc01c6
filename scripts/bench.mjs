/** `npm run bench [-- --help]`: builds, then measures. */
import { spawnSync } from 'node:child_process'
import { ensureBuilt } from './build.mjs'

await ensureBuilt()
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)

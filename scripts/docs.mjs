/** `npm run docs [-- --check]`: writes what is generated under docs/reference/, or fails when it is stale. */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/docs/main.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)

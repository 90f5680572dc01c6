/** `npm run bench [-- --help]`: builds, then measures. */
import { spawnSync } from 'node:child_process'

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
run('npx', ['tsc', '-p', 'tsconfig.build.json'])
run(process.execPath, ['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)])

/** `npm run check`: types, lint and the unit tests (imports and SQLite suites among them), side by side; under a minute. */
import './node-version.mjs'
import { ensureInstalled, explain } from './install.mjs'
import { runTool, say } from './phase.mjs'
import { TYPE_CHECKS } from './types.mjs'

const since = performance.now()
let failed = 0

/** Runs one check; its output is shown only if it fails, so that several at once stay readable. */
async function check(name, work) {
  const started = performance.now()
  try {
    await work()
    say(true, name, started)
  } catch (error) {
    say(false, name, started)
    explain(error)
    failed += 1
  }
}

try {
  await ensureInstalled()
} catch (error) {
  explain(error)
  process.exit(1)
}
await Promise.all([
  check('lint', () => runTool('@biomejs/biome/bin/biome', ['check', '.'])),
  ...TYPE_CHECKS.map(([name, work]) => check(name, work)),
  // Many of them wait for timers: more workers than cores keep the cores busy.
  check('unit tests', () => runTool('vitest/vitest.mjs', ['run', '--project', 'unit', '--maxWorkers', '4'])),
])
say(failed === 0, 'check', since)
process.exitCode = failed === 0 ? 0 : 1

/** `npm run check`: types, lint and the unit tests (imports and SQLite suites among them), side by side; under a minute. */
import './node-version.mjs'
import { ensureInstalled, explain } from './install.mjs'
import { runTool, say } from './phase.mjs'

const since = performance.now()
let failed = 0

/** Runs one check; its output is shown only if it fails, so that several at once stay readable. */
async function check(name, script, args) {
  const started = performance.now()
  try {
    await runTool(script, args)
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
  check('lint', '@biomejs/biome/bin/biome', ['check', '.']),
  check('types', 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']),
  // Many of them wait for timers: more workers than cores keep the cores busy.
  check('unit tests', 'vitest/vitest.mjs', ['run', '--project', 'unit', '--maxWorkers', '4']),
])
say(failed === 0, 'check', since)
process.exitCode = failed === 0 ? 0 : 1

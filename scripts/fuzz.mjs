/**
 * `npm run fuzz [SEED]`: the properties and ten thousand requests to each face with a seed that no run has had, or the one
 * given. A failure found here becomes a test of its own beside the code.
 */
import './node-version.mjs'
import { execFileSync } from 'node:child_process'
import { ensureInstalled } from './install.mjs'
import { ROOT, runTool } from './phase.mjs'

await ensureInstalled()
const [seed = String(Math.floor(Math.random() * 1e9))] = process.argv.slice(2)
const users = ['-rlE', "from 'fast-check'|fuzzFace", '--include=*.test.ts', 'src', 'simulators', 'console', 'test']
const files = execFileSync('grep', users, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n')
process.stdout.write(`seed ${seed}, ${files.length} files\n`)
try {
  await runTool('vitest/vitest.mjs', ['run', '--reporter=dot', ...files], {
    show: true,
    env: { ENTENTE_TEST_SEED: seed },
  })
} catch {
  process.stdout.write(`\nfailed with seed ${seed}: repeat it by npm run fuzz ${seed}\n`)
  process.exitCode = 1
}

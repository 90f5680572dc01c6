/**
 * `npm test`: installs, then types, lint, generated documents, build, and every test. All steps run even after one has
 * failed. The last line is `N passed, N failed`; a step that failed counts as one failure.
 */
import './node-version.mjs'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureApache } from './apache.mjs'
import { ensureBuilt } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled, explain } from './install.mjs'
import { run, runTool, say, step } from './phase.mjs'
import { ensureSamlPeers } from './saml-peers.mjs'
import { TYPE_CHECKS } from './types.mjs'
import { ensureXmlsec } from './xmlsec.mjs'

let failedSteps = 0

/** Runs a step; a failure is explained and counted. True when it held. */
async function attempt(name, work) {
  try {
    await step(name, work)
    return true
  } catch (error) {
    explain(error)
    failedSteps += 1
    return false
  }
}

/** Runs every vitest project with its output shown, and counts from its own report. */
async function runTests(options) {
  const folder = mkdtempSync(join(tmpdir(), 'entente-test-'))
  const report = join(folder, 'report.json')
  const since = performance.now()
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...options]
  process.stdout.write('▸ tests …\n')
  let ended = null
  try {
    // Peers run the program as it is shipped.
    await runTool('vitest/vitest.mjs', args, { show: true, env: { ENTENTE_TEST_PROGRAM: 'dist' } })
  } catch (error) {
    ended = error
  }
  try {
    const counts = count(JSON.parse(readFileSync(report, 'utf8')))
    // vitest also fails for what no test owns, an unhandled rejection for instance.
    if (ended !== null && counts.failed === 0) counts.failed = 1
    say(counts.failed === 0, 'tests', since)
    return counts
  } catch (error) {
    explain(ended ?? error)
    say(false, 'tests', since)
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Counts tests; a file that failed without a failed test (it did not load, a hook threw) is one failure. */
function count(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed').length
    counts.passed += file.assertionResults.filter((test) => test.status === 'passed').length
    counts.skipped += file.assertionResults.filter(
      (test) => test.status !== 'passed' && test.status !== 'failed',
    ).length
    counts.failed += failed === 0 && file.status === 'failed' ? 1 : failed
  }
  return counts
}

/** Not every system has the packages: the test that needs them is skipped by name then, and says why. */
async function findRelyingParty() {
  await step('Apache for a foreign relying party', async () => {
    try {
      const { program, modules } = await ensureApache()
      process.env.ENTENTE_TEST_APACHE = `${program} ${modules}`
    } catch (error) {
      process.env.ENTENTE_TEST_APACHE_MISSING = error.message
      process.stdout.write(`  skipped: ${error.message}\n`)
    }
  })
}

const since = performance.now()
let tests = { passed: 0, failed: 0, skipped: 0 }
if (await attempt('install', () => ensureInstalled())) {
  for (const [name, work] of TYPE_CHECKS) await attempt(name, work)
  await attempt('lint', () => runTool('@biomejs/biome/bin/biome', ['check', '.']))
  await attempt('generated documents', () => run(process.execPath, ['scripts/docs.mjs', '--check']))
  await attempt('browser for the journeys', async () => {
    process.env.ENTENTE_TEST_CHROMIUM = await ensureChromium()
  })
  await findRelyingParty()
  await attempt('the other judge of signatures', ensureXmlsec)
  // Where they cannot be had, the tests that need them say so.
  await attempt('identity providers for the SAML tests', async () => {
    Object.assign(process.env, await ensureSamlPeers())
  })
  // Without a program there is nothing for the peers to run; the build's own output says why.
  if (await attempt('build', () => ensureBuilt())) tests = await runTests(process.argv.slice(2))
}

const failed = tests.failed + failedSteps
say(failed === 0, 'all', since)
const skipped = tests.skipped === 0 ? '' : `, ${tests.skipped} skipped`
process.stdout.write(`${tests.passed} passed, ${failed} failed${skipped}\n`)
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1

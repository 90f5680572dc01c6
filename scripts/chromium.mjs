/**
 * The browser of the journeys: the Chromium or Chrome of this machine, else one installed through its package manager.
 * Run by itself it prints where the browser is.
 */
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { explain } from './install.mjs'
import { run } from './phase.mjs'
import { installSystemPackages, onPath } from './system-packages.mjs'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge']
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where a browser is that starts; null where there is none. ENTENTE_TEST_CHROMIUM goes before all others. */
export async function findChromium() {
  const named = process.env.ENTENTE_TEST_CHROMIUM ?? ''
  if (named !== '') return named
  const found = [...PROGRAMS.map(onPath), ...APPLICATIONS.filter((file) => existsSync(file))]
  for (const file of found) {
    // Ubuntu has a `chromium-browser` that only says where to get one: what does not start is none.
    if (file !== null && (await starts(file))) return file
  }
  return null
}

async function starts(file) {
  try {
    return /\d+\.\d+/.test(await run(file, ['--version']))
  } catch {
    return false
  }
}

/** Where a browser is, after installing one if need be; a fault's message says what the reader has to do by hand. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found !== null) return found
  await installSystemPackages('The journeys need a browser', [{ name: 'chromium' }])
  const installed = await findChromium()
  if (installed !== null) return installed
  throw new Error(
    'The package manager brought no Chromium that starts. Please install Chromium or Chrome, or name one in ENTENTE_TEST_CHROMIUM.',
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.stdout.write(`${await ensureChromium()}\n`)
  } catch (error) {
    explain(error)
    process.exitCode = 1
  }
}

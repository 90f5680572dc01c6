/** A real browser for the journeys: the machine's own Chromium, with a profile of its own and without errands of its own. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

/** Opens the browser, with further arguments; where the machine has none, `scripts/chromium.mjs` installs one or says what to do. */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.ENTENTE_TEST_CHROMIUM ?? installed(),
    headless: true,
    // Its sandbox wants rights that containers and root lack; it only ever sees servers of these tests.
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })
}

function installed(): string {
  const script = fileURLToPath(new URL('../../scripts/chromium.mjs', import.meta.url))
  const output = execFileSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  return output.trim()
}

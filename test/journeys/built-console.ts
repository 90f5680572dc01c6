/** The console as a server finds it: built, which takes no time where nothing has changed since. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export function buildConsole(): void {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))
  execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] })
}

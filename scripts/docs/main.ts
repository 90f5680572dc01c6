/** What is generated, each file a function of the code: written, or compared; then every link between pages is followed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { clientTypes } from './client-types.ts'
import { configPage } from './config-page.ts'
import { deadLinks } from './dead-links.ts'
import { facesPage } from './faces-page.ts'
import { faultsPage } from './faults-page.ts'
import { lintPage } from './lint-page.ts'

const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'src/client/api.ts': clientTypes,
  'docs/reference/config.md': configPage,
  'docs/reference/faces.md': facesPage,
  'docs/reference/faults.md': faultsPage,
  'docs/reference/lint.md': lintPage,
}

const check = process.argv.includes('--check')
const stale: string[] = []
mkdirSync('docs/reference', { recursive: true })
for (const [file, make] of Object.entries(PAGES)) {
  const page = await make()
  if (existsSync(file) && readFileSync(file, 'utf8') === page) continue
  if (check) stale.push(file)
  else writeFileSync(file, page)
}
if (stale.length > 0) {
  process.stderr.write(`stale, run npm run docs: ${stale.join(', ')}\n`)
  process.exit(1)
}
const dead = deadLinks()
if (dead.length > 0) {
  process.stderr.write(`links that lead nowhere:\n${dead.join('\n')}\n`)
  process.exit(1)
}

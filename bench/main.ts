/**
 * `npm run bench`: the bars, as ratios within one run. Every contestant runs on the first core, the load on the other. Ends
 * with 1 if a bar is missed, unless it was only a look.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { leaveServerCore } from './load.ts'
import { measureLogins } from './logins-bench.ts'
import { loginTable } from './logins-report.ts'
import { measureMemory } from './memory-bench.ts'
import { memoryTable } from './memory-report.ts'
import { measureProcesses } from './processes-bench.ts'
import { processesTable } from './processes-report.ts'
import { measureRegistry } from './registry-bench.ts'
import { registryTable } from './registry-report.ts'
import { tokenTable, withParts } from './report.ts'
import { QUICK, USUAL } from './rounds.ts'
import { measureSaml } from './saml-bench.ts'
import { samlTable } from './saml-report.ts'
import { missedIn } from './tables.ts'
import { measureTokens } from './tokens-bench.ts'

const HELP = `npm run bench [-- options]

  --only <part>   tokens, registry, logins, saml, processes or memory; without it, all
  --quick         one short round: a look, not a measurement
  --providers <n> the most providers of the registry (default 100000)
  --minutes <n>   how long memory is watched (default 10)
  --write         put the tables into docs/performance.md; a part that was not measured stays as it is there
  --help          this text
`
const PERFORMANCE = 'docs/performance.md'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    providers: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '10' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const pace = values.quick ? QUICK : USUAL
const most = Number(values.providers)
const minutes = Number(values.minutes)

const PARTS: Readonly<Record<string, () => Promise<string[]>>> = {
  tokens: async () => tokenTable(await measureTokens(pace), pace),
  registry: async () => registryTable(await measureRegistry(pace, most), pace),
  logins: async () => loginTable(await measureLogins(pace), pace),
  saml: async () => samlTable(await measureSaml(pace)),
  processes: async () => processesTable(await measureProcesses(pace), pace),
  memory: async () => memoryTable(await measureMemory(pace, minutes)),
}
const wanted = Object.entries(PARTS).filter(([name]) => values.only === undefined || values.only === name)
if (values.help || wanted.length === 0 || !(most > 10) || !(minutes > 0)) {
  process.stdout.write(HELP)
  process.exit(values.help ? 0 : 1)
}

leaveServerCore()
let missed = 0
for (const [, measure] of wanted) {
  const part = await measure()
  missed += missedIn(part)
  process.stdout.write(`${part.join('\n')}\n`)
  // At once: a later part that fails takes nothing with it.
  if (values.write) writeFileSync(PERFORMANCE, withParts(readFileSync(PERFORMANCE, 'utf8'), [part]))
}
if (missed > 0 && !values.quick) process.exitCode = 1

/**
 * `npm run bench`: the bars, as ratios within one run. Every contestant runs on the first core, the load on the other.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { leaveServerCore } from './load.ts'
import { measureRegistry } from './registry-bench.ts'
import { registryTable } from './registry-report.ts'
import { heading, tokenTable, withParts } from './report.ts'
import { QUICK, USUAL } from './rounds.ts'
import { measureTokens } from './tokens-bench.ts'

const HELP = `npm run bench [-- options]

  --only <part>   tokens or registry; without it, both
  --quick         one short round: a look, not a measurement
  --providers <n> the most providers of the registry (default 100000)
  --write         put the tables into docs/performance.md; a part that was not measured stays as it is there
  --help          this text
`
const PARTS = ['tokens', 'registry']
const PERFORMANCE = 'docs/performance.md'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    providers: { type: 'string', default: '100000' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const most = Number(values.providers)
if (values.help || (values.only !== undefined && !PARTS.includes(values.only)) || !(most > 10)) {
  process.stdout.write(HELP)
  process.exit(values.help ? 0 : 1)
}
const wanted = (part: string) => values.only === undefined || values.only === part
const pace = values.quick ? QUICK : USUAL

leaveServerCore()
const parts: string[][] = []
if (wanted('tokens')) parts.push(tokenTable(await measureTokens(pace)))
if (wanted('registry')) parts.push(registryTable(await measureRegistry(pace, most)))

const head = heading({ node: process.version, cpu: cpus()[0]?.model ?? 'unknown', ...pace })
process.stdout.write(withParts('', head, parts))
if (values.write) writeFileSync(PERFORMANCE, withParts(readFileSync(PERFORMANCE, 'utf8'), head, parts))

/** `entente diff`: what applying files would change. */
import { Command } from 'commander'
import { applyDocuments, withDocuments } from './manifests/apply-run.ts'
import { CONNECTION_HELP } from './manifests/connection.ts'
import { run } from './manifests/run.ts'

/** Scripts tell differences (1) from errors by anything above. */
const FAILED = 2

const HELP = `${CONNECTION_HELP}

Nothing is written; upstreams are asked as if it were. Exit codes: 0 no
difference, 1 differences, 2 an error.

Examples:
  entente diff -f manifests/
  entente diff -f manifests/ -o json > plan.json
  entente diff -f manifests/ && echo "the server is as the files say"`

export function diffCommand(): Command {
  const command = new Command('diff').description('show what applying files would change, field by field')
  return withDocuments(command).addHelpText('after', HELP).action(diff)
}

function diff(flags: Record<string, unknown>): Promise<void> {
  return run(async () => {
    const results = await applyDocuments(flags, { dryRun: true, withNew: true })
    if (results.some(({ result }) => result === 'failed')) return FAILED
    return results.every(({ result }) => result === 'unchanged') ? 0 : 1
  }, FAILED)
}

/** `entente apply`: makes the server's objects what files say, all of them or none. */
import { Command } from 'commander'
import { applyDocuments, withDocuments } from './manifests/apply-run.ts'
import { CONNECTION_HELP } from './manifests/connection.ts'
import { run } from './manifests/run.ts'

const HELP = `${CONNECTION_HELP}

All documents are written, or none. Exit codes: 0 done, 1 failed, 2 called
wrongly or files that cannot be read.

Examples:
  entente apply -f trust.yaml --dry-run
  entente apply -f manifests/ -n acme
  entente get trust -o yaml | entente apply -f -
  entente apply -f trusts.yaml --server https://id.example.com --token-file ./token`

export function applyCommand(): Command {
  const command = new Command('apply')
    .description('create or replace what documents in files say: all of them, or none')
    .option('--dry-run', 'judge and compare, write nothing')
  return withDocuments(command).addHelpText('after', HELP).action(apply)
}

function apply(flags: Record<string, unknown>): Promise<void> {
  return run(async () => {
    const results = await applyDocuments(flags, { dryRun: flags.dryRun === true, withNew: false })
    return results.some(({ result }) => result === 'failed') ? 1 : 0
  })
}

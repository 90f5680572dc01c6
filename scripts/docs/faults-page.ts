/** Every code a caller or operator can meet, from the rooms' catalogues. */
import { claimFaults } from '../../src/claims/faults.ts'
import { decisionFaults } from '../../src/decisions/faults.ts'
import { faceFaults } from '../../src/faces/faults.ts'
import type { FaultCatalogue } from '../../src/fault.ts'
import { callerFaults } from '../../src/http/caller.ts'
import { listenFaults } from '../../src/http/listen-fault.ts'
import { outboundFaults } from '../../src/http/outbound-faults.ts'
import { pageTokenFaults } from '../../src/http/page-token.ts'
import { keyFaults } from '../../src/keys/faults.ts'
import { decisionCodes } from '../../src/planes/faults.ts'
import { protocolFaults } from '../../src/protocols/faults.ts'
import { registryFaults } from '../../src/registry/faults.ts'
import { secretFaults } from '../../src/secrets.ts'
import { storageFaults } from '../../src/storage/faults.ts'

const ERRORS: Readonly<Record<string, FaultCatalogue>> = {
  'Callers and paging': { ...callerFaults, ...pageTokenFaults },
  'Management APIs': faceFaults,
  Registry: registryFaults,
  Conditions: claimFaults,
  Upstreams: { ...protocolFaults, ...outboundFaults },
  Decisions: decisionFaults,
  'Start and storage': { ...secretFaults, ...listenFaults, ...keyFaults, ...storageFaults },
}

export function faultsPage(): string {
  return [
    '# Codes',
    '',
    'Generated from the catalogues of the rooms; change them there and run `npm run docs`. Codes are stable.',
    '',
    '## Outcomes of decisions',
    '',
    'What `spec.code` of a decision says. Callers of token endpoints see one fixed text and the decision id.',
    '',
    '| code | why | what to do |',
    '|---|---|---|',
    ...Object.entries(decisionCodes).map(([code, { message, remedy }]) => `| \`${code}\` | ${message} | ${remedy} |`),
    ...Object.entries(ERRORS).flatMap(([title, catalogue]) => ['', `## ${title}`, '', ...table(catalogue)]),
    '',
  ].join('\n')
}

function table(catalogue: FaultCatalogue): string[] {
  const rows = Object.entries(catalogue).map(
    ([code, { kind, message, remedy }]) => `| \`${code}\` | ${kind} | ${message} | ${remedy} |`,
  )
  return ['| code | kind | what it says | what to do |', '|---|---|---|---|', ...rows]
}

/** What a test sign-in found, for people on a terminal: who would come in, what the mappers would do, claims and mapping. */
import { printable } from '../manifests/printable.ts'
import type { Paint } from '../terminal.ts'
import type { ShownTested } from './decision.ts'

const LABELS = 11
const MARKS: Readonly<Record<string, string>> = { granted: '+', removed: '-', failed: '✗' }
const WOULD: Readonly<Record<string, string>> = {
  known: 'is here already',
  linked: 'is here already, and would be linked',
  created: 'would be a new person',
}

/** Empty for a decision that is not a test sign-in's. */
export function testedLines(tested: ShownTested | null, paint: Paint): string[] {
  if (tested === null) return []
  const { person, mappers, claims, mapped } = tested
  return [
    ...(person === null ? [] : ['', `  ${paint.dim('who would come in')}`, ...personLines(person, paint)]),
    ...(mappers.length === 0 ? [] : ['', `  ${paint.dim('mappers')}`, ...mappers.map((one) => mapperLine(one, paint))]),
    ...valueLines('what the provider said', claims, paint),
    ...valueLines('what it is mapped to', mapped, paint),
  ]
}

function personLines({ how, facts }: NonNullable<ShownTested['person']>, paint: Paint): string[] {
  const rows = facts.map(([label, value]) => `  ${paint.dim(printable(label).padEnd(LABELS))} ${printable(value)}`)
  return [`  ${WOULD[how] ?? printable(how)}`, ...rows]
}

function mapperLine({ name, did, detail }: ShownTested['mappers'][number], paint: Paint): string {
  const mark = MARKS[did] ?? '·'
  const told = `${did}${detail === '' ? '' : `: ${detail}`}`
  const painted =
    did === 'failed' ? paint.red(printable(told)) : did === 'granted' ? printable(told) : paint.dim(printable(told))
  return `  ${mark} ${printable(name).padEnd(LABELS)} ${painted}`
}

function valueLines(heading: string, values: ShownTested['claims'], paint: Paint): string[] {
  if (values === null) return []
  const names = Object.entries(values)
  const width = Math.min(24, Math.max(LABELS, ...names.map(([name]) => name.length)))
  return [
    '',
    `  ${paint.dim(heading)}`,
    ...names.map(
      ([name, value]) => `  ${paint.dim(printable(name).padEnd(width))} ${printable(JSON.stringify(value))}`,
    ),
  ]
}

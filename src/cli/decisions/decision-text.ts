/** A decision for people on a terminal: what came out, the ladder, the parts of the condition, the nearest trusts, what to do. */
import { decisionCodes } from '../../planes/faults.ts'
import { ageText } from '../manifests/age.ts'
import { printable } from '../manifests/printable.ts'
import { broken, type Paint } from '../terminal.ts'
import type { ShownDecision, ShownPart, ShownRung, ShownTrust } from './decision.ts'
import { testedLines } from './tested-text.ts'

export interface Telling {
  readonly paint: Paint
  readonly now: Date
  /** Columns of the terminal; what is longer is broken between words. */
  readonly width: number
}

const LABELS = 11
const NEAREST = 3

export function decisionText(decision: ShownDecision, { paint, now, width }: Telling): string {
  const known: Readonly<Record<string, { readonly message: string; readonly remedy: string }>> = decisionCodes
  const why = known[decision.code]
  const refused = decision.outcome !== 'granted'
  const mark = refused ? paint.red('✗') : paint.green('✓')
  const code = refused ? `  ${paint.red(printable(decision.code))}` : ''
  const lines = [
    `${mark} ${paint.bold(decision.plane === 'test' ? 'would be ' : '')}${paint.bold(printable(decision.outcome))}${code}`,
    ...(refused && why !== undefined ? broken(why.message, width - 2).map((line) => `  ${line}`) : []),
    '',
    ...headOf(decision, now, paint),
    '',
    ...grouped(decision.rungs).flatMap((rungs) => groupLines(rungs, decision, { paint, now, width })),
    ...nearestLines(decision, paint),
    ...testedLines(decision.tested, paint),
  ]
  if (refused && why !== undefined)
    lines.push('', ...labelled('what to do', broken(why.remedy, width - LABELS - 4), paint))
  return lines.join('\n')
}

function headOf(decision: ShownDecision, now: Date, paint: Paint): string[] {
  const { id, organisation, madeAt, plane, provider, address, issued } = decision
  const facts: readonly (readonly [string, string | null])[] = [
    ['decision', id],
    ['made', `${madeAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}, ${ageText(madeAt, now)} ago`],
    ['where', `${plane} in ${organisation}`],
    ['provider', provider],
    // A credential is nobody's trust, and has no provider.
    [provider === null && plane === 'client-credentials' ? 'credential' : 'trust', named(decision)],
    ['from', address],
    ['issued', issued === null ? null : `to ${issued.sub} until ${issued.expiresAt.replace(/\.\d+Z$/, 'Z')}`],
    ['scope', issued?.scope ?? null],
  ]
  return facts.flatMap(([label, value]) => (value === null ? [] : labelled(label, [printable(value)], paint)))
}

/** By the name that `entente get trust` takes, and what stands in client ids. */
function named({
  trust,
  trustName,
}: {
  readonly trust: string | null
  readonly trustName: string | null
}): string | null {
  return trustName === null ? trust : `${trustName} (${trust})`
}

function labelled(label: string, [first = '', ...more]: readonly string[], paint: Paint): string[] {
  return [`  ${paint.dim(label.padEnd(LABELS))} ${first}`, ...more.map((line) => `  ${' '.repeat(LABELS)} ${line}`)]
}

/** Rungs that were skipped one after the other, and for the same reason, are told together. */
function grouped(rungs: readonly ShownRung[]): ShownRung[][] {
  const groups: ShownRung[][] = []
  for (const rung of rungs) {
    const last = groups.at(-1)
    const [before] = last ?? []
    if (before?.outcome === 'skipped' && rung.outcome === 'skipped' && before.actual === rung.actual) last?.push(rung)
    else groups.push([rung])
  }
  return groups
}

function groupLines([rung, ...more]: readonly ShownRung[], decision: ShownDecision, telling: Telling): string[] {
  if (rung === undefined) return []
  if (more.length === 0) return rungLines(rung, rung.name === 'condition' ? decision.conditionParts : [], telling)
  const { paint, width } = telling
  const names = [rung, ...more].map(({ name }) => printable(name)).join(', ')
  const why = printable(rung.actual ?? 'do not apply')
  const lines = [
    ...broken(names, width - 4).map((line, index) => `  ${index === 0 ? '·' : ' '} ${line}`),
    `    ${' '.repeat(LABELS)} ${why}`,
  ]
  return lines.map((line) => paint.dim(line))
}

function rungLines(rung: ShownRung, parts: readonly ShownPart[], { paint, width }: Telling): string[] {
  const { name, outcome, code, expected, actual } = rung
  const label = printable(name).padEnd(LABELS)
  if (outcome === 'skipped') return [paint.dim(`  · ${label} ${printable(actual ?? 'does not apply')}`.trimEnd())]
  if (outcome === 'passed') {
    const line =
      `  ${paint.green('✓')} ${label} ${parts.length > 0 ? '' : paint.dim(printable(actual ?? ''))}`.trimEnd()
    return [line, ...partLines(parts, paint)]
  }
  const told = (word: string, value: string | null) =>
    value === null
      ? []
      : broken(printable(value), width - LABELS - 17).map(
          (line, index) => `    ${' '.repeat(LABELS)} ${paint.dim((index === 0 ? word : '').padEnd(9))} ${line}`,
        )
  return [
    `  ${paint.red('✗')} ${label} ${paint.red(printable(code ?? ''))}`,
    // The parts say it all again, and better.
    ...(parts.length > 0 ? partLines(parts, paint) : [...told('expected', expected), ...told('but got', actual)]),
  ]
}

function partLines(parts: readonly ShownPart[], paint: Paint): string[] {
  const indent = ' '.repeat(LABELS + 5)
  return parts.flatMap(({ text, value, reads, differs }) => {
    if (value === 'true') return [`${indent}${paint.green('✓')} ${paint.dim(printable(text))}`]
    const shown = differs ? paint.bold(printable(text)) : printable(text)
    const failed = value === 'false' ? [] : [`${indent}    ${printable(value)}`]
    const claims = reads
      .filter((read) => read.value !== value)
      .map((read) => `${indent}    ${printable(read.text)} is ${paint.yellow(printable(read.value))}`)
    return [`${indent}${paint.red('✗')} ${shown}`, ...failed, ...claims]
  })
}

/** The other trusts of the provider: one of them may be the one that was meant. */
function nearestLines({ trust, nearestTrusts }: ShownDecision, paint: Paint): string[] {
  const others = nearestTrusts.slice(0, NEAREST)
  if (others.length === 0) return []
  const heading = trust === null ? 'trusts of the provider, the nearest first' : 'other trusts of the provider'
  const names = Math.max(...others.map((one) => (named(one) ?? '').length))
  return ['', `  ${paint.dim(heading)}`, ...others.flatMap((other) => otherLines(other, names, paint))]
}

function otherLines(other: ShownTrust, names: number, paint: Paint): string[] {
  const { verdict, hindrance, parts } = other
  const name = printable(named(other) ?? '').padEnd(names)
  if (verdict === 'true') {
    const but = hindrance === null ? '' : `, but for ${paint.red(printable(hindrance))}`
    return [`  ${hindrance === null ? paint.green('✓') : paint.red('✗')} ${name}  would let this token act${but}`]
  }
  const missing = parts.filter((part) => part.value !== 'true')
  const first = missing.find((part) => part.differs) ?? missing[0]
  const [read] = first?.reads ?? []
  return [`  ${paint.red('✗')} ${name}  wants ${printable(first?.text ?? '?')}${readLine(first, read, paint)}`]
}

function readLine(part: ShownPart | undefined, read: ShownPart['reads'][number] | undefined, paint: Paint): string {
  if (read === undefined) return ''
  const value = paint.yellow(printable(read.value))
  // What could not be read says so itself, and names the claim.
  return read.value === part?.value ? `, and ${value}` : `, and ${printable(read.text)} is ${value}`
}

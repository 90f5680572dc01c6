/** How the demo's story is laid out: chapters, aligned lines with a mark, ladders. Keeps count of what held. */
import { type Paint, paintFor } from '../terminal.ts'

export interface Rung {
  readonly name: string
  readonly outcome: string
  readonly code?: string
  readonly expected?: string
  readonly actual?: string
}

export interface Printer {
  readonly paint: Paint
  line(text?: string): void
  chapter(title: string): void
  /** A line with a mark; says whether it held, and counts it. */
  held(ok: boolean, label: string, text: string): boolean
  /** An aligned line without a mark. */
  detail(label: string, text: string): void
  ladder(rungs: readonly Rung[]): void
  readonly counts: { readonly held: number; readonly failed: number }
}

const LABEL_WIDTH = 20
const LINE_WIDTH = 100
const MARKS: Readonly<Record<string, string>> = { passed: '✓', failed: '✗', skipped: '·' }

export function createPrinter(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  env: Readonly<Record<string, string | undefined>>,
): Printer {
  const paint = paintFor(stream, env)
  const counts = { held: 0, failed: 0 }
  let chapters = 0
  const line = (text = '') => stream.write(`${text}\n`)
  const labelled = (label: string) => paint.dim(label.padEnd(LABEL_WIDTH))
  const detail = (label: string, text: string) => line(`     ${labelled(label)} ${text}`)
  const coloured = (rung: Rung, text: string) =>
    rung.outcome === 'failed' ? paint.red(text) : rung.outcome === 'passed' ? paint.green(text) : paint.dim(text)
  return {
    paint,
    line,
    detail,
    counts,
    chapter(title) {
      chapters += 1
      line()
      line(paint.bold(`${chapters}  ${title}`))
    },
    held(ok, label, text) {
      counts[ok ? 'held' : 'failed'] += 1
      line(`   ${ok ? paint.green('✓') : paint.red('✗')} ${labelled(label)} ${text}`)
      return ok
    },
    ladder(rungs) {
      const climbed = rungs.filter((rung) => rung.outcome !== 'skipped')
      const words = climbed.map((rung) => ({ rung, text: `${MARKS[rung.outcome] ?? '?'} ${rung.name}` }))
      for (const [index, row] of rowsOf(words).entries()) {
        detail(index === 0 ? 'ladder' : '', row.map(({ rung, text }) => coloured(rung, text)).join('  '))
      }
      const failed = rungs.find((rung) => rung.outcome === 'failed')
      if (failed?.expected !== undefined) detail('  expected', failed.expected)
      if (failed?.actual !== undefined) detail('  but got', failed.actual)
    },
  }
}

/** Words broken into rows of a screen's width. */
function rowsOf<W extends { readonly text: string }>(words: readonly W[]): W[][] {
  const rows: W[][] = []
  let width = Number.POSITIVE_INFINITY
  for (const word of words) {
    width += word.text.length + 2
    if (width > LINE_WIDTH - LABEL_WIDTH) {
      rows.push([])
      width = word.text.length + 2
    }
    rows.at(-1)?.push(word)
  }
  return rows
}

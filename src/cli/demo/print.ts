/** How the demo's story is laid out: chapters, aligned lines with a mark, ladders. Keeps count of what held. */
import { broken, type Paint, paintFor, widthOf } from '../terminal.ts'

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
/** What stands before the text of a line: indent, mark, label. */
const TEXT_AT = LABEL_WIDTH + 6
const MARKS: Readonly<Record<string, string>> = { passed: '✓', failed: '✗', skipped: '·' }

export function createPrinter(
  stream: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown },
  env: Readonly<Record<string, string | undefined>>,
): Printer {
  const paint = paintFor(stream, env)
  const counts = { held: 0, failed: 0 }
  let chapters = 0
  const line = (text = '') => stream.write(`${text}\n`)
  const labelled = (label: string) => paint.dim(label.padEnd(LABEL_WIDTH))
  const room = widthOf(stream) - TEXT_AT
  /** Texts of one's own; what is painted already has been broken before. */
  const beside = (mark: string, label: string, text: string) => {
    const [first = '', ...more] = broken(text, room)
    line(`   ${mark} ${labelled(label)} ${first}`)
    for (const rest of more) line(`${' '.repeat(TEXT_AT)}${rest}`)
  }
  const detail = (label: string, text: string) => beside(' ', label, text)
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
      beside(ok ? paint.green('✓') : paint.red('✗'), label, text)
      return ok
    },
    ladder(rungs) {
      const climbed = rungs.filter((rung) => rung.outcome !== 'skipped')
      const words = climbed.map((rung) => ({ rung, text: `${MARKS[rung.outcome] ?? '?'} ${rung.name}` }))
      for (const [index, row] of rowsOf(words, room).entries()) {
        const shown = row.map(({ rung, text }) => coloured(rung, text)).join('  ')
        line(`     ${labelled(index === 0 ? 'ladder' : '')} ${shown}`)
      }
      const failed = rungs.find((rung) => rung.outcome === 'failed')
      if (failed?.expected !== undefined) detail('  expected', failed.expected)
      if (failed?.actual !== undefined) detail('  but got', failed.actual)
    },
  }
}

/** Words broken into rows of a screen's width. */
function rowsOf<W extends { readonly text: string }>(words: readonly W[], room: number): W[][] {
  const rows: W[][] = []
  let width = Number.POSITIVE_INFINITY
  for (const word of words) {
    width += word.text.length + 2
    if (width > room) {
      rows.push([])
      width = word.text.length
    }
    rows.at(-1)?.push(word)
  }
  return rows
}

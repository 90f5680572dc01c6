/** What the command is doing, on stderr, so that stdout holds the token and nothing else. */
import { type Paint, paintFor } from '../terminal.ts'

export interface Progress {
  readonly paint: Paint
  done(label: string, ...lines: readonly string[]): void
  failed(label: string, ...lines: readonly string[]): void
  waiting(label: string, ...lines: readonly string[]): void
  /** Below the last one, without a mark. */
  detail(label: string, ...lines: readonly string[]): void
}

const LABELS = 14

export function createProgress(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  env: Readonly<Record<string, string | undefined>>,
  quiet: boolean,
): Progress {
  const paint = paintFor(stream, env)
  const tell = (mark: string, label: string, [first = '', ...more]: readonly string[]) => {
    stream.write(`  ${mark} ${paint.dim(label.padEnd(LABELS))} ${first}\n`)
    for (const line of more) stream.write(`    ${' '.repeat(LABELS)} ${line}\n`)
  }
  const unlessQuiet =
    (mark: string) =>
    (label: string, ...lines: readonly string[]) => {
      if (!quiet) tell(mark, label, lines)
    }
  return {
    paint,
    done: unlessQuiet(paint.green('✓')),
    waiting: unlessQuiet(paint.yellow('…')),
    // A refusal is told to quiet callers too: it is what they will look for.
    failed: (label, ...lines) => tell(paint.red('✗'), label, lines),
    detail: (label, ...lines) => tell(' ', label, lines),
  }
}

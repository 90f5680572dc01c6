/** Colours where the terminal takes them, and nothing where it does not. */

export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly cyan: (text: string) => string
}

/**
 * Paint for a stream: plain unless it is a terminal, `NO_COLOR` is unset or empty, and `TERM` is not `dumb`.
 *
 * Source: no-color.org.
 */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const with_ = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text)
  return { bold: with_(1), dim: with_(2), red: with_(31), green: with_(32), yellow: with_(33), cyan: with_(36) }
}

/** The beginning of a token, enough to recognise it and too little to use it. */
export function shortened(token: string): string {
  return token.length <= 16 ? '…' : `${token.slice(0, 12)}…`
}

/** Columns where the stream does not say how many it has. */
const USUAL_WIDTH = 100
/** Longer lines are hard to read. */
const READABLE_WIDTH = 120

/** How wide text may be on a stream. Units: columns. */
export function widthOf(stream: { readonly columns?: number }): number {
  return Math.min(stream.columns ?? USUAL_WIDTH, READABLE_WIDTH)
}

/** Text in lines of a width, broken between words. */
export function broken(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

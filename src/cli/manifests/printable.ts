/** Text of others on a terminal: whatever steers a terminal, or turns the direction of writing, is shown and not sent. */

// C0 and C1 controls, line separators, and the marks that reorder text.
const STEERING = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The text with `\u{1b}` in the place of what steers; on one line. */
export function printable(text: string): string {
  return text.replace(STEERING, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** A JSON value on one line, as it would be typed. */
export function valueText(value: unknown): string {
  return printable(JSON.stringify(value) ?? '(unset)')
}

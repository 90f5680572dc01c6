/** Text search alike on both engines: folded when written and when asked, matched with LIKE. */
import { type Expression, type SqlBool, sql } from 'kysely'

/** Bytes. Source: sqlite.org/limits.html, SQLITE_MAX_LIKE_PATTERN_LENGTH. */
const LONGEST_PATTERN = 50_000
/** Between the texts of one record; no text that a client may give contains it. */
const UNIT_SEPARATOR = '\u001f'

/** What a record is found by. */
export function searchText(texts: readonly string[]): string {
  return folded(texts.join(UNIT_SEPARATOR))
}

/** The condition for a column that searchText has filled; null where nothing can match. `at`: where in one of its texts. */
export function isFoundBy(
  column: string,
  words: string,
  at: 'anywhere' | 'start' | 'whole' = 'anywhere',
): Expression<SqlBool> | null {
  const before = at === 'anywhere' ? '' : UNIT_SEPARATOR
  const after = at === 'whole' ? UNIT_SEPARATOR : ''
  const pattern = `%${before}${escapeLike(folded(words))}${after}%`
  if (Buffer.byteLength(pattern) > LONGEST_PATTERN) return null
  if (at === 'anywhere') return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`
  // Between separators every text has the same ends.
  return sql<boolean>`(${UNIT_SEPARATOR} || ${sql.ref(column)} || ${UNIT_SEPARATOR}) like ${pattern} escape '\\'`
}

/** Upper case, because it does not depend on the place in a word, and because the databases know only that of ASCII. */
function folded(text: string): string {
  return text.toUpperCase()
}

/** Backslash before what LIKE would read as a wildcard. */
export function escapeLike(words: string): string {
  return words.replace(/[\\%_]/g, (character) => `\\${character}`)
}

/** Finds the id in what people paste: alone, in a header line, in an error body, in the address of a page. */

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/** The first one, else null. */
export function decisionIdIn(text: string): string | null {
  // Where the body names it, another id in the same text is not meant.
  const named = new RegExp(`(?:decision(?:_id)?["':=\\s/s]*)(${ID.source})`, 'i').exec(text)?.[1]
  return (named ?? ID.exec(text.toLowerCase())?.[0])?.toLowerCase() ?? null
}

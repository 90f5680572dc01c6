/** What a browser makes of a page of ours: its tags with the names of their attributes. Exact, because our pages quote every value. */

/** Every tag in order, without its values; throws where there is one that the tokenizer would read in another way than we wrote it. */
export function skeletonOf(html: string): string[] {
  const body = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>')
  const tags = body.match(/<[^>]*>/g) ?? []
  return tags.map((tag) => {
    if (!/^<(?:!doctype html|\/?[a-z][a-z0-9]*(?:\s[a-z-]+(?:="[^"<>]*")?)*)>$/.test(tag))
      throw new Error(`odd: ${tag}`)
    return tag.replace(/="[^"]*"/g, '')
  })
}

/** Values of an attribute, wherever it is, as they stand in the page. */
export function valuesOf(html: string, attribute: string): string[] {
  return [...html.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '')
}

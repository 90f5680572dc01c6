/** Strict application/x-www-form-urlencoded. Source: URL Standard, "application/x-www-form-urlencoded parsing"; RFC 6749 appendix B. */

export type ParsedForm =
  | { readonly ok: true; readonly parameters: ReadonlyMap<string, readonly string[]> }
  | { readonly ok: false; readonly reason: string }

/** A SAML assertion of 256 KiB in base64, percent-encoded. */
const FORM_CHARACTERS = 512 * 1024
/** Token requests have a dozen. */
const PARAMETERS = 100

const NOT_UTF8 = 'The form is not valid percent-encoded UTF-8.'

/** Values in order, by name; broken percent encodings and bytes that are not UTF-8 are refused, not replaced. */
export function parseForm(body: string): ParsedForm {
  if (body.length > FORM_CHARACTERS) return { ok: false, reason: 'The form is too large.' }
  const parameters = new Map<string, string[]>()
  if (body === '') return { ok: true, parameters }
  // What reading bytes as text puts where the bytes were no UTF-8.
  if (body.includes('\ufffd')) return { ok: false, reason: NOT_UTF8 }
  const pairs = body.split('&', PARAMETERS + 1)
  if (pairs.length > PARAMETERS) return { ok: false, reason: 'The form has too many parameters.' }
  for (const pair of pairs) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at))
    const value = at < 0 ? '' : decode(pair.slice(at + 1))
    if (name === null || value === null) return { ok: false, reason: NOT_UTF8 }
    const values = parameters.get(name)
    if (values === undefined) parameters.set(name, [value])
    else values.push(value)
  }
  return { ok: true, parameters }
}

function decode(text: string): string | null {
  // Tokens need no decoding: base64url and dots.
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return null // URIError: what it says is what the caller is told
  }
}

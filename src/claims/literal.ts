/** Values and names as CEL text, so that nothing a person types can become part of an expression. */

/** Beside what JSON escapes: DEL, C1 controls and the line separators, which some readers take for the end of a line. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029]/g
const LONE_SURROGATE = /\p{Cs}/gu

/** The text as a CEL string literal. Broken Unicode becomes U+FFFD, as it would on its way through UTF-8. */
export function celString(text: string): string {
  // JSON's escapes are CEL's too.
  const literal = JSON.stringify(text.replace(LONE_SURROGATE, '\ufffd'))
  return literal.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** CEL reserves these, and the words of its grammar. Source: CEL language definition, Syntax (`RESERVED`) */
const RESERVED = new Set(
  'as break const continue else false for function if import in let loop namespace null package return true var void while'.split(
    ' ',
  ),
)

/** The member of `variable` at the path, as one writes it: `claims.sub`, `claims["kubernetes.io"].namespace`. */
export function celMember(variable: string, path: readonly string[]): string {
  return path.reduce((text, name) => {
    const isName = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name)
    return isName ? `${text}.${name}` : `${text}[${celString(name)}]`
  }, variable)
}

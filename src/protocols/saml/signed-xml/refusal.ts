import type { SamlResponseCode } from '../../../decisions/saml-codes.ts'

/** What is wrong with a document or a signature: thrown within this folder and caught at its doors, never seen outside. */
export class Unacceptable extends Error {
  override readonly name = 'Unacceptable'
  readonly code: SamlResponseCode
  /** For operators, both; no values of the person. */
  readonly expected: string
  readonly actual: string

  constructor(code: SamlResponseCode, expected: string, actual: string) {
    super(code)
    this.code = code
    this.expected = expected
    this.actual = actual
  }
}

/** What `judge` gives, or why it did not come to that. */
export function orRefusal<T>(judge: () => T): T | Unacceptable {
  try {
    return judge()
  } catch (error) {
    if (error instanceof Unacceptable) return error
    throw error
  }
}

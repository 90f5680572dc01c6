/** Why a sign-in came to nothing, in words for the person who tried. */
import { isUnreachable, UNREACHABLE } from './unreachable.ts'

export class SignInFault extends Error {
  override readonly name = 'SignInFault'
  /** The server's error code, or the library's. */
  readonly code: string
  readonly decision: string | null

  constructor(code: string, message: string, decision: string | null = null) {
    super(message)
    this.code = code
    this.decision = decision
  }

  /** What the library threw: the server's refusal, an answer that does not hold, or no answer at all. */
  static of(error: unknown): SignInFault {
    if (error instanceof SignInFault) return error
    const { error: refused, error_description: description, code, cause } = Object(error)
    if (typeof refused === 'string') {
      const decision: unknown = Object(cause).decision_id ?? parameterOf(cause, 'decision_id')
      const sentence = typeof description === 'string' ? description : 'The server refused the sign-in.'
      return new SignInFault(refused, sentence, typeof decision === 'string' ? decision : null)
    }
    if (isUnreachable(error)) return new SignInFault('unreachable', UNREACHABLE)
    const said = error instanceof Error ? error.message : String(error)
    return new SignInFault(typeof code === 'string' ? code : 'invalid_answer', `The answer does not hold: ${said}.`)
  }
}

function parameterOf(value: unknown, name: string): string | null {
  return value instanceof URLSearchParams ? value.get(name) : null
}

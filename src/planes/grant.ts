/** What a grant is given and what it answers. The endpoint owns the form, the limits, the record and the error body. */
import type { IncomingMessage } from 'node:http'
import type { Attempt } from './attempt.ts'
import type { Issued } from './issue.ts'

export interface Form {
  /** The single value, undefined when absent or empty (RFC 6749 §3.2: a parameter without a value counts as omitted). */
  one(name: string): string | undefined
  /** All values, for parameters that may repeat. */
  all(name: string): readonly string[]
}

export interface GrantRequest {
  readonly form: Form
  /** URL of the endpoint called, as we publish it. */
  readonly endpoint: string
  /** The `DPoP` header as sent. */
  readonly dpop: string | undefined
  /** As it came, its body read: apps may prove themselves in a header. */
  readonly request: IncomingMessage
  readonly attempt: Attempt
}

/** Members of the success body. Source: RFC 6749 §5.1, RFC 8693 §2.2.1. */
export interface TokenAnswer {
  readonly access_token: string
  readonly issued_token_type?: string
  readonly token_type: Issued['tokenType']
  readonly expires_in: number
  readonly scope?: string
}

export interface Grant {
  readonly grantType: string
  readonly plane: Attempt['plane']
  /** True where the grant judges the Authorization header itself; else one is refused. */
  readonly isForApps?: boolean
  /** Climbs the attempt's ladder; a failed rung throws `Refused`. */
  handle(request: GrantRequest): Promise<TokenAnswer>
}

/** The success body of what was issued. */
export function answerOf({ accessToken, tokenType, lifetimeSeconds, scope }: Issued): TokenAnswer {
  const granted = scope === null ? {} : { scope }
  return { access_token: accessToken, token_type: tokenType, expires_in: lifetimeSeconds, ...granted }
}

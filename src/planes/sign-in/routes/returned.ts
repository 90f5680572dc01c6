/** A browser that is back from its provider, and what may be done with it. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Plane } from '../../../decisions/decision.ts'
import type { Attempt } from '../../attempt.ts'
import type { Answer } from '../returned-login.ts'
import type { SignInOptions } from './options.ts'

export interface Returned {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly attempt: Attempt
  readonly state: string
  readonly answer: Answer
}

/** What one purpose of a login does when the browser is back. */
export interface Purpose {
  /** Of its decisions. */
  readonly plane: Plane
  readonly mode: 'strict' | 'lenient'
  /**
   * Begins with `requireLogin` and ends with an answer to the browser, its decision recorded. A `Refused` that it throws is
   * recorded and shown as an error page.
   */
  arrive(at: SignInOptions, returned: Returned): Promise<FastifyReply>
}

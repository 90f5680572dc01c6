/** One attempt at a token endpoint: what is learnt on the way up the ladder, and what the caller is told if it ends early. */
import type { Decision, ExplainedPart, NearTrust, Plane, TestedSignIn } from '../decisions/decision.ts'
import { createLadder, type Ladder, Refused } from '../decisions/ladder.ts'
import { DEFAULT_ORGANISATION } from '../registry/organisation.ts'
import type { DecisionCode } from './faults.ts'
import type { OAuthError } from './oauth-error.ts'

export interface Attempt {
  readonly id: string
  readonly at: Date
  readonly address: string
  readonly ladder: Ladder
  plane: Plane
  /** `default` until the request's organisation is known. */
  organisation: string
  /** Registry id. */
  provider: string | null
  /** Cutename of the trust or credential. */
  trust: string | null
  issued: Decision['issued']
  /** Where a condition refuses, see `Decision`. */
  conditionParts: readonly ExplainedPart[] | null
  nearestTrusts: readonly NearTrust[] | null
  /** Of a test sign-in. */
  tested: TestedSignIn | null
  /** What the caller is told when a rung fails; grants set it to fit the rungs ahead. */
  refusal: OAuthError
}

export interface AttemptOptions {
  readonly id: string
  readonly at: Date
  readonly address: string
  readonly plane: Plane
  readonly mode: 'strict' | 'lenient'
  readonly refusal: OAuthError
}

export function createAttempt({ id, at, address, plane, mode, refusal }: AttemptOptions): Attempt {
  const ladder = createLadder(mode)
  return {
    id,
    at,
    address,
    ladder,
    plane,
    organisation: DEFAULT_ORGANISATION,
    provider: null,
    trust: null,
    issued: null,
    conditionParts: null,
    nearestTrusts: null,
    tested: null,
    refusal,
  }
}

/** Ends the climb here: records the failed rung and throws `Refused`. Without an error the attempt's own is told. */
export function refuse(attempt: Attempt, rung: string, code: DecisionCode, why: Why = {}): never {
  if (why.error !== undefined) attempt.refusal = why.error
  attempt.ladder.check(rung, false, code, why.expected, why.actual)
  // Only a lenient ladder comes this far.
  throw new Refused(rung, code)
}

/** A rung for something that somebody can switch off. */
export function requireEnabled(attempt: Attempt, rung: string, enabled: boolean, code: DecisionCode): boolean {
  return attempt.ladder.check(rung, enabled, code, 'enabled', enabled ? undefined : 'disabled')
}

export interface Why {
  readonly error?: OAuthError
  /** For operators only, see `Ladder.check`. */
  readonly expected?: string
  readonly actual?: string
}

/** The record of the attempt as it stands. */
export function decisionOf(attempt: Attempt): Decision {
  const { id, organisation, plane, provider, trust, at, ladder, address, issued, conditionParts, nearestTrusts } =
    attempt
  const { tested } = attempt
  const failure = ladder.failure
  const outcome = failure === null ? 'granted' : 'refused'
  return {
    id,
    organisation,
    plane,
    outcome,
    code: failure?.code ?? 'granted',
    provider,
    trust,
    at,
    rungs: ladder.rungs,
    address,
    issued,
    ...(conditionParts === null ? {} : { conditionParts }),
    ...(nearestTrusts === null ? {} : { nearestTrusts }),
    ...(tested === null ? {} : { tested }),
  }
}

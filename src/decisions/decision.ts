/** The recorded outcome of one exchange, sign-in or step-up, with every check it went through. */

import type { JsonObject } from '../json.ts'

export type Plane = 'token-exchange' | 'client-credentials' | 'sign-in' | 'step-up' | 'test'
export type Outcome = 'granted' | 'refused'
export type RungOutcome = 'passed' | 'failed' | 'skipped'

export interface Rung {
  readonly name: string
  readonly outcome: RungOutcome
  /** Set when the rung failed. */
  readonly code?: string
  /** Shortened to 256 characters; never a token or a secret. */
  readonly expected?: string
  readonly actual?: string
}

/** A part of a condition and what it came to; values as JSON, without tokens and secrets. */
export interface ExplainedPart {
  readonly text: string
  readonly value: string
  /** The claims it reads. */
  readonly reads: readonly { readonly text: string; readonly value: string }[]
  /** The first part that would have to come out otherwise. */
  readonly differs?: true
}

/** A trust of the provider, as a genuine token that was refused met it. */
export interface NearTrust {
  /** Cutename. */
  readonly trust: string
  /** What its condition came to. */
  readonly verdict: 'true' | 'false' | 'error'
  /** What stands in the way beside the condition: a code. */
  readonly hindrance?: string
  /** Those of its condition that did not come out true. */
  readonly parts: readonly ExplainedPart[]
}

/** What one mapper would do at such a sign-in. */
export interface MapperOutcome {
  readonly name: string
  readonly type: string
  readonly did: 'granted' | 'removed' | 'kept' | 'skipped' | 'failed'
  /** What was given, taken away, or why nothing was. */
  readonly detail: string
}

/** Who would come in. */
export interface TestedPerson {
  /** By a link that is there, by one that would be made, or as a new person. */
  readonly how: 'known' | 'linked' | 'created'
  /** Null: there is nobody yet. */
  readonly id: string | null
  readonly uid: string | null
  /** After the mappers. */
  readonly email: string | null
  readonly displayName: string | null
  readonly username: string | null
  readonly groups: readonly string[]
  readonly roleIds: readonly string[]
}

/** What a test sign-in found. Nothing of it was stored elsewhere; without tokens and secrets. */
export interface TestedSignIn {
  /** What the provider said; null where nothing could be trusted. */
  readonly claims: JsonObject | null
  /** Null where the mapping has no answer. */
  readonly mapped: JsonObject | null
  readonly mappers: readonly MapperOutcome[]
  /** Null: nobody. */
  readonly person: TestedPerson | null
}

/** In a stored decision a rung that passed, with nothing to show, is its name alone. */
export type StoredRung = string | Rung

export interface Decision {
  /** UUIDv7; the caller sees it as `decision_id`. */
  readonly id: string
  /** `default` when unknown. */
  readonly organisation: string
  readonly plane: Plane
  readonly outcome: Outcome
  /** `granted`, or the code of the rung that refused. */
  readonly code: string
  /** Registry id, null when the request did not get that far. */
  readonly provider: string | null
  /** Trust or credential cutename, null likewise. */
  readonly trust: string | null
  readonly at: Date
  readonly rungs: readonly Rung[]
  /** Source address as judged by the trusted-proxies rule. */
  readonly address: string | null
  /** `jti` and `sub` of the issued token. */
  readonly issued: {
    readonly jti: string
    readonly sub: string
    readonly scope: string | null
    readonly expiresAt: string
  } | null
  /** Where a condition refused, and in tests always: the parts of the one that was asked. */
  readonly conditionParts?: readonly ExplainedPart[]
  /** Likewise: other trusts of the provider, the nearest first. One of them may be the one that was meant. */
  readonly nearestTrusts?: readonly NearTrust[]
  /** Of test sign-ins. */
  readonly tested?: TestedSignIn
}

/** A record's place in its chain: one chain per process, start and stream. */
export interface Link {
  readonly chain: string
  readonly seq: number
  readonly previous: string
  readonly hash: string
}

/** What is known about a well-known workload source: data, not code. */
import type { JsonObject } from '../../json.ts'
import type { ProtocolName } from '../provider.ts'

export interface KnownSource {
  /** The page's enum without its prefix. */
  readonly name: string
  readonly title: string
  readonly protocol: ProtocolName
  /** Which normalised issuers are this source's; null means any that is not another source's own. */
  readonly issuers: RegExp | null
  /** Shown in forms and faults. */
  readonly exampleIssuer: string
  /** Default for `maxTokenAgeSeconds`. Source: CONTRACT.md section 5. */
  readonly maxTokenAgeSeconds: number
  /** Claims that stay with their owner when names change hands. */
  readonly immutableClaims: readonly string[]
  /** Claims of a typical token; the values are invented. */
  readonly sampleClaims: JsonObject
}

/** Tokens of jobs that exchange at once. */
export const TEN_MINUTES = 600
/** Tokens that live as long as the job or pod that holds them. */
export const ONE_DAY = 86_400

/** A rule that lets tokens of one provider act as one service principal. */
import type { JsonObject } from '../json.ts'

export interface Trust {
  readonly uid: string
  /** Name in the organisation (`metadata.name`); equals the cutename unless a manifest chose another. */
  readonly id: string
  /** Unique in the whole installation: the short form of the client id. */
  readonly cutename: string
  readonly organisation: string
  /** uid of the service principal. */
  readonly principal: string
  /** uid of the provider. */
  readonly provider: string
  readonly displayName: string | null
  readonly description: string | null
  /** CEL over `claims`; null means every verified token of the provider. */
  readonly condition: string | null
  /** Empty means all roles of the principal; else the intersection. */
  readonly scopedRoleIds: readonly string[]
  /** Empty means any address. */
  readonly allowSourceCidrs: readonly string[]
  readonly passthroughClaims: readonly string[]
  readonly allowedResources: readonly string[]
  readonly allowedScopes: readonly string[]
  /** 300–3 600; null means 1 800. */
  readonly tokenLifetimeSeconds: number | null
  readonly capLifetimeToSubject: boolean
  readonly examples: readonly JsonObject[]
  /** Rules of trust lint whose findings somebody has taken upon themselves, for the condition as it stands. */
  readonly acknowledgedLint: readonly string[]
  readonly enabled: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

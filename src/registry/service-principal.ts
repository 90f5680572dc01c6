/** A machine identity of ours, and the credentials it may present. */

export interface ServicePrincipal {
  /** Becomes `sub` of issued tokens; never reused. */
  readonly uid: string
  readonly id: string
  readonly organisation: string
  readonly displayName: string | null
  readonly roleIds: readonly string[]
  readonly enabled: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface Credential {
  readonly uid: string
  /** Cutename, unique in the whole installation: the short form of the client id. */
  readonly id: string
  readonly organisation: string
  /** uid of the service principal. */
  readonly principal: string
  readonly displayName: string | null
  /** SHA-256 of the whole secret text, base64url. The secret itself is never kept. */
  readonly secretHash: string
  /** Public half of the Ed25519 key inside the secret, base64url `x`. */
  readonly publicKeyX: string
  readonly scopedRoleIds: readonly string[]
  readonly allowSourceCidrs: readonly string[]
  readonly requireDpop: boolean
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

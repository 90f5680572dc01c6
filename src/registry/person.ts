/** What a person is: a human account, and the subjects at providers that are this human. Source: CONTRACT.md section 3, kind `Person`. */

/** (provider, subject at that provider) → person. */
export interface PersonLink {
  /** uid of the provider. */
  readonly provider: string
  /** The upstream's own identifier before mapping: OIDC `sub`, Entra `{tid}/{oid}`, GitHub's numeric id, SAML NameID. */
  readonly subject: string
}

export interface Person {
  /** UUIDv7, never reused; `sub` of every token that is about this person. */
  readonly uid: string
  /** Made just in time: `p-` and random. Unique in the organisation. */
  readonly id: string
  readonly organisation: string
  /** As the provider spells it; compared in lower case. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly displayName: string | null
  /** What username mappers made of the claims; null: the id. */
  readonly username: string | null
  readonly enabled: boolean
  readonly groups: readonly string[]
  readonly roleIds: readonly string[]
  /** What attribute mappers made of the claims. */
  readonly attributes: Readonly<Record<string, readonly string[]>>
  /** (provider, subject) is unique in the installation, so it names one person at most. */
  readonly links: readonly PersonLink[]
  readonly lastSignInAt: Date | null
  readonly labels: Readonly<Record<string, string>>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

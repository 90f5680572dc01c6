/** What an organisation (tenant) is: the owner of providers, people, service principals, apps and domains. */
import type { JsonObject } from '../json.ts'

export interface Organisation {
  readonly uid: string
  /** Slug; `default` always exists. */
  readonly id: string
  readonly displayName: string | null
  readonly description: string | null
  /** Own host name (with port if any); absent means `{id}.{host of ENTENTE_URL}`. Unique. */
  readonly host: string | null
  /** The organisation's own role names. */
  readonly roles: readonly string[]
  /** branding, session, levels, stepUpFor: opaque until their planes read them. */
  readonly settings: JsonObject
  readonly labels: Readonly<Record<string, string>>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export const DEFAULT_ORGANISATION = 'default'

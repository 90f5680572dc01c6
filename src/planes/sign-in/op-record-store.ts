import type { JsonObject } from '../../json.ts'

/** One artefact of the OpenID Provider library: a code, a refresh token, an interaction, … `id` is hashed by the caller. */
export interface OpRecord {
  readonly model: string
  readonly id: string
  /** JSON as the library gives it; whatever in it could be presented by somebody is hashed or sealed by the caller. */
  readonly payload: JsonObject
  readonly grantId: string | null
  readonly userCode: string | null
  /** The library's second key of sessions. */
  readonly uid: string | null
  /** Second key of the library's session that it belongs to: ending the session ends these. */
  readonly session: string | null
  readonly consumedAt: Date | null
  readonly expiresAt: Date | null
}

/** Contract (proved by storage/conformance): `consume` is true for exactly one caller; expired records are none. */
export interface OpRecordStore {
  upsert(record: OpRecord): Promise<void>
  find(model: string, id: string, now: Date): Promise<OpRecord | null>
  findByUid(model: string, uid: string, now: Date): Promise<OpRecord | null>
  findByUserCode(model: string, userCode: string, now: Date): Promise<OpRecord | null>
  /** Marks it used, in one statement: false when it is gone, has expired or was used before. */
  consume(model: string, id: string, now: Date): Promise<boolean>
  destroy(model: string, id: string): Promise<void>
  /** Everything that hangs on the grant. */
  revokeGrant(grantId: string): Promise<void>
  /** Everything that hangs on one of the library's sessions, itself included. */
  revokeSession(session: string): Promise<void>
  purge(now: Date): Promise<number>
}

/**
 * The library's artefacts on our storage. What somebody could present (codes, refresh tokens, cookies) is stored as a hash
 * only, and everything it says is sealed; a code or refresh token is consumed by one of all who try, in any process.
 *
 * Source: oidc-provider, "Adapter"; threats.md section 3, "code injection / reuse".
 */
import { type Adapter, type AdapterPayload, type ClientMetadata, errors } from 'oidc-provider'
import type { Sealing } from '../../keys/seal.ts'
import { revokedGrant } from '../live-token.ts'
import type { RevokedTokenStore } from '../one-time-store.ts'
import type { OpRecord, OpRecordStore } from '../sign-in/op-record-store.ts'
import { hash } from './stored-hash.ts'

/** Seconds that an access token of an app lives: as long it has to be remembered that its grant was revoked. */
export const APP_TOKEN_SECONDS = 1_800
/** How far the clocks of two processes may be apart. */
const CLOCK_SECONDS = 60

export interface AdapterOptions {
  readonly records: OpRecordStore
  readonly sealing: Pick<Sealing, 'seal' | 'open'>
  readonly findClient: (clientId: string) => Promise<ClientMetadata | null>
  readonly now: () => Date
  /** Takes grants, too: access tokens that name one that was revoked count no longer. */
  readonly revokedTokens: Pick<RevokedTokenStore, 'revoke'>
}

/** One adapter a model, as the library asks for them by name. */
export function createAdapters(options: AdapterOptions): (model: string) => Adapter {
  return (model) => (model === 'Client' ? clientAdapter(options) : recordAdapter(model, options))
}

function clientAdapter({ findClient }: AdapterOptions): Adapter {
  const readOnly = async () => {
    throw new TypeError('apps are written through the registry')
  }
  return {
    find: async (id) => (await findClient(id)) ?? undefined,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  }
}

/** The library's name of the model whose artefacts the others hang on. */
const SESSION = 'Session'

const placeOf = (model: string, id: string) => ({ organisation: '', table: 'op_records', id, column: model })

function payloadOf(
  { sealing }: Pick<AdapterOptions, 'sealing'>,
  model: string,
  record: OpRecord | null,
): AdapterPayload | undefined {
  const sealed = record?.payload.sealed
  if (record === null || typeof sealed !== 'string') return undefined
  // Sealed by `upsert` below, so it is what the library gave.
  const payload: AdapterPayload = JSON.parse(sealing.open(placeOf(model, record.id), sealed))
  return record.consumedAt === null ? payload : { ...payload, consumed: epoch(record.consumedAt) }
}

function recordAdapter(model: string, options: AdapterOptions): Adapter {
  const { records, sealing, now, revokedTokens } = options
  const read = (record: OpRecord | null) => payloadOf(options, model, record)

  return {
    async upsert(id, payload, expiresIn) {
      const key = hash(id)
      const at = now()
      await records.upsert({
        model,
        id: key,
        payload: { sealed: sealing.seal(placeOf(model, key), JSON.stringify(payload)) },
        // An interaction may end the grant that it was begun with, when somebody else comes in: it goes on.
        grantId: model === 'Interaction' ? null : hashOrNull(payload.grantId),
        userCode: hashOrNull(payload.userCode),
        uid: hashOrNull(payload.uid),
        // Sessions themselves go with what hangs on them.
        session: hashOrNull(model === SESSION ? payload.uid : payload.sessionUid),
        consumedAt: typeof payload.consumed === 'number' ? new Date(payload.consumed * 1000) : null,
        expiresAt: expiresIn !== undefined && expiresIn > 0 ? new Date(at.getTime() + expiresIn * 1000) : null,
      })
    },
    find: async (id) => read(await records.find(model, hash(id), now())),
    findByUid: async (uid) => read(await records.findByUid(model, hash(uid), now())),
    findByUserCode: async (userCode) => read(await records.findByUserCode(model, hash(userCode), now())),
    async consume(id) {
      if (await records.consume(model, hash(id), now())) return
      // The library looked before it leapt; between the two, somebody else was first.
      throw new errors.InvalidGrant(`${model} was consumed by another request`)
    },
    destroy: (id) => records.destroy(model, hash(id)),
    async revokeByGrantId(grantId) {
      const until = new Date(now().getTime() + (APP_TOKEN_SECONDS + CLOCK_SECONDS) * 1000)
      await revokedTokens.revoke(revokedGrant(markOfGrant(grantId)), until)
      await records.revokeGrant(hash(grantId))
    },
  }
}

/** The library's session by its second key as it is stored; undefined where there is none. */
export async function readSession(
  options: Pick<AdapterOptions, 'records' | 'sealing' | 'now'>,
  opSession: string,
): Promise<AdapterPayload | undefined> {
  return payloadOf(options, SESSION, await options.records.findByUid(SESSION, opSession, options.now()))
}

/** What access tokens say of the grant that they hang on: names it to us, and is nothing that anybody could present. */
export function markOfGrant(grantId: string): string {
  return hash(`grant ${grantId}`).slice(0, MARK_CHARACTERS)
}

/** 132 bits: no two grants share one. */
const MARK_CHARACTERS = 22

function hashOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? hash(value) : null
}

function epoch(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}

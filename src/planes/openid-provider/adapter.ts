/**
 * The library's artefacts on our storage. What somebody could present (codes, refresh tokens, cookies) is stored as a hash
 * only, and everything it says is sealed; a code or refresh token is consumed by one of all who try, in any process.
 *
 * Source: oidc-provider, "Adapter"; threats.md section 3, "code injection / reuse".
 */
import { createHash } from 'node:crypto'
import { type Adapter, type AdapterPayload, type ClientMetadata, errors } from 'oidc-provider'
import type { Sealing } from '../../keys/seal.ts'
import type { OpRecord, OpRecordStore } from '../sign-in/op-record-store.ts'

export interface AdapterOptions {
  readonly records: OpRecordStore
  readonly sealing: Pick<Sealing, 'seal' | 'open'>
  readonly findClient: (clientId: string) => Promise<ClientMetadata | null>
  readonly now: () => Date
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

function recordAdapter(model: string, { records, sealing, now }: AdapterOptions): Adapter {
  const placeOf = (id: string) => ({ organisation: '', table: 'op_records', id, column: model })

  const read = (record: OpRecord | null): AdapterPayload | undefined => {
    const sealed = record?.payload.sealed
    if (record === null || typeof sealed !== 'string') return undefined
    // Sealed by `upsert` below, so it is what the library gave.
    const payload: AdapterPayload = JSON.parse(sealing.open(placeOf(record.id), sealed))
    return record.consumedAt === null ? payload : { ...payload, consumed: epoch(record.consumedAt) }
  }

  return {
    async upsert(id, payload, expiresIn) {
      const key = hash(id)
      const at = now()
      await records.upsert({
        model,
        id: key,
        payload: { sealed: sealing.seal(placeOf(key), JSON.stringify(payload)) },
        grantId: hashOrNull(payload.grantId),
        userCode: hashOrNull(payload.userCode),
        uid: hashOrNull(payload.uid),
        // Sessions themselves go with what hangs on them.
        session: hashOrNull(model === 'Session' ? payload.uid : payload.sessionUid),
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
    revokeByGrantId: (grantId) => records.revokeGrant(hash(grantId)),
  }
}

/** How the second key of the library's session is stored; sessions of ours are ended by it. */
export function hashOfOpSession(uid: string): string {
  return hash(uid)
}

/** All of them have 128 bits or more, or live for minutes behind a limit (user codes), so a plain hash is enough. */
function hash(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}

function hashOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? hash(value) : null
}

function epoch(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}

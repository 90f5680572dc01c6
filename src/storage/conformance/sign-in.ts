import { describe, expect, it } from 'vitest'
import type { Login } from '../../planes/sign-in/login.ts'
import type { OpRecord } from '../../planes/sign-in/op-record-store.ts'
import type { Session } from '../../planes/sign-in/session.ts'
import { type Open, openedFor } from './opened.ts'
import { newUid } from './samples.ts'

const NOW = new Date('2026-03-01T10:00:00.000Z')
const SOON = new Date('2026-03-01T10:10:00.123Z')
const LATE = new Date('2026-03-01T11:00:00.000Z')

function loginOf(fields: Partial<Login> = {}): Login {
  return {
    state: newUid(),
    organisation: 'acme',
    provider: newUid(),
    purpose: 'sign-in',
    reference: 'interaction',
    browserHash: 'hash',
    sealedMemory: 'sealed',
    demands: { acrValues: ['phr'] },
    parked: null,
    createdAt: NOW,
    expiresAt: SOON,
    ...fields,
  }
}

function sessionOf(fields: Partial<Session> = {}): Session {
  return {
    uid: newUid(),
    opSession: null,
    organisation: 'acme',
    person: newUid(),
    provider: newUid(),
    upstreamSession: 'sid',
    upstreamSubject: 'sub',
    sealedLogout: null,
    acr: 'phr',
    amr: ['hwk', 'pin'],
    authTime: NOW,
    claims: { groups: ['/staff'] },
    lastSeenAt: NOW,
    createdAt: NOW,
    expiresAt: SOON,
    endsAt: LATE,
    ...fields,
  }
}

function recordOf(fields: Partial<OpRecord> = {}): OpRecord {
  return {
    model: 'AuthorizationCode',
    id: newUid(),
    payload: { accountId: 'a', nested: { list: [1, null] } },
    grantId: null,
    userCode: null,
    uid: null,
    session: null,
    consumedAt: null,
    expiresAt: SOON,
    ...fields,
  }
}

export function describeSignIn(open: Open): void {
  describe('logins', () => {
    const opened = openedFor(open)

    it('are consumed once, by the browser that began, in any process', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const login = loginOf()
      await storage.logins.insert(login)
      expect(await other.logins.peek(login.state, NOW)).toEqual(login)
      expect(await storage.logins.consume(login.state, 'another', NOW)).toBeNull()
      expect(await storage.logins.consume(login.state, 'hash', SOON)).toBeNull()
      const tries = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? storage : other).logins.consume(login.state, 'hash', NOW),
      )
      expect((await Promise.all(tries)).filter((one) => one !== null)).toEqual([login])
      expect(await storage.logins.peek(login.state, NOW)).toBeNull()
    })

    it('take one message, while they live', async () => {
      const { storage } = opened()
      const login = loginOf()
      await storage.logins.insert(login)
      expect(await storage.logins.park(login.state, { code: 'c' }, SOON)).toBe(false)
      expect(await storage.logins.park('nobody', { code: 'c' }, NOW)).toBe(false)
      const won = await Promise.all(['a', 'b'].map((code) => storage.logins.park(login.state, { code }, NOW)))
      expect(won.filter((isWinner) => isWinner)).toHaveLength(1)
      const parked = { code: won[0] === true ? 'a' : 'b' }
      expect(await storage.logins.consume(login.state, 'hash', NOW)).toEqual({ ...login, parked })
    })

    it('go when they have expired', async () => {
      const { storage } = opened()
      const [gone, stays] = [loginOf(), loginOf({ expiresAt: LATE })]
      await storage.logins.insert(gone)
      await storage.logins.insert(stays)
      expect(await storage.logins.purge(SOON)).toBeGreaterThanOrEqual(1)
      expect(await storage.logins.peek(gone.state, NOW)).toBeNull()
      expect(await storage.logins.peek(stays.state, NOW)).toEqual(stays)
    })
  })

  describe('sessions', () => {
    const opened = openedFor(open)

    it('come back while they live, and one of them is the proof of a session of the OpenID Provider', async () => {
      const { storage } = opened()
      const session = sessionOf({ sealedLogout: 'sealed' })
      await storage.sessions.insert(session)
      expect(await storage.sessions.get(session.uid, NOW)).toEqual(session)
      expect(await storage.sessions.get(session.uid, SOON)).toBeNull()
      await storage.sessions.touch(session.uid, SOON, LATE)
      await storage.sessions.touch(session.uid, NOW, NOW)
      const touched = { ...session, lastSeenAt: SOON, expiresAt: LATE }
      expect(await storage.sessions.get(session.uid, SOON)).toEqual(touched)
      const proof = { acr: 'phr', amr: ['hwk', 'pin'], authTime: SOON }
      expect(await storage.sessions.raise(session.uid, proof)).toBe(true)
      expect(await storage.sessions.get(session.uid, SOON)).toEqual({ ...touched, ...proof })
      expect(await storage.sessions.raise(newUid(), proof)).toBe(false)
      const { acr, amr, authTime } = session
      await storage.sessions.raise(session.uid, { acr, amr, authTime })
      const opSession = newUid()
      await storage.sessions.attach(session.uid, opSession)
      await storage.sessions.attach(session.uid, opSession)
      expect(await storage.sessions.getByOpSession(opSession, SOON)).toEqual({ ...touched, opSession })
      const again = sessionOf({ person: session.person })
      await storage.sessions.insert(again)
      await storage.sessions.attach(again.uid, opSession)
      expect(await storage.sessions.getByOpSession(opSession, NOW)).toEqual({ ...again, opSession })
      expect(await storage.sessions.get(session.uid, SOON)).toBeNull()
      expect(await storage.sessions.getByOpSession(opSession, SOON)).toBeNull()
    })

    it('are listed and ended by whatever they have in common', async () => {
      const { storage } = opened()
      const [person, provider] = [newUid(), newUid()]
      const first = sessionOf({ person, provider })
      const second = sessionOf({ person })
      const third = sessionOf({ provider, upstreamSession: 'other' })
      for (const one of [first, second, third]) await storage.sessions.insert(one)
      expect(await storage.sessions.list({ person }, NOW)).toEqual([second, first])
      expect(await storage.sessions.list({ person }, SOON)).toEqual([])
      expect(await storage.sessions.end({})).toEqual([])
      expect(await storage.sessions.end({ provider, upstreamSession: 'other' })).toEqual([third])
      expect(await storage.sessions.end({ uid: second.uid })).toEqual([second])
      expect(await storage.sessions.end({ uid: second.uid })).toEqual([])
      expect(await storage.sessions.end({ person, organisation: 'elsewhere' })).toEqual([])
      expect(await storage.sessions.end({ person })).toEqual([first])
    })
  })

  describe('records of the OpenID Provider', () => {
    const opened = openedFor(open)

    it('come back by each of their keys, until they expire or are replaced', async () => {
      const { storage } = opened()
      const record = recordOf({
        model: 'Session',
        uid: newUid(),
        userCode: newUid(),
        session: newUid(),
        grantId: newUid(),
      })
      await storage.opRecords.upsert(record)
      expect(await storage.opRecords.find('Session', record.id, NOW)).toEqual(record)
      expect(await storage.opRecords.findByUid('Session', String(record.uid), NOW)).toEqual(record)
      expect(await storage.opRecords.findByUserCode('Session', String(record.userCode), NOW)).toEqual(record)
      expect(await storage.opRecords.find('Grant', record.id, NOW)).toBeNull()
      expect(await storage.opRecords.find('Session', record.id, SOON)).toBeNull()
      const forever = { ...record, payload: {}, expiresAt: null }
      await storage.opRecords.upsert(forever)
      expect(await storage.opRecords.find('Session', record.id, LATE)).toEqual(forever)
      await storage.opRecords.destroy('Session', record.id)
      expect(await storage.opRecords.find('Session', record.id, NOW)).toBeNull()
    })

    it('are consumed by one of twenty', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const record = recordOf()
      await storage.opRecords.upsert(record)
      expect(await storage.opRecords.consume(record.model, record.id, SOON)).toBe(false)
      const tries = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? storage : other).opRecords.consume(record.model, record.id, NOW),
      )
      expect((await Promise.all(tries)).filter((isWinner) => isWinner)).toHaveLength(1)
      expect(await storage.opRecords.find(record.model, record.id, NOW)).toEqual({ ...record, consumedAt: NOW })
    })

    it('go with their grant and with their session', async () => {
      const { storage } = opened()
      const [grantId, session] = [newUid(), newUid()]
      const records = [recordOf({ grantId }), recordOf({ session, grantId: newUid() }), recordOf({ grantId: newUid() })]
      for (const one of records) await storage.opRecords.upsert(one)
      await storage.opRecords.revokeGrant(grantId)
      await storage.opRecords.revokeSession(session)
      const left = await Promise.all(records.map(({ model, id }) => storage.opRecords.find(model, id, NOW)))
      expect(left).toEqual([null, null, records[2]])
    })
  })
}

import { describe, expect, it } from 'vitest'
import type { DataKey, SigningKey } from '../../keys/signing-key-store.ts'
import { type Open, openedFor } from './opened.ts'
import { newUid } from './samples.ts'

const NOW = new Date('2026-03-01T00:00:00.000Z')
const LATER = new Date(NOW.getTime() + 1)

export function describeOnce(open: Open): void {
  describe('what happens once', () => {
    const opened = openedFor(open)

    it('is taken by one of fifty, also across two storages, and stays taken across a restart', async () => {
      const { storage, beside, reopen } = opened()
      const other = await beside()
      const key = newUid()
      const tries = Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? storage : other).oneTime.consume('jti', key, LATER, NOW),
      )
      expect((await Promise.all(tries)).filter((isWinner) => isWinner)).toHaveLength(1)
      const again = await reopen()
      expect(await again.oneTime.consume('jti', key, LATER, NOW)).toBe(false)
      expect(await again.oneTime.consume('code', key, LATER, NOW)).toBe(true)
    })

    it('may be taken again, once, when it has expired', async () => {
      const { storage } = opened()
      const key = newUid()
      const [first, second, third] = [100, 200, 300].map((ms) => new Date(NOW.getTime() + ms))
      if (first === undefined || second === undefined || third === undefined) throw new Error('there are three')
      expect(await storage.oneTime.consume('jti', key, first, NOW)).toBe(true)
      expect(await storage.oneTime.consume('jti', key, third, new Date(first.getTime() - 1))).toBe(false)
      const tries = Array.from({ length: 20 }, () => storage.oneTime.consume('jti', key, third, first))
      expect((await Promise.all(tries)).filter((isWinner) => isWinner)).toHaveLength(1)
      expect(await storage.oneTime.consume('jti', key, third, second)).toBe(false)
    })

    it('is forgotten when it has expired, not before', async () => {
      const { storage } = opened()
      await storage.oneTime.purge(new Date(NOW.getTime() + 1e9))
      const [old, young] = [newUid(), newUid()]
      await storage.oneTime.consume('purge', old, NOW, new Date(0))
      await storage.oneTime.consume('purge', young, LATER, new Date(0))
      expect(await storage.oneTime.purge(NOW)).toBe(1)
      expect(await storage.oneTime.consume('purge', young, LATER, NOW)).toBe(false)
    })

    it('also when a token is taken back, which may be said twice', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const jti = newUid()
      expect(await storage.revokedTokens.isRevoked(jti)).toBe(false)
      await storage.revokedTokens.revoke(jti, LATER)
      await other.revokedTokens.revoke(jti, LATER)
      expect(await storage.revokedTokens.isRevoked(jti)).toBe(true)
      expect(await other.revokedTokens.isRevoked(jti)).toBe(true)
      expect(await storage.revokedTokens.purge(NOW)).toBe(0)
      expect(await storage.revokedTokens.purge(LATER)).toBe(1)
      expect(await storage.revokedTokens.isRevoked(jti)).toBe(false)
    })

    it('leaves one active signing key of an algorithm, and lets it retire', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const made = Array.from({ length: 10 }, () => keyOf('active'))
      const won = await Promise.all(
        made.map((key, index) => (index % 2 === 0 ? storage : other).signingKeys.insertIfAbsent(key)),
      )
      expect(won.filter((isWinner) => isWinner)).toHaveLength(1)
      const [active] = await storage.signingKeys.list()
      expect(active).toEqual(made[won.indexOf(true)])
      if (active === undefined) throw new Error('one has won')
      const next = keyOf('next', { createdAt: new Date(NOW.getTime() + 5) })
      expect(await storage.signingKeys.insertIfAbsent(next)).toBe(true)
      expect(await storage.signingKeys.insertIfAbsent(keyOf('next'))).toBe(false)
      expect(await storage.signingKeys.insertIfAbsent(keyOf('active', { algorithm: 'RS256' }))).toBe(true)
      const retired = { ...active, state: 'retired', removeAfter: LATER } as const
      expect(await storage.signingKeys.update(retired)).toBe(true)
      expect(await storage.signingKeys.update({ ...next, state: 'active' })).toBe(true)
      expect(await storage.signingKeys.update(keyOf('active'))).toBe(false)
      expect((await other.signingKeys.list()).filter(({ algorithm }) => algorithm === 'ES256')).toEqual([
        retired,
        { ...next, state: 'active' },
      ])
    })

    it('makes one first data key', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const made = Array.from({ length: 10 }, () => dataKeyOf())
      const won = await Promise.all(
        made.map((key, index) => (index % 2 === 0 ? storage : other).dataKeys.swap([], [key])),
      )
      expect(won.filter((isWinner) => isWinner)).toHaveLength(1)
      expect(await other.dataKeys.list()).toEqual([made[won.indexOf(true)]])
    })

    it('changes all data keys together, for one of those who saw the same, across a restart', async () => {
      const { storage, beside, reopen } = opened()
      const other = await beside()
      const before = await storage.dataKeys.list()
      const young = dataKeyOf({ createdAt: LATER })
      const changes = [1, 2].map(() => [...before.map((key) => ({ ...key, wrappedNext: newUid() })), young])
      const won = await Promise.all(
        changes.map((after, index) => (index === 0 ? storage : other).dataKeys.swap(before, after)),
      )
      expect(won.filter((isWinner) => isWinner)).toHaveLength(1)
      const after = changes[won.indexOf(true)]
      const again = await reopen()
      expect(await again.dataKeys.list()).toEqual(after)
      expect(await again.dataKeys.swap(before, before)).toBe(false)
      expect(await again.dataKeys.list()).toEqual(after)
    })
  })
}

function dataKeyOf(fields: Partial<DataKey> = {}): DataKey {
  return { id: newUid(), wrapped: newUid(), wrappedNext: null, createdAt: NOW, ...fields }
}

function keyOf(state: SigningKey['state'], fields: Partial<SigningKey> = {}): SigningKey {
  const texts = { kid: newUid(), algorithm: 'ES256', publicJwk: '{"kty":"EC"}', sealedPrivateKey: 's1.a.b' } as const
  return { ...texts, state, createdAt: NOW, activeAt: LATER, removeAfter: null, ...fields }
}

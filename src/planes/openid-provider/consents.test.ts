import { describe, expect, it } from 'vitest'
import type { OpRecord } from '../sign-in/op-record-store.ts'
import { createConsents } from './consents.ts'

const SHOP = { uid: 'app-1' }
const DAY_MS = 86_400_000

function opened() {
  const stored = new Map<string, OpRecord>()
  let at = new Date('2026-03-01T10:00:00Z')
  const consents = createConsents({
    now: () => at,
    records: {
      async upsert(record) {
        stored.set(record.id, record)
      },
      async find(_model, id, now) {
        const record = stored.get(id) ?? null
        return record?.expiresAt === null || (record?.expiresAt ?? now) > now ? record : null
      },
    },
  })
  return {
    consents,
    stored,
    later: (days: number) => {
      at = new Date(at.getTime() + days * DAY_MS)
    },
  }
}

const allowed = (scopes: string[], resources: Record<string, string[]> = {}) => ({ scopes, claims: [], resources })

describe('what a person allowed', () => {
  it('is remembered for the app, resource by resource, and grows', async () => {
    const { consents } = opened()
    await consents.remember('ada', SHOP, allowed(['openid'], { 'https://a.example': ['read'] }))
    await consents.remember('ada', SHOP, allowed(['email'], { 'https://b.example': ['read'] }))
    expect(await consents.find('ada', SHOP)).toEqual(
      allowed(['openid', 'email'], { 'https://a.example': ['read'], 'https://b.example': ['read'] }),
    )
  })

  it('is nobody else’s, and not of an app made anew under the name', async () => {
    const { consents, stored } = opened()
    await consents.remember('ada', SHOP, allowed(['openid']))
    expect(await consents.find('bob', SHOP)).toBeNull()
    expect(await consents.find('ada', { uid: 'app-2' })).toBeNull()
    expect([...stored.keys()].join()).not.toContain('ada')
  })

  it('is asked again after a year without a yes', async () => {
    const { consents, later } = opened()
    await consents.remember('ada', SHOP, allowed(['openid']))
    later(364)
    expect(await consents.find('ada', SHOP)).not.toBeNull()
    later(2)
    expect(await consents.find('ada', SHOP)).toBeNull()
  })
})

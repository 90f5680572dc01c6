import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../json.ts'
import type { RegistryEvent, RegistryWrite } from '../../../registry/stores.ts'
import { closedBy, endingSessions } from './closings.ts'
import type { EndFilter } from './end-sessions.ts'

const NOW = new Date('2026-03-01T10:00:00Z')

function eventOf(kind: string, after: JsonObject | null): RegistryEvent {
  return {
    organisation: 'acme',
    actor: { organisation: 'acme', subject: 'operator-token', requestId: null },
    action: `${kind}.${after === null ? 'remove' : 'update'}`,
    target: { kind, id: kind === 'organisation' ? 'acme' : 'one', uid: 'u-1' },
    before: {},
    after,
  }
}

describe('what the registry writes', () => {
  it.each<[string, string, JsonObject | null, EndFilter | null]>([
    ['a person disabled', 'person', { enabled: false }, { person: 'u-1' }],
    ['a person deleted', 'person', null, { person: 'u-1' }],
    ['a person changed', 'person', { enabled: true }, null],
    ['a provider disabled', 'provider', { enabled: false, expireTime: null }, { provider: 'u-1' }],
    ['a provider deleted', 'provider', null, { provider: 'u-1' }],
    ['a provider expired', 'provider', { enabled: true, expireTime: '2026-03-01T10:00:00.000Z' }, { provider: 'u-1' }],
    ['a provider that will expire', 'provider', { enabled: true, expireTime: '2026-03-01T10:00:00.001Z' }, null],
    ['an organisation deleted', 'organisation', null, { organisation: 'acme' }],
    ['an organisation changed', 'organisation', { id: 'acme' }, null],
    ['an app disabled, whose people stay signed in elsewhere', 'app', { enabled: false }, null],
    ['a trust deleted', 'trust', null, null],
  ])('%s', (_name, kind, after, ends) => {
    expect(closedBy(eventOf(kind, after), NOW)).toEqual(ends)
  })
})

describe('a write', () => {
  const events: RegistryEvent[] = []
  // The registry's stores are not asked here.
  const tx = { audit: (event: RegistryEvent) => void events.push(event) } as unknown as RegistryWrite

  it('ends sessions of what its last try closed, after the commit', async () => {
    const order: string[] = []
    const write = endingSessions({
      write: async (work) => {
        await work(tx)
        const answer = await work(tx)
        order.push('committed')
        return answer
      },
      ender: {
        end: async (filter) => {
          order.push(JSON.stringify(filter))
          return []
        },
      },
      now: () => NOW,
      onError: (error) => {
        throw error
      },
    })
    let tries = 0
    const answer = await write(async (inner) => {
      tries += 1
      inner.audit(eventOf(tries === 1 ? 'provider' : 'person', null))
      return tries
    })
    expect([answer, order]).toEqual([2, ['committed', '{"person":"u-1"}']])
    expect(events).toHaveLength(2)
  })

  it('that fails ends nothing; endings that fail do not fail it', async () => {
    const errors: unknown[] = []
    const ended: EndFilter[] = []
    const options = { now: () => NOW, onError: (error: unknown) => void errors.push(error) }
    const end = async (filter: EndFilter) => {
      ended.push(filter)
      throw new Error('no answer')
    }
    const failing = endingSessions({
      ...options,
      ender: { end },
      write: async (work) => {
        await work(tx)
        throw new Error('rolled back')
      },
    })
    const closing = async (inner: RegistryWrite) => inner.audit(eventOf('person', null))
    await expect(failing(closing)).rejects.toThrow('rolled back')
    expect(ended).toEqual([])
    await endingSessions({ ...options, ender: { end }, write: (work) => work(tx) })(closing)
    await expect.poll(() => errors.length).toBe(1)
  })
})

import { describe, expect, it } from 'vitest'
import { type AppsToTell, createAppsToTell } from './apps-told.ts'

function opened(): { apps: AppsToTell; waits: number[]; untold: string[] } {
  const waits: number[] = []
  const untold: string[] = []
  const apps = createAppsToTell({
    sleep: async (milliseconds) => void waits.push(milliseconds),
    onUntold: (clientId, error) => untold.push(`${clientId}: ${Object(error).message}`),
  })
  return { apps, waits, untold }
}

describe('an app', () => {
  it('is told once where it listens', async () => {
    const { apps, waits, untold } = opened()
    const told: string[] = []
    const notices = ['a', 'b'].map((clientId) => ({ clientId, send: async () => void told.push(clientId) }))
    apps.tell(notices)
    await apps.drain()
    expect([told, waits, untold]).toEqual([['a', 'b'], [], []])
  })

  it('is told again later where it did not, and is given up on at last', async () => {
    const { apps, waits, untold } = opened()
    let tries = 0
    const done = new Promise<void>((resolve) => {
      apps.tell([
        {
          clientId: 'restarts',
          async send() {
            tries += 1
            if (tries < 3) throw new Error('502')
            resolve()
          },
        },
      ])
    })
    await done
    expect([tries, waits, untold]).toEqual([3, [1_000, 5_000], []])
    apps.tell([{ clientId: 'gone', send: () => Promise.reject(new Error('404')) }])
    await expect.poll(() => untold).toEqual(['gone: 404'])
  })

  it('that hangs keeps none of the others waiting', async () => {
    const { apps } = opened()
    const told: string[] = []
    apps.tell([
      { clientId: 'hangs', send: () => new Promise(() => undefined) },
      { clientId: 'listens', send: async () => void told.push('listens') },
    ])
    await expect.poll(() => told).toEqual(['listens'])
  })

  it('is one of a bounded number that are told at a time', async () => {
    const { apps } = opened()
    let [now, most, told] = [0, 0, 0]
    const send = async () => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setImmediate(resolve))
      now -= 1
      told += 1
    }
    apps.tell(Array.from({ length: 100 }, (_, index) => ({ clientId: String(index), send })))
    await apps.drain()
    expect(told).toBe(100)
    expect(most).toBeLessThanOrEqual(16)
  })
})

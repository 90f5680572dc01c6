import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultOf } from '../conformance/fault-of.ts'
import { describeStorage } from '../conformance/index.ts'
import { type Disk, openedOn } from '../conformance/opened.ts'
import { decisionOf, newUid, providerOf } from '../conformance/samples.ts'
import { openStorage } from '../index.ts'
import type { Storage } from '../storage.ts'

const now = () => new Date()

async function newFile(): Promise<Disk & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-storage-'))
  const file = join(folder, 'entente.db')
  return {
    file,
    open: () => openStorage({ url: `sqlite:${file}`, now }),
    async rawBytes() {
      const names = await readdir(folder)
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))))
    },
    async sql(statement) {
      const database = new Database(file)
      database.exec(statement)
      database.close()
    },
    remove: () => rm(folder, { recursive: true }),
  }
}

describeStorage('SQLite', async () => openedOn(await newFile()))

describe('SQLite', () => {
  let disk: Awaited<ReturnType<typeof newFile>>
  let storage: Storage
  beforeEach(async () => {
    disk = await newFile()
    storage = await disk.open()
  })
  afterEach(async () => {
    await storage.close()
    await disk.remove()
  })

  it('makes the file for its owner only, and syncs every commit', async () => {
    expect((await stat(disk.file)).mode & 0o777).toBe(0o600)
    const database = new Database(disk.file, { readonly: true })
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    database.close()
  })

  it('lets the log begin anew while rows are written all the time', async () => {
    const rowOf = (seq: number) => {
      const decision = decisionOf('default')
      return {
        decision,
        body: JSON.stringify({ ...decision, address: 'x'.repeat(100_000) }),
        link: { chain: 'c', seq, previous: '', hash: String(seq) },
      }
    }
    // More than 100 MiB in all; without a new beginning the log would have them.
    for (let seq = 1; seq <= 1_000; seq++) {
      await storage.decisions.append([rowOf(seq)])
      await sleep(1)
    }
    expect((await stat(`${disk.file}-wal`)).size).toBeLessThan(80 * 1024 * 1024)
    expect(await storage.decisions.list('default', { limit: 5 })).toHaveLength(5)
  })

  it('answers while another process holds the lock, keeps the process alive, and recovers', async () => {
    const other = new Database(disk.file)
    other.exec('begin immediate')
    let ticks = 0
    const ticking = setInterval(() => ticks++, 10)
    const since = performance.now()
    const decision = decisionOf('default')
    const row = { decision, body: JSON.stringify(decision), link: { chain: 'c', seq: 1, previous: '', hash: 'h' } }
    const unavailable = ['unavailable', 'storage.unavailable']
    const [ping, append, ...writes] = await Promise.all([
      faultOf(storage.ping()),
      faultOf(storage.decisions.append([row])),
      ...Array.from({ length: 200 }, () => faultOf(storage.providers.insert(providerOf('default')))),
    ])
    clearInterval(ticking)
    expect([ping, append]).toEqual([unavailable, unavailable])
    for (const write of writes) expect(write).toEqual(unavailable)
    expect(performance.now() - since).toBeLessThan(5_000)
    expect(ticks).toBeGreaterThan(40)
    expect(await storage.providers.count('default')).toBe(0)

    const late = faultOf(storage.providers.insert(providerOf('default'))).catch(() => 'done')
    other.exec('rollback')
    other.close()
    await late
    await expect
      .poll(() =>
        storage.ping().then(
          () => 'answers',
          () => 'does not',
        ),
      )
      .toBe('answers')
    await storage.decisions.append([row])
    await storage.providers.insert(providerOf('default'))
  })

  it('answers a question anew after each commit of its own, though it remembers answers', async () => {
    const provider = providerOf('default')
    const named = async () => (await storage.providers.get('default', provider.id))?.displayName
    expect(await named()).toBeUndefined()
    await storage.providers.insert({ ...provider, displayName: 'one' })
    expect([await named(), await named()]).toEqual(['one', 'one'])
    await storage.providers.update({ ...provider, displayName: 'two', version: 2 })
    expect([await named(), await named()]).toEqual(['two', 'two'])
    const failed = storage.write(async (tx) => {
      await tx.providers.update({ ...provider, displayName: 'three', version: 3 })
      expect((await tx.providers.get('default', provider.id))?.displayName).toBe('three')
      expect(await named()).toBe('two')
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    expect(await named()).toBe('two')
    await storage.providers.remove(provider.uid)
    expect(await named()).toBeUndefined()
  })

  it('sees at once what the command line writes beside it: the wrappings of data keys', async () => {
    expect(await storage.dataKeys.list()).toEqual([])
    await disk.sql("insert into data_keys (id, wrapped, created_at) values ('k', 'w', 1)")
    expect((await storage.dataKeys.list()).map(({ id }) => id)).toEqual(['k'])
    await disk.sql("update data_keys set wrapped = 'w2'")
    expect((await storage.dataKeys.list()).map(({ wrapped }) => wrapped)).toEqual(['w2'])
  })

  it('waits for a lock that is soon released', async () => {
    const other = new Database(disk.file)
    other.exec('begin immediate')
    setTimeout(() => other.exec('rollback'), 200)
    await storage.providers.insert(providerOf('default'))
    other.close()
  })

  it.each(['sqlite:', 'sqlite::memory:', 'sqlite', 'mysql://localhost/x', 'postgres://[', ''])(
    'refuses the address %o',
    async (url) => {
      expect(await faultOf(openStorage({ url, now }))).toEqual(['invalid', 'storage.url_invalid'])
    },
  )

  it('says that a file is out of reach, or is no database', async () => {
    const missing = openStorage({ url: `sqlite:${disk.file}/${newUid()}/x.db`, now })
    expect(await faultOf(missing)).toEqual(['unavailable', 'storage.unavailable'])
    await writeFile(`${disk.file}.txt`, 'no database '.repeat(100))
    const text = openStorage({ url: `sqlite:${disk.file}.txt`, now })
    expect(await faultOf(text)).toEqual(['unavailable', 'storage.unavailable'])
  })
})

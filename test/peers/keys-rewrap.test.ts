/** A change of the master key beside a running server: nothing stops, and in the end only the new key opens the database. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exchange } from '../../src/cli/demo/exchange.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { openWorld, operatorOf, program, registerGithub, type World } from './world.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

interface Ended {
  readonly code: number | null
  readonly output: string
}

function keys(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...program(), 'keys', ...args], {
      env: { PATH: process.env.PATH, ENTENTE_DATA: world.data, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

async function publishedKids(server: ServerProcess): Promise<string[]> {
  const { keys } = (await (await fetch(`${server.url}/oauth2/jwks`)).json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}

const textOf = (name: string) => readFileSync(join(world.data, name), 'utf8').trim()

it('replaces the generated key file while the server goes on signing', async () => {
  const first = await world.start()
  const { clientId, audience } = await registerGithub(operatorOf(first))
  const kids = await publishedKids(first)
  const token = await world.github.mint({ aud: audience })
  const grants = async (server: ServerProcess) => (await exchange(server.url, clientId, token)).status
  expect(await grants(first)).toBe(200)

  const [old, work] = [textOf('seal-key'), Promise.all([keys(['rewrap']), ...[1, 2, 3].map(() => grants(first))])]
  const [rewrapped, ...statuses] = await work
  expect(rewrapped).toMatchObject({ code: 0, output: expect.stringContaining('1 data key is wrapped under both keys') })
  expect(statuses).toEqual([200, 200, 200])
  const fresh = textOf('seal-key')
  expect([textOf('seal-key.old'), fresh === old, existsSync(join(world.data, 'seal-key.next'))]).toEqual([
    old,
    false,
    false,
  ])
  expect(statSync(join(world.data, 'seal-key')).mode & 0o777).toBe(0o600)
  for (const key of [old, fresh]) expect(rewrapped.output).not.toContain(key)
  expect(await keys(['rewrap'])).toMatchObject({ code: 1, output: expect.stringContaining('keys.rewrap_unfinished') })
  expect(textOf('seal-key')).toBe(fresh)
  expect(await grants(first)).toBe(200)

  await first.stop()
  const second = await world.start({ port: first.port })
  expect([await grants(second), await publishedKids(second)]).toEqual([200, kids])
  expect((await keys(['rewrap', '--finish'])).code).toBe(0)
  expect(existsSync(join(world.data, 'seal-key.old'))).toBe(false)
  expect(await keys(['rotate-data-key'])).toMatchObject({ code: 0, output: expect.stringContaining('was added') })
  expect(await grants(second)).toBe(200)
  await second.stop()
  await expect(world.start({ env: { ENTENTE_SEAL_KEY: old } })).rejects.toThrow('keys.seal_key_wrong')
  const third = await world.start({ port: first.port })
  expect([await grants(third), await publishedKids(third)]).toEqual([200, kids])
})

it('lets processes with either key start until it is finished', async () => {
  const [old, fresh] = [1, 2].map(() => randomBytes(32).toString('base64')) as [string, string]
  const newKeyFile = join(world.data, 'new-key')
  writeFileSync(newKeyFile, `${fresh}\n`, { mode: 0o600 })
  const running = await world.start({ env: { ENTENTE_SEAL_KEY: old } })
  const kids = await publishedKids(running)
  expect((await keys(['rewrap'], { ENTENTE_SEAL_KEY: old })).code).toBe(2)
  for (const { args, env } of [
    { args: ['rewrap', '--new-key-file', newKeyFile], env: {} },
    { args: ['rewrap'], env: { ENTENTE_NEW_SEAL_KEY: fresh } },
  ]) {
    const ended = await keys(args, { ENTENTE_SEAL_KEY: old, ...env })
    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('--finish') })
    expect(ended.output).not.toContain('warning')
  }
  expect(await keys(['rewrap', '--finish'], { ENTENTE_SEAL_KEY: old })).toMatchObject({ code: 1 })
  await running.stop()
  for (const key of [old, fresh]) {
    const server = await world.start({ env: { ENTENTE_SEAL_KEY: key } })
    expect(await publishedKids(server)).toEqual(kids)
    await server.kill()
  }
  expect((await keys(['rewrap', '--finish'], { ENTENTE_SEAL_KEY: fresh })).code).toBe(0)
  await expect(world.start({ env: { ENTENTE_SEAL_KEY: old } })).rejects.toThrow('keys.seal_key_wrong')
  const server = await world.start({ env: { ENTENTE_SEAL_KEY: fresh } })
  expect(await publishedKids(server)).toEqual(kids)
})

it('makes nothing where there is nothing, and takes no bad key', async () => {
  const bad = await keys(['rewrap'], { ENTENTE_NEW_SEAL_KEY: 'secret-but-too-short' })
  expect(bad).toMatchObject({ code: 2, output: expect.stringContaining('ENTENTE_NEW_SEAL_KEY') })
  expect(bad.output).not.toContain('secret-but-too-short')
  expect((await keys(['rewrap', '--finish', '--abandon'])).code).toBe(2)
  for (const args of [['rewrap'], ['rewrap', '--finish'], ['rotate-data-key']]) expect((await keys(args)).code).toBe(1)
  for (const name of ['entente.db', 'seal-key', 'operator-token']) {
    expect(existsSync(join(world.data, name)), name).toBe(false)
  }
})

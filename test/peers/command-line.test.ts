/** The program as an operator meets it: exit codes, all faults of a configuration at once, signals, several processes. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '../../src/cli/demo/api.ts'
import { type PostgresServer, startPostgres } from '../../src/storage/conformance/postgres-server.ts'
import { runProgram } from './run-program.ts'
import { openWorld, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const runToEnd = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runProgram(args, { ENTENTE_DATA: world.data, ...env })

describe('the command line', () => {
  it('knows its version and its commands', async () => {
    expect(await runToEnd(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) })
    const help = await runToEnd(['--help'])
    expect(help.code).toBe(0)
    for (const command of ['serve', 'demo', 'simulate', 'config']) expect(help.stdout).toContain(command)
  })

  it.each(['serve', 'config'])(
    '%s reports every fault of a bad configuration at once, and ends with 2',
    async (command) => {
      const ended = await runToEnd([command], {
        ENTENTE_URL: 'ftp://nowhere',
        ENTENTE_LISTEN: 'not-an-address',
        ENTENTE_SEAL_KEY: 'secret-but-too-short',
        ENTENTE_WORKERS: '2',
      })
      expect(ended.code).toBe(2)
      for (const name of ['ENTENTE_URL', 'ENTENTE_LISTEN', 'ENTENTE_SEAL_KEY', 'ENTENTE_WORKERS']) {
        expect(ended.stderr).toContain(name)
      }
      expect(ended.stderr).not.toContain('secret-but-too-short')
    },
  )

  it('config shows what is in force, and no secret', async () => {
    const seal = randomBytes(32).toString('base64')
    const ended = await runToEnd(['config'], {
      ENTENTE_URL: 'https://id.example',
      ENTENTE_OPERATOR_TOKEN: 'operator-token-that-is-long-enough-to-be-one',
      ENTENTE_SEAL_KEY: seal,
      ENTENTE_DATABASE: 'postgres://entente:database-password@db.example/entente',
    })
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('https://id.example') })
    const all = ended.stdout + ended.stderr
    for (const secret of ['operator-token-that', seal, 'database-password']) expect(all).not.toContain(secret)
  })

  it('ends with 2 for a command or a flag it does not know', async () => {
    expect((await runToEnd(['serv'])).code).toBe(2)
    expect((await runToEnd(['serve', '--nonsense'])).code).toBe(2)
    const nested = await runToEnd(['condition', 'github', '--nonsense'])
    expect([nested.code, nested.stderr]).toEqual([2, expect.stringContaining('entente condition github --help')])
  })
})

describe('a running server', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops gracefully on %s, idle connections or not', async (signal) => {
    const server = await world.start()
    const idle = connect(server.port, '127.0.0.1')
    await new Promise((resolve) => idle.once('connect', resolve))
    idle.on('error', () => {})
    const ended = new Promise((resolve) => server.child.once('exit', (code) => resolve(code)))
    const since = performance.now()
    server.child.kill(signal)
    expect(await ended).toBe(0)
    expect(performance.now() - since).toBeLessThan(10_000)
    idle.destroy()
  })

  it('that npm started stops with npm, as in a container', async () => {
    const env = { PATH: process.env.PATH, ENTENTE_DATA: join(world.data, 'npm'), ENTENTE_LISTEN: '127.0.0.1:0' }
    const npm = spawn('npm', ['start'], { cwd: fileURLToPath(new URL('../..', import.meta.url)), env })
    await new Promise<void>((resolve, reject) => {
      npm.stdout.on('data', (chunk) => String(chunk).includes('Server listening') && resolve())
      npm.once('close', (code) => reject(new Error(`npm start ended with ${code}`)))
    })
    // The last who may write there is the server.
    const silent = new Promise((resolve) => npm.once('close', resolve))
    npm.kill('SIGTERM')
    await silent
  })

  it('says in one sentence that its port is taken', async () => {
    const server = await world.start()
    const ended = await runToEnd(['serve'], {
      ENTENTE_LISTEN: `127.0.0.1:${server.port}`,
      ENTENTE_DATA: `${world.data}/b`,
    })
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain(String(server.port))
    expect(ended.stderr).toContain('ENTENTE_LISTEN')
    expect(ended.stderr).not.toContain('    at ')
    await server.stop()
  })
})

describe('several workers', () => {
  let postgres: PostgresServer

  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())

  it('serve behind one port, are replaced when they end, and stop together', async () => {
    const token = randomBytes(32).toString('base64url')
    const server = await world.start({
      env: {
        ENTENTE_DATABASE: postgres.url,
        ENTENTE_SEAL_KEY: randomBytes(32).toString('base64'),
        ENTENTE_OPERATOR_TOKEN: token,
        ENTENTE_WORKERS: '2',
      },
    })
    const api = createApi(server.url, token)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.call('GET', '/api/v1/workload_federation/providers')),
    )
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200))
    expect(await server.stop()).toBe(0)
  })
})

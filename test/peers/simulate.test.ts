/** `entente simulate` as its users meet it: a process that says how it is reached, and ends when it is told to. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, createApi, textAt } from '../../src/cli/demo/api.ts'
import { startServerProcess } from '../../src/cli/demo/server-process.ts'
import { program } from './world.ts'

let directory: string
const running = new Set<ChildProcess>()

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'entente-simulate-'))
})
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [...program(), 'simulate', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const output = { stdout: '', stderr: '' }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  return { child, output, ended }
}

describe('entente simulate', () => {
  it('plays who is named, for a server that is started with what it prints, and ends when told to', async () => {
    const caFile = join(directory, 'ca.pem')
    const { child, output, ended } = start(['aws', 'spiffe', '--json', '--ca-file', caFile, '--audience', 'x.example'])
    const parsed = () => JSON.parse(output.stdout)
    await expect.poll(parsed, { timeout: 60_000 }).toHaveProperty('control')
    const told = parsed()
    expect(told.sources.map(({ name }: { name: string }) => name)).toEqual(['aws', 'spiffe'])
    expect(told.environment.ENTENTE_UPSTREAM_CA).toBe(caFile)
    expect(readFileSync(caFile, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/)

    const server = await startServerProcess({ data: directory, program: program(), env: told.environment })
    try {
      const operator = createApi(server.url, server.operatorToken())
      for (const { registration } of told.sources) {
        const made = await operator.call('POST', '/api/v1/workload_federation/providers', registration)
        expect(made.status, JSON.stringify(made.body)).toBe(200)
        expect(textAt(made, 'provider', 'issuerUrl')).toBe(registration.issuerUrl)
      }
    } finally {
      await server.kill()
    }
    const { url, token } = told.control
    const minted = await fetch(`${url}/aws/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ audience: 'x.example', fault: 'expired' }),
    })
    expect(at(decodeJwt(await minted.text()), 'exp')).toBeLessThan(Date.now() / 1000)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(output.stderr).toBe('')
  })

  it.each([
    [['jenkins'], 'jenkins: there are github, gitlab'],
    [['gitlab', '--port', 'jenkins=1'], 'jenkins: there are'],
    [['gitlab', '--port', 'gitlab=70000'], 'a port is a number'],
    [['gitlab', '--issuer', 'gitlab=http://gitlab.example'], 'an issuer is https://'],
    [['spiffe', '--issuer', 'spiffe=https://a.example'], 'an issuer is https://'],
    [['gitlab', '--issuer', 'https://gitlab.example'], 'write name=value'],
  ])('ends with 2 for %j', async (args, sentence) => {
    const { output, ended } = start(args)
    expect(await ended).toBe(2)
    expect(output.stderr).toContain(sentence)
  })

  it('says in one sentence that a port is taken, and leaves nothing running', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const port = at(taken.address(), 'port')
    for (const flags of [
      ['--port', `gitlab=${port}`],
      ['--control-port', String(port)],
      ['--runner-port', String(port)],
    ]) {
      const { output, ended } = start(['github', 'gitlab', ...flags])
      expect(await ended).toBe(1)
      expect(output.stderr).toContain(String(port))
      expect(output.stderr).not.toContain('    at ')
    }
    taken.close()
  })

  it('lists in its help who can be played and what can go wrong', async () => {
    const { output, ended } = start(['--help'])
    expect(await ended).toBe(0)
    for (const word of ['hcp-terraform', 'kubernetes', 'wrong-audience', '/{name}/fault', '--json']) {
      expect(output.stdout).toContain(word)
    }
  })
})

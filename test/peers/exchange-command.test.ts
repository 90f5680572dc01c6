/** `entente exchange` as a job runs it, and `entente explain` as an operator does. */
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { runProgram } from './run-program.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

let world: World
let server: ServerProcess
let registration: Registration

beforeAll(async () => {
  world = await openWorld()
  server = await world.start()
  registration = await registerGithub(operatorOf(server))
})
afterAll(() => world.close())

/** A job knows the server and its client id, and no token of an operator. */
const job = () => ({ ENTENTE_URL: server.url, ENTENTE_CLIENT_ID: registration.clientId })
const runner = (run: Parameters<World['github']['startRun']>[0] = {}) => {
  const { idTokenRequestUrl, requestToken } = world.github.startRun(run)
  return { ACTIONS_ID_TOKEN_REQUEST_URL: idTokenRequestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken }
}
const operator = () => ({ ENTENTE_URL: server.url, ENTENTE_TOKEN: server.operatorToken() })

async function expectToken(printed: string): Promise<void> {
  expect(printed).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  const keys = createRemoteJWKSet(new URL(`${server.url}/oauth2/jwks`))
  const { payload } = await jwtVerify(printed.trim(), keys, { issuer: server.url, typ: 'at+jwt' })
  expect(payload.client_id).toBe(registration.clientId)
}

describe('entente exchange', () => {
  it('asks GitHub for a token and prints the one it gets for it, and nothing else, on stdout', async () => {
    const ended = await runProgram(['exchange'], { ...job(), ...runner() })
    expect(ended.code).toBe(0)
    await expectToken(ended.stdout)
    expect(ended.stderr).toContain(`from GitHub Actions, for ${registration.audience}`)
    expect(ended.stderr).toContain('valid for 30 minutes')
    expect(ended.stderr).not.toMatch(/eyJ/)
  })

  it('takes a token from standard input and from a variable', async () => {
    const token = await world.github.mint({ aud: registration.audience })
    const piped = await runProgram(['exchange', '--subject-token-file', '-', '-q'], job(), `${token}\n`)
    expect(piped).toMatchObject({ code: 0, stderr: '' })
    await expectToken(piped.stdout)
    const named = await runProgram(['exchange', '--subject-token-env', 'JOB', '-o', 'json'], { ...job(), JOB: token })
    expect(JSON.parse(named.stdout)).toMatchObject({ token_type: 'Bearer', expires_in: 1800 })
  })

  it('ends with 3 when it is refused, and says what its caller can see and who can see more', async () => {
    const ended = await runProgram(['exchange', '--github-audience', 'vault', '-q'], { ...job(), ...runner() })
    expect(ended).toMatchObject({ code: 3, stdout: '' })
    expect(ended.stderr).toContain('The token is for "vault"')
    expect(ended.stderr).not.toMatch(/eyJ/)
    const [, id = ''] = /entente explain (\S+)/.exec(ended.stderr) ?? []
    const explained = await runProgram(['explain', id], operator())
    expect(explained.code).toBe(0)
    expect(explained.stdout).toMatch(/✗ audience +audience\.mismatch\n +expected +\S+/)
    expect(explained.stdout).toContain('but got   vault')
  })

  it('ends with 2 when it is called wrongly, and with 1 where no server of ours answers', async () => {
    expect((await runProgram(['exchange'], { ENTENTE_URL: server.url })).code).toBe(2)
    expect((await runProgram(['exchange'], job())).code).toBe(2)
    const elsewhere = new URL(world.github.idTokenRequestUrl).origin
    const ended = await runProgram(['exchange'], { ...job(), ...runner(), ENTENTE_URL: elsewhere })
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain('not as a token endpoint does')
  })
})

describe('entente explain', () => {
  it('without an id shows the newest refusal, as text or as JSON', async () => {
    await runProgram(['exchange'], { ...job(), ...runner({ repository: 'mallory/payments' }) })
    const { stdout } = await runProgram(['explain'], operator())
    expect(stdout).toMatch(/^✗ refused {2}condition\.false\n/)
    expect(stdout).toContain('claims.repository == "octo-org/payments"')
    const json = await runProgram(['explain', '-o', 'json'], operator())
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'Decision', spec: { code: 'condition.false' } })
  })

  it('knows no decision of somebody else, and says so', async () => {
    const ended = await runProgram(['explain', '01a212de-6a07-77d6-84e9-a647d453620c'], operator())
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain('There is no such decision')
  })
})

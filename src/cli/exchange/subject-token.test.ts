import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GithubSimulator, startGithubSimulator } from '../../../simulators/github.ts'
import { subjectTokenOf } from './subject-token.ts'
import { lookInto } from './unverified.ts'

let folder: string
let github: GithubSimulator
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entente-subject-'))
  github = await startGithubSimulator()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await github.stop()
})

const runner = () => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: github.idTokenRequestUrl,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: github.requestToken,
})

describe('the token of a job', () => {
  it('is read from a file, without its line break', async () => {
    const file = join(folder, 'token')
    writeFileSync(file, 'a.b.c\n')
    expect(await subjectTokenOf({ subjectTokenFile: file }, runner(), 'x')).toEqual({ token: 'a.b.c', from: file })
  })

  it('is read from the variable that is named', async () => {
    const found = await subjectTokenOf({ subjectTokenEnv: 'ID_TOKEN' }, { ID_TOKEN: 'a.b.c' }, 'x')
    expect(found).toEqual({ token: 'a.b.c', from: 'the variable ID_TOKEN' })
  })

  it.each([
    ['id.example:8443', ['id.example:8443']],
    [null, ['https://github.com/octo-org']],
  ])('is asked for at the runner, for %s', async (audience, audiences) => {
    const { token, from } = await subjectTokenOf({}, runner(), audience)
    expect(from).toBe('GitHub Actions')
    expect(lookInto(token)).toMatchObject({ audiences, subject: expect.stringContaining('octo-org/payments') })
  })

  it.each([
    ['two places', { subjectTokenFile: 'a', subjectTokenEnv: 'B' }, {}, 'cli.called_wrongly', 'two places'],
    ['no file', { subjectTokenFile: '/nowhere/token' }, {}, 'cli.no_subject_token', 'is not there'],
    ['an empty variable', { subjectTokenEnv: 'B' }, { B: ' ' }, 'cli.no_subject_token', 'is empty'],
    ['two words', { subjectTokenEnv: 'B' }, { B: 'canary one' }, 'cli.no_subject_token', 'something else than one'],
    ['nothing at all', {}, {}, 'cli.no_subject_token', 'no GitHub job'],
    ['a job without the permission', {}, { GITHUB_ACTIONS: 'true' }, 'cli.no_subject_token', 'id-token: write'],
    [
      'an address that is none',
      {},
      { ACTIONS_ID_TOKEN_REQUEST_URL: 'canary' },
      'cli.no_subject_token',
      'is no address',
    ],
  ])('%s', async (_, flags, env, code, message) => {
    const failure = await subjectTokenOf(flags, env, null).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code, message: expect.stringContaining(message) })
    expect(String(failure)).not.toContain('canary')
  })

  it('is not given to a job that the runner does not know', async () => {
    const env = { ...runner(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary' }
    const failure = await subjectTokenOf({}, env, null).catch((error: unknown) => error)
    expect(failure).toMatchObject({ message: "GitHub's runner gives no token: it answers 401." })
  })
})

/** The demo as anybody runs it: every job once, and an exit code that says whether all of it held. */
import { expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

it('the demo plays every job, signs people in through four logins, and says that all held', async () => {
  const { code, stdout } = await runProgram(['demo'], {})
  expect(stdout).toMatch(/✓ All \d+ checks held/)
  for (const person of ['alice', 'bob', 'carol']) expect(stdout).toContain(`email ${person}@corp.example`)
  expect(stdout).toMatch(/decision [0-9a-f-]{36}\n +inside +nonce\.mismatch/)
  expect(stdout).toContain('her refresh token gets invalid_grant')
  expect(code).toBe(0)
}, 120_000)

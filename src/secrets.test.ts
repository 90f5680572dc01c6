import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecrets } from './secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (dataDir: string) =>
  openSecrets({
    dataDir,
    engine: 'sqlite',
    sealKey: null,
    operatorToken: null,
    randomBytes: (size) => new Uint8Array(size).fill(7),
  })

describe('the secrets of a start', () => {
  it('are made once, for their owner alone', () => {
    const data = join(folder, 'data')
    const made = open(data)
    expect(made).toMatchObject({ masterKey: Buffer.alloc(32, 7), operatorTokenIsNew: true })
    expect(open(data)).toEqual({ ...made, operatorTokenIsNew: false })
    const modes = [data, join(data, 'seal-key'), join(data, 'operator-token')].map(
      (path) => statSync(path).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o600, 0o600])
  })

  it('say in a sentence that the data directory is none, or lies below what is none', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    for (const [data, code] of [
      [file, 'EEXIST'],
      [join(file, 'below'), 'ENOTDIR'],
    ] as const)
      expect(() => open(data)).toThrow(
        expect.objectContaining({
          code: 'secrets.data_unusable',
          message: expect.stringContaining(`${data} cannot be used: ${code}`),
        }),
      )
  })
})

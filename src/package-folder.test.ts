import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findOurPackage } from './package-folder.ts'

it('the folder is that of our package.json, and says the version', () => {
  const found = findOurPackage()
  expect(found?.version).toMatch(/^\d+\.\d+\.\d+/)
  expect(found !== null && existsSync(new URL('src/package-folder.ts', found.folder))).toBe(true)
})

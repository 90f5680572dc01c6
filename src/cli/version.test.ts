import { expect, it } from 'vitest'
import { readVersion } from './version.ts'

it("the version is the package's", () => {
  expect(readVersion()).toMatch(/^\d+\.\d+\.\d+/)
})

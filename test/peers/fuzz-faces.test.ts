/**
 * Ten thousand requests to each face, one after another: near-valid, odd and senseless. Answers are successes and refusals in
 * the face's own shape, never a failure; what is stored keeps every rule. A failing run prints its seed: `fuzzFace` repeats it.
 */
import { describe, expect, it } from 'vitest'
import { fuzzFace } from '../../src/faces/testing/fuzz/fuzz.ts'
import { specimens } from '../../src/faces/testing/specimens.ts'

const RUNS = 10_000

/**
 * Operations that begin something which only a browser or a token can finish, want a record in somebody's DNS, or are about
 * a session of a person, which a browser has to begin, or a key, whose name no body has.
 */
const UNFINISHED = /\/(?:test|verify|rotate|sessions\/\{item\})$/

// Side by side: each waits for its own disk now and then.
describe.concurrent('faces, fuzzed at length', () => {
  for (const specimen of specimens) {
    it(`${specimen.face.name} keeps its word`, { timeout: 600_000 }, async () => {
      const { broken, operations } = await fuzzFace(specimen, { runs: RUNS })
      expect(broken).toEqual([])
      const writes = [...operations].filter(([route]) => !route.startsWith('GET ') && !UNFINISHED.test(route))
      // A new operation that no body gets through wants a seed in src/faces/testing/fuzz/seeds.ts.
      expect(writes.filter(([, { ok }]) => ok === 0).map(([route]) => route)).toEqual([])
    })
  }
})

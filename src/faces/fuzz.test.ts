import { describe, expect, it } from 'vitest'
import { fuzzFace } from './testing/fuzz/fuzz.ts'
import { specimens } from './testing/specimens.ts'

/** A glance at each face; the full run is test/peers/fuzz-faces.test.ts. */
const RUNS = 300

describe.each(specimens.map((specimen) => [specimen.face.name, specimen] as const))(
  'face %s, fuzzed',
  (_, specimen) => {
    it('answers with success or its own refusals, and stores nothing that breaks a rule', {
      timeout: 60_000,
    }, async () => {
      const { broken, operations } = await fuzzFace(specimen, { runs: RUNS })
      expect(broken).toEqual([])
      // Else it would only show that bad bodies are refused.
      const successes = [...operations.values()].reduce((sum, { ok }) => sum + ok, 0)
      expect(successes).toBeGreaterThan(RUNS / 10)
    })
  },
)

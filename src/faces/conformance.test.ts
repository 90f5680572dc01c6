import { expect, it } from 'vitest'
import { faceConformance } from './conformance.ts'
import { faces } from './index.ts'
import { specimens } from './testing/specimens.ts'

it('runs for every face of the catalogue', () => {
  expect(specimens.map(({ face }) => face)).toEqual(faces)
})

for (const specimen of specimens) faceConformance(specimen)

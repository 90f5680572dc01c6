import { expect, it } from 'vitest'
import { faceConformance } from './conformance.ts'
import { iamProvidersSpecimen } from './iam-providers/conformance.ts'
import { identityProvidersSpecimen } from './identity-providers/conformance.ts'
import { faces } from './index.ts'
import { manifestsSpecimen } from './manifests/conformance.ts'
import { stepUpSpecimen } from './step-up/conformance.ts'
import type { Specimen } from './testing/specimen.ts'
import { workloadFederationSpecimen } from './workload-federation/conformance.ts'

const specimens: readonly Specimen[] = [
  workloadFederationSpecimen,
  stepUpSpecimen,
  iamProvidersSpecimen,
  identityProvidersSpecimen,
  manifestsSpecimen,
]

it('runs for every face of the catalogue', () => {
  expect(specimens.map(({ face }) => face)).toEqual(faces)
})

for (const specimen of specimens) faceConformance(specimen)

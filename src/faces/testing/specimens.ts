/** How the suites speak with every face of the catalogue, in its order. */
import { iamProvidersSpecimen } from '../iam-providers/conformance.ts'
import { identityProvidersSpecimen } from '../identity-providers/conformance.ts'
import { manifestsSpecimen } from '../manifests/conformance.ts'
import { stepUpSpecimen } from '../step-up/conformance.ts'
import { workloadFederationSpecimen } from '../workload-federation/conformance.ts'
import type { Specimen } from './specimen.ts'

export const specimens: readonly Specimen[] = [
  workloadFederationSpecimen,
  stepUpSpecimen,
  iamProvidersSpecimen,
  identityProvidersSpecimen,
  manifestsSpecimen,
]

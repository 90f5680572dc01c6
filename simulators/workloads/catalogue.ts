/** Every source of workload tokens that can be played. */
import { aws } from './aws.ts'
import { createGithubSource } from './github.ts'
import { gitlab } from './gitlab.ts'
import { hcpTerraform } from './hcp-terraform.ts'
import { kubernetes } from './kubernetes.ts'
import type { SourceKind } from './source.ts'
import { spiffe } from './spiffe.ts'

export const workloadSources: readonly SourceKind[] = [
  createGithubSource(),
  gitlab,
  hcpTerraform,
  aws,
  kubernetes,
  spiffe,
]

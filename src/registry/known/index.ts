/** The catalogue of known workload sources: a list and nothing else. A new one is a data file and its line here. */
import { awsIamOutbound } from './aws-iam-outbound.ts'
import { custom } from './custom.ts'
import { githubActions } from './github-actions.ts'
import { gitlabCi } from './gitlab-ci.ts'
import { hcpTerraform } from './hcp-terraform.ts'
import { type KnownSource, TEN_MINUTES } from './known-source.ts'
import { kubernetes } from './kubernetes.ts'
import { spiffe } from './spiffe.ts'

export const knownSources: readonly KnownSource[] = [
  githubActions,
  gitlabCi,
  hcpTerraform,
  awsIamOutbound,
  kubernetes,
  spiffe,
  custom,
]

const byName = new Map(knownSources.map((source) => [source.name, source]))

export function knownSource(name: string): KnownSource | null {
  return byName.get(name) ?? null
}

/** Seconds since `iat` within which a token of the source is taken, unless the provider says otherwise. */
export function maxTokenAgeOf(name: string): number {
  return byName.get(name)?.maxTokenAgeSeconds ?? TEN_MINUTES
}

/** The source, other than the one given, whose own issuer this is. */
export function ownerOfIssuer(issuer: string, except: KnownSource): KnownSource | null {
  return knownSources.find((source) => source !== except && source.issuers?.test(issuer) === true) ?? null
}

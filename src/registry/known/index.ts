/**
 * KNOWN SOURCES
 *
 * Owns: the catalogue of sources of tokens that we know: their protocol, the issuers that are theirs, how old their
 * tokens may be, what their claims look like, and what to ask for to make a narrow condition (form.ts). Data, one file
 * each and one line here.
 * Does not own: how a face spells a source (faces/), how a token is verified (protocols/).
 * Specification: CONTRACT.md sections 4 and 5.
 */
import { awsIamOutbound } from './aws-iam-outbound.ts'
import { custom } from './custom.ts'
import { githubActions } from './github-actions.ts'
import { gitlabCi } from './gitlab-ci.ts'
import { hcpTerraform } from './hcp-terraform.ts'
import { isIssuerOf } from './issuer-rule.ts'
import { kubernetes } from './kubernetes.ts'
import type { KnownSource } from './source.ts'
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

/** The source of that name, or null. */
export function knownSource(name: string): KnownSource | null {
  return byName.get(name) ?? null
}

/** True when the normalised issuer is one of the source's. */
export function ownsIssuer(source: KnownSource, issuer: string): boolean {
  return isIssuerOf(source, issuer, knownSources)
}

/** The least of all defaults: a source we do not know gets no more. */
const UNKNOWN_AGE_SECONDS = 600

/** Units: seconds between a token's `iat` and now. Source: CONTRACT.md section 5. */
export function maxTokenAgeOf(name: string): number {
  return byName.get(name)?.maxTokenAgeSeconds ?? UNKNOWN_AGE_SECONDS
}

/** What trust lint is told of a provider. */
import type { LintSource } from '../../claims/lint/token-model.ts'
import type { Provider } from '../provider.ts'
import { knownSource } from './index.ts'
import { sharedIssuer } from './shared-issuers.ts'
import { customTokens } from './tokens/custom.ts'

/** The issuer decides before the name that somebody gave it: GitHub's tokens are GitHub's, also at a provider called CUSTOM. */
export function lintSourceOf(
  provider: Pick<Provider, 'known' | 'issuer' | 'expectedIssuer' | 'settings'>,
  audience: string,
): LintSource {
  const issuer = provider.issuer ?? ''
  const shared = sharedIssuer(issuer)
  const source = knownSource(provider.known)
  const { allowedAudiences } = provider.settings
  const others = Array.isArray(allowedAudiences) ? allowedAudiences.filter((one) => typeof one === 'string') : []
  return {
    title: shared?.title ?? source?.title ?? issuer,
    isShared: shared !== null,
    model: shared?.model ?? source?.tokens ?? customTokens,
    issuer: provider.expectedIssuer ?? issuer,
    audiences: [audience, ...others],
  }
}

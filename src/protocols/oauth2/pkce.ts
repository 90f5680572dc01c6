/**
 * Proof Key for Code Exchange: whoever intercepts a code cannot use it. Source: RFC 7636; when it is sent: CONTRACT.md section 7.
 */
import { calculatePKCECodeChallenge, randomPKCECodeVerifier } from 'openid-client'
import type { UpstreamSettings } from './upstream-settings.ts'

export interface Pkce {
  /** Kept until the code is exchanged. */
  readonly verifier: string
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * S256 where it is switched on, where discovery lists it, and for every client without a secret. `plain` only where it is
 * configured and all that the provider offers: it protects against nobody who reads the request.
 */
export async function createPkce(settings: UpstreamSettings, isPublic: boolean): Promise<Pkce | null> {
  const { pkceEnabled, pkceMethod, pkceMethods } = settings
  const isListed = pkceMethods?.includes('S256') === true
  if (!pkceEnabled && !isListed && !isPublic) return null
  const verifier = randomPKCECodeVerifier()
  if (pkceMethod === 'plain' && !isListed && pkceMethods?.includes('plain') === true) {
    return { verifier, parameters: { code_challenge: verifier, code_challenge_method: 'plain' } }
  }
  const challenge = await calculatePKCECodeChallenge(verifier)
  return { verifier, parameters: { code_challenge: challenge, code_challenge_method: 'S256' } }
}

import type { KnownSource } from './source.ts'
import { spiffeTokens } from './tokens/spiffe.ts'

/** Source: SPIFFE-ID section 2; JWT-SVID section 3. */
export const spiffe: KnownSource = {
  name: 'SPIFFE',
  title: 'SPIFFE trust domain',
  use: 'workload',
  protocol: 'spiffe',
  issuers: { templates: ['spiffe://{domain}'] },
  defaultIssuer: null,
  // Binds only tokens that carry `iat`, which a JWT-SVID need not.
  maxTokenAgeSeconds: 600,
  sampleClaims: {
    sub: 'spiffe://prod.example.com/ns/payments/sa/deployer',
    aud: ['entente.example.com'],
  },
  tokens: spiffeTokens,
  immutableClaims: [['sub']],
  form: [
    {
      id: 'path',
      label: 'Path',
      help: 'Path of the SPIFFE ID; with a slash at its end, everything below it. The trust domain is the provider’s.',
      required: true,
      // Source: SPIFFE-ID section 2.2, without dot segments.
      pattern: '(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)+/?',
      placeholder: '/ns/payments/sa/deployer',
      claim: ['sub'],
      match: 'path',
    },
  ],
}

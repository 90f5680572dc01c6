import type { KnownSource } from './source.ts'
import { customTokens } from './tokens/custom.ts'

/** Any other issuer that speaks OpenID Connect discovery, or whose keys are uploaded. */
export const custom: KnownSource = {
  name: 'CUSTOM',
  title: 'Any other OpenID Connect issuer',
  use: 'workload',
  protocol: 'oidc',
  issuers: 'any https',
  defaultIssuer: null,
  maxTokenAgeSeconds: 600,
  sampleClaims: {
    iss: 'https://issuer.example.com',
    sub: 'payments-deployer',
    aud: 'entente.example.com',
  },
  tokens: customTokens,
  immutableClaims: [['sub']],
  form: [
    {
      id: 'subject',
      label: 'Subject',
      help: 'The whole sub of the tokens to let in.',
      required: true,
      pattern: '.+',
      placeholder: 'payments-deployer',
      claim: ['sub'],
    },
  ],
}

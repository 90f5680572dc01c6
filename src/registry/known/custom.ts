import { type KnownSource, TEN_MINUTES } from './known-source.ts'

/** A source like the others, so that the agreement of source, issuer and settings needs no exception for it. */
export const custom: KnownSource = {
  name: 'CUSTOM',
  title: 'Any OpenID Connect issuer',
  protocol: 'oidc',
  issuers: null,
  exampleIssuer: 'https://issuer.example.com',
  maxTokenAgeSeconds: TEN_MINUTES,
  immutableClaims: ['sub'],
  sampleClaims: { iss: 'https://issuer.example.com', sub: 'job-1', aud: 'entente.example.com' },
}

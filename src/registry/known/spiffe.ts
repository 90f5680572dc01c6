import { type KnownSource, TEN_MINUTES } from './known-source.ts'

export const spiffe: KnownSource = {
  name: 'SPIFFE',
  title: 'SPIFFE trust domain',
  protocol: 'spiffe',
  issuers: /^spiffe:\/\//,
  exampleIssuer: 'spiffe://prod.example.com',
  maxTokenAgeSeconds: TEN_MINUTES,
  immutableClaims: ['sub'],
  sampleClaims: {
    sub: 'spiffe://prod.example.com/ns/prod/sa/deployer',
    aud: ['entente.example.com'],
    exp: 1_790_000_000,
  },
}

import { type KnownSource, ONE_DAY } from './known-source.ts'

export const kubernetes: KnownSource = {
  name: 'KUBERNETES',
  title: 'Kubernetes',
  protocol: 'oidc',
  // Each cluster has an issuer of its own.
  issuers: null,
  exampleIssuer: 'https://kubernetes.example.com',
  maxTokenAgeSeconds: ONE_DAY,
  immutableClaims: ['kubernetes.io'],
  sampleClaims: {
    iss: 'https://kubernetes.example.com',
    sub: 'system:serviceaccount:shop:deployer',
    aud: ['entente.example.com'],
    'kubernetes.io': {
      namespace: 'shop',
      serviceaccount: { name: 'deployer', uid: '3c90c3cc-0d44-4b50-8888-8dd25736052a' },
    },
  },
}

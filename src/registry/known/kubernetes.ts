import type { KnownSource } from './source.ts'

/** Source: Kubernetes documentation, "Managing Service Accounts", bound service account tokens. */
export const kubernetes: KnownSource = {
  name: 'KUBERNETES',
  title: 'Kubernetes cluster',
  use: 'workload',
  protocol: 'oidc',
  issuers: 'https of no template',
  defaultIssuer: null,
  // The kubelet renews a projected token at four fifths of its life, which may be a day.
  maxTokenAgeSeconds: 86_400,
  sampleClaims: {
    iss: 'https://cluster.example.com',
    sub: 'system:serviceaccount:payments:deployer',
    aud: ['entente.example.com'],
    'kubernetes.io': {
      namespace: 'payments',
      node: { name: 'node-1', uid: '0d6c2f1e-1111-4222-8333-444455556666' },
      pod: { name: 'deployer-7c9d8', uid: '1e7d3a2f-1111-4222-8333-444455556666' },
      serviceaccount: { name: 'deployer', uid: '2f8e4b3a-1111-4222-8333-444455556666' },
    },
  },
  immutableClaims: [['kubernetes.io', 'serviceaccount', 'uid']],
}

import type { KnownSource } from './source.ts'
import { kubernetesTokens } from './tokens/kubernetes.ts'

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
  tokens: kubernetesTokens,
  immutableClaims: [['kubernetes.io', 'serviceaccount', 'uid']],
  form: [
    {
      id: 'namespace',
      label: 'Namespace',
      help: 'Namespace of the service account.',
      required: true,
      pattern: '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?',
      placeholder: 'payments',
      claim: ['kubernetes.io', 'namespace'],
    },
    {
      id: 'serviceAccount',
      label: 'Service account',
      help: 'Name of the service account; default is the one that every pod has that asks for none.',
      required: true,
      pattern: '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?',
      placeholder: 'deployer',
      claim: ['kubernetes.io', 'serviceaccount', 'name'],
    },
    {
      id: 'serviceAccountUid',
      label: 'UID of the service account',
      help: 'kubectl get serviceaccount NAME -n NAMESPACE -o jsonpath={.metadata.uid}. One made anew under the name has another.',
      required: true,
      pattern: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
      placeholder: '2f8e4b3a-1111-4222-8333-444455556666',
      claim: ['kubernetes.io', 'serviceaccount', 'uid'],
    },
  ],
}

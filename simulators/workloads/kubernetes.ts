import { lettersOf, textOf, uuidOf } from './made-up.ts'
import { oidcSource } from './oidc-source.ts'
import type { Claims } from './source.ts'

/** Source: Kubernetes documentation, "Managing Service Accounts", schema of service account private claims. */
export const kubernetes = oidcSource({
  name: 'kubernetes',
  title: 'Kubernetes cluster',
  summary:
    'projected service account tokens, which have no typ; {"claims": {"sub": "system:serviceaccount:{namespace}:{name}"}}',
  // The face’s enum knows no clusters.
  wellKnownProvider: 'CUSTOM',
  issuer: 'https://oidc.cluster.example.com',
  keysPath: '/openid/v1/jwks',
  algorithm: 'RS256',
  lifetimeSeconds: 3_607,
  notBeforeSeconds: 0,
  header: { typ: undefined },
  listsAudience: true,
  tokenVariable: 'ENTENTE_ID_TOKEN',
  claims,
})

/** Namespace and name come from the subject. */
function claims(wish: Claims): Record<string, unknown> {
  const sub = textOf(wish, 'sub', 'system:serviceaccount:payments:deployer')
  const [namespace = '', name = ''] = sub.split(':').slice(2)
  const pod = `${name}-${lettersOf(sub, 9).toLowerCase()}`
  return {
    sub,
    'kubernetes.io': {
      namespace,
      node: { name: 'node-1', uid: uuidOf('node-1') },
      pod: { name: pod, uid: uuidOf(pod) },
      serviceaccount: { name, uid: uuidOf(sub) },
    },
  }
}

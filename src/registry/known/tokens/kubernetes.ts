/** Service account tokens of a cluster. Source: Kubernetes documentation, "Managing Service Accounts", bound tokens. */
import type { TokenModel } from '../../../claims/lint/token-model.ts'

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const UID = '[0-9a-f]+(?:-[0-9a-f]+)*'

export const kubernetesTokens: TokenModel = {
  parts: {
    namespace: { pattern: LABEL, stranger: 'elsewhere', own: 'payments' },
    account: { pattern: '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?', stranger: 'anybody', own: 'deployer' },
    account_uid: {
      pattern: UID,
      stranger: '0f0f0f0f-0000-4000-8000-000000000001',
      own: '2f8e4b3a-1111-4222-8333-444455556666',
    },
    pod: { pattern: '[a-z0-9.-]+', stranger: 'anything-7c9d8' },
    node: { pattern: '[a-z0-9.-]+', stranger: 'node-1' },
    uid: { pattern: UID, stranger: '0f0f0f0f-0000-4000-8000-000000000002' },
  },
  claims: {
    iss: '{issuer}',
    aud: ['{audience}'],
    sub: 'system:serviceaccount:{namespace}:{account}',
    exp: 1_800_003_600,
    iat: 1_800_000_000,
    nbf: 1_800_000_000,
    jti: '{uid}',
    'kubernetes.io': {
      namespace: '{namespace}',
      node: { name: '{node}', uid: '{uid}' },
      pod: { name: '{pod}', uid: '{uid}' },
      secret: null,
      serviceaccount: { name: '{account}', uid: '{account_uid}' },
      warnafter: 1_800_003_607,
    },
  },
  forms: [],
  owner: ['namespace', 'account_uid'],
  ids: ['account_uid'],
  scenes: [
    {
      rule: 'lint.default_service_account',
      forms: [
        { sub: 'system:serviceaccount:{namespace}:default', 'kubernetes.io': { serviceaccount: { name: 'default' } } },
      ],
      open: [],
      narrowing: 'claims["kubernetes.io"].serviceaccount.name != "default"',
    },
  ],
  pin: '`claims["kubernetes.io"].serviceaccount.uid == "…"`',
}

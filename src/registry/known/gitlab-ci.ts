import { type KnownSource, ONE_DAY } from './known-source.ts'

export const gitlabCi: KnownSource = {
  name: 'GITLAB_CI',
  title: 'GitLab CI/CD',
  protocol: 'oidc',
  // Self-managed servers have any address.
  issuers: null,
  exampleIssuer: 'https://gitlab.com',
  maxTokenAgeSeconds: ONE_DAY,
  immutableClaims: ['project_id', 'namespace_id', 'user_id'],
  sampleClaims: {
    iss: 'https://gitlab.com',
    sub: 'project_path:group/app:ref_type:branch:ref:main',
    aud: 'entente.example.com',
    namespace_id: '72',
    namespace_path: 'group',
    project_id: '4711',
    project_path: 'group/app',
    pipeline_source: 'push',
    ref: 'main',
    ref_type: 'branch',
    ref_protected: 'true',
    environment: 'production',
    environment_protected: 'true',
  },
}

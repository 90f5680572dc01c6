import type { KnownSource } from './source.ts'

/** Source: GitLab documentation, "OpenID Connect (OIDC) Authentication Using ID Tokens". */
export const gitlabCi: KnownSource = {
  name: 'GITLAB_CI',
  title: 'GitLab CI',
  use: 'workload',
  protocol: 'oidc',
  // Self-managed servers issue under their own host.
  issuers: 'https of no template',
  defaultIssuer: 'https://gitlab.com',
  // The token is made when the job starts, and the job may exchange it at its end.
  maxTokenAgeSeconds: 86_400,
  sampleClaims: {
    iss: 'https://gitlab.com',
    sub: 'project_path:octo-group/payments:ref_type:branch:ref:main',
    aud: 'entente.example.com',
    project_id: '74',
    project_path: 'octo-group/payments',
    namespace_id: '65',
    namespace_path: 'octo-group',
    user_id: '12',
    user_login: 'octocat',
    pipeline_id: '900001',
    pipeline_source: 'push',
    job_id: '900002',
    ref: 'main',
    ref_type: 'branch',
    ref_protected: 'true',
    environment: 'production',
    environment_protected: 'true',
    runner_environment: 'gitlab-hosted',
  },
  immutableClaims: [['project_id'], ['namespace_id'], ['user_id']],
}

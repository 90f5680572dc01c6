import type { KnownSource } from './source.ts'

/** Source: GitHub documentation, "OpenID Connect reference"; issuers: CONTRACT.md section 4. Other GitHub servers are CUSTOM. */
export const githubActions: KnownSource = {
  name: 'GITHUB_ACTIONS',
  title: 'GitHub Actions',
  use: 'workload',
  protocol: 'oidc',
  issuers: {
    templates: [
      'https://token.actions.githubusercontent.com',
      'https://token.actions.githubusercontent.com/{enterprise}',
      'https://token.actions.{subdomain}.ghe.com',
    ],
  },
  defaultIssuer: 'https://token.actions.githubusercontent.com',
  maxTokenAgeSeconds: 600,
  sampleClaims: {
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:octo-org/payments:environment:production',
    aud: 'entente.example.com',
    repository: 'octo-org/payments',
    repository_id: '74',
    repository_owner: 'octo-org',
    repository_owner_id: '65',
    repository_visibility: 'private',
    ref: 'refs/heads/main',
    ref_type: 'branch',
    ref_protected: 'true',
    environment: 'production',
    event_name: 'push',
    actor: 'octocat',
    actor_id: '12',
    workflow: 'deploy',
    job_workflow_ref: 'octo-org/payments/.github/workflows/deploy.yml@refs/heads/main',
    run_id: '900001',
    run_attempt: '1',
    runner_environment: 'github-hosted',
  },
  immutableClaims: [['repository_id'], ['repository_owner_id'], ['enterprise_id'], ['actor_id']],
}

import { type KnownSource, TEN_MINUTES } from './known-source.ts'

export const githubActions: KnownSource = {
  name: 'GITHUB_ACTIONS',
  title: 'GitHub Actions',
  protocol: 'oidc',
  // github.com with or without an enterprise's own path, and GitHub Enterprise Cloud with data residency.
  issuers:
    /^https:\/\/(token\.actions\.githubusercontent\.com(\/[A-Za-z0-9][A-Za-z0-9-]*)?|token\.actions\.[a-z0-9]([a-z0-9-]*[a-z0-9])?\.ghe\.com)$/,
  exampleIssuer: 'https://token.actions.githubusercontent.com',
  maxTokenAgeSeconds: TEN_MINUTES,
  immutableClaims: ['repository_owner_id', 'repository_id', 'actor_id'],
  sampleClaims: {
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:octo-org/app:ref:refs/heads/main',
    aud: 'entente.example.com',
    repository: 'octo-org/app',
    repository_id: '74',
    repository_owner: 'octo-org',
    repository_owner_id: '65',
    ref: 'refs/heads/main',
    ref_type: 'branch',
    environment: 'production',
    job_workflow_ref: 'octo-org/app/.github/workflows/deploy.yml@refs/heads/main',
    event_name: 'push',
    actor: 'octocat',
    actor_id: '12',
    run_id: '9000001',
    runner_environment: 'github-hosted',
  },
}

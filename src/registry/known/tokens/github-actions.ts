/** Tokens of GitHub Actions. Source: GitHub documentation, "OpenID Connect reference", token claims and subject claims. */
import type { TokenModel } from '../../../claims/lint/token-model.ts'

/** The begin of `sub`, before and after 2026-07-15. */
const OLD = 'repo:{owner}/{repository}'
const NEW = 'repo:{owner}@{owner_id}/{repository}@{repository_id}'

const pullRequest = {
  event_name: 'pull_request',
  ref: 'refs/pull/{pull}/merge',
  ref_type: 'branch',
  ref_protected: 'false',
  head_ref: '{head}',
  base_ref: '{base}',
  workflow_ref: '{owner}/{repository}/.github/workflows/{file}@refs/pull/{pull}/merge',
}
/** Started by a pull request of anybody, also from a fork; the workflow and the ref are those of the base. */
const ofTarget = { event_name: 'pull_request_target', head_ref: '{head}', base_ref: '{base}' }
const unprotected = { ref_protected: 'false' }

const shapes = [OLD, NEW].map((begin) => [
  { sub: `${begin}:ref:{ref}` },
  { sub: `${begin}:environment:{environment}`, environment: '{environment}', environment_node_id: '{node}' },
  { sub: `${begin}:pull_request`, ...pullRequest },
])
const [before = [], after = []] = shapes

/** Keys that anybody may put into the `sub` of their own repositories, with values of their choice; `:` becomes %3A. */
const FREE = '(?:environment|ref|actor|actor_id|workflow|job_workflow_ref|event_name|head_ref|base_ref|ref_type):[^:]+'
const NAME = '[A-Za-z0-9][A-Za-z0-9_-]*'
const NUMBER = '[1-9][0-9]*'

export const githubTokens: TokenModel = {
  parts: {
    owner: { pattern: NAME, stranger: 'mallory', own: 'octo-org' },
    owner_id: { pattern: NUMBER, stranger: '90000001', own: '65' },
    repository: { pattern: '[A-Za-z0-9._-]+', stranger: 'anything', own: 'payments' },
    repository_id: { pattern: NUMBER, stranger: '90000002', own: '74' },
    enterprise: { pattern: NAME, stranger: 'mallory-inc', own: 'octo-inc' },
    enterprise_id: { pattern: NUMBER, stranger: '90000003', own: '9' },
    environment: { pattern: '[^:]+', stranger: 'anywhere' },
    node: { pattern: '[A-Za-z0-9_=-]+', stranger: 'EN_mallory' },
    custom: { pattern: `${FREE}(?::${FREE})*`, stranger: 'actor:mallory' },
    file: { pattern: '[A-Za-z0-9._-]+', stranger: 'build.yml' },
    pull: { pattern: NUMBER, stranger: '1' },
    ref: { pattern: 'refs/(?:heads|tags)/[^ :?*~^\\[\\\\]+', stranger: 'refs/heads/anything' },
    ref_type: { pattern: 'branch|tag', stranger: 'branch' },
    ref_protected: { pattern: 'true|false', stranger: 'true' },
    event: { pattern: '[a-z_]+', stranger: 'push' },
    actor: { pattern: '[A-Za-z0-9][A-Za-z0-9_-]*(?:\\[bot\\])?', stranger: 'mallory', own: 'octocat' },
    actor_id: { pattern: NUMBER, stranger: '90000004', own: '12' },
    workflow: { pattern: '[ -~]+', stranger: 'build' },
    // A workflow of somebody else may be called by everybody who can read it.
    job_workflow: {
      pattern: `${NAME}/[A-Za-z0-9._-]+/\\.github/workflows/[^@: ]+@[^ :]+`,
      stranger: 'mallory/anything/.github/workflows/build.yml@refs/heads/main',
    },
    head: { pattern: '[^ :?*~^\\[\\\\]*', stranger: 'feature' },
    base: { pattern: '[^ :?*~^\\[\\\\]*', stranger: 'main' },
    visibility: { pattern: 'public|private|internal', stranger: 'public' },
    runner: { pattern: 'github-hosted|self-hosted', stranger: 'github-hosted' },
    sha: { pattern: '[0-9a-f]{40}', stranger: '0123456789abcdef0123456789abcdef01234567' },
    workflow_sha: { pattern: '[0-9a-f]{40}', stranger: '0123456789abcdef0123456789abcdef01234567' },
    job_workflow_sha: { pattern: '[0-9a-f]{40}', stranger: '0123456789abcdef0123456789abcdef01234567' },
    run: { pattern: NUMBER, stranger: '1' },
    run_number: { pattern: NUMBER, stranger: '1' },
    attempt: { pattern: NUMBER, stranger: '1' },
    check: { pattern: NUMBER, stranger: '1' },
    jti: { pattern: '[0-9a-f-]+', stranger: '0f0f0f0f-0000-4000-8000-000000000000' },
  },
  claims: {
    iss: '{issuer}',
    aud: '{audience}',
    sub: `${OLD}:ref:{ref}`,
    exp: 1_800_000_300,
    iat: 1_800_000_000,
    nbf: 1_799_999_700,
    jti: '{jti}',
    repository: '{owner}/{repository}',
    repository_id: '{repository_id}',
    repository_owner: '{owner}',
    repository_owner_id: '{owner_id}',
    repository_visibility: '{visibility}',
    enterprise: '{enterprise}',
    enterprise_id: '{enterprise_id}',
    environment: null,
    environment_node_id: null,
    ref: '{ref}',
    ref_type: '{ref_type}',
    ref_protected: '{ref_protected}',
    head_ref: '{head}',
    base_ref: '{base}',
    event_name: '{event}',
    actor: '{actor}',
    actor_id: '{actor_id}',
    workflow: '{workflow}',
    workflow_ref: '{owner}/{repository}/.github/workflows/{file}@{ref}',
    workflow_sha: '{workflow_sha}',
    job_workflow_ref: '{job_workflow}',
    job_workflow_sha: '{job_workflow_sha}',
    sha: '{sha}',
    run_id: '{run}',
    run_number: '{run_number}',
    run_attempt: '{attempt}',
    check_run_id: '{run}',
    runner_environment: '{runner}',
    issuer_scope: null,
  },
  forms: [
    ...before,
    ...after,
    { enterprise: null, enterprise_id: null },
    { issuer_scope: 'enterprise' },
    { sub: '{custom}' },
    { sub: 'repo:{owner}/{repository}:{custom}' },
    { sub: 'repository:{owner}/{repository}:{custom}' },
    { sub: 'repository_owner:{owner}:{custom}' },
    { sub: 'repository_owner_id:{owner_id}:{custom}' },
    { sub: 'repository_owner_id:{owner_id}:repository_id:{repository_id}:{custom}' },
  ],
  owner: ['owner', 'owner_id', 'repository_id', 'enterprise', 'enterprise_id'],
  ids: ['owner_id', 'repository_id', 'enterprise_id'],
  scenes: [
    {
      rule: 'lint.reachable_from_pull_request',
      forms: [OLD, NEW].map((begin) => ({ sub: `${begin}:pull_request`, ...pullRequest })),
      open: [],
      narrowing: 'claims.ref_protected == "true"',
    },
    {
      rule: 'lint.reachable_from_pull_request',
      forms: [OLD, NEW].flatMap((begin) => [
        { sub: `${begin}:ref:{ref}`, ...ofTarget },
        { sub: `${begin}:environment:{environment}`, environment: '{environment}', ...ofTarget },
      ]),
      open: [],
      // Who names events and leaves this one in has thought of pull requests, and not of these.
      reading: 'event_name',
      narrowing: 'claims.event_name != "pull_request_target"',
    },
    {
      rule: 'lint.reachable_from_unprotected_ref',
      forms: [OLD, NEW].map((begin) => ({ sub: `${begin}:ref:{ref}`, ...unprotected })),
      open: ['ref'],
      narrowing: 'claims.ref_protected == "true"',
    },
  ],
  shapes: [before, after],
  subjectsVary: true,
  pin: '`claims.repository_owner_id == "…"` and `claims.repository_id == "…"`',
}

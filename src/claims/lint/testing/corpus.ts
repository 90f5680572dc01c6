// Longer than a file of ours should be: one table.
/**
 * Good and bad policies with what lint is to say about them. The owner is always the same: `octo-org` with id 65, its
 * repository `payments` with id 74, and their like at the other sources (see OURS).
 */

export type CorpusSource = keyof typeof SOURCES

export const SOURCES = {
  github: { known: 'GITHUB_ACTIONS', issuer: 'https://token.actions.githubusercontent.com' },
  'github enterprise': { known: 'GITHUB_ACTIONS', issuer: 'https://token.actions.githubusercontent.com/octo-inc' },
  'github as custom': { known: 'CUSTOM', issuer: 'https://token.actions.githubusercontent.com' },
  gitlab: { known: 'GITLAB_CI', issuer: 'https://gitlab.com' },
  'own gitlab': { known: 'GITLAB_CI', issuer: 'https://gitlab.octo.example' },
  terraform: { known: 'HCP_TERRAFORM', issuer: 'https://app.terraform.io' },
  aws: { known: 'AWS_IAM_OUTBOUND', issuer: 'https://abc123-def456.tokens.sts.global.api.aws' },
  kubernetes: { known: 'KUBERNETES', issuer: 'https://cluster.octo.example' },
  spiffe: { known: 'SPIFFE', issuer: 'spiffe://prod.octo.example' },
  google: { known: 'CUSTOM', issuer: 'https://accounts.google.com' },
  'terraform in Europe': { known: 'HCP_TERRAFORM', issuer: 'https://app.eu.terraform.io' },
  vercel: { known: 'CUSTOM', issuer: 'https://oidc.vercel.com' },
  pulumi: { known: 'CUSTOM', issuer: 'https://api.pulumi.com/oidc' },
  codefresh: { known: 'CUSTOM', issuer: 'https://oidc.codefresh.io' },
  buildkite: { known: 'CUSTOM', issuer: 'https://agent.buildkite.com' },
  custom: { known: 'CUSTOM', issuer: 'https://issuer.octo.example' },
} as const

/** Values that only the owner's tokens have: no stranger's token may show one. */
export const OURS: readonly string[] = [
  'octo-org',
  'octo-labs',
  'octo-group',
  '65',
  '66',
  '74',
  '75',
  ...['76', '77', '78', '79'],
  ...['octo-a', 'octo-b', 'octo-c', 'octo-d', 'octo-e', 'octo-1', 'octo-2'],
  'org-Aa1Bb2Cc3Dd4Ee5F',
  '9',
  'octo.example',
  '104000000000000000000',
]

/** Claims that say whose token it is. */
export const OWNER_CLAIMS: readonly string[] = [
  'repository_owner',
  'repository_owner_id',
  'repository_id',
  'namespace_path',
  'namespace_id',
  'project_id',
  'terraform_organization_name',
  'terraform_organization_id',
]

export interface Policy {
  readonly source: CorpusSource
  /** Null: none. */
  readonly condition: string | null
  /** `severity rule`, the gravest first. */
  readonly finds: readonly string[]
  /** What is offered in its place, for the first finding. */
  readonly fix?: string
}

const policy = (source: CorpusSource, condition: string | null, finds: readonly string[], fix?: string): Policy => ({
  source,
  condition,
  finds,
  ...(fix === undefined ? {} : { fix }),
})

const STRANGER = 'error lint.stranger_chooses'
const PATTERN = 'error lint.unanchored_pattern'
const PREFIX = 'error lint.open_prefix'
const EXCLUDES = 'error lint.only_excludes'
const NAMES = 'warning lint.names_not_ids'
const SHAPE = 'warning lint.one_subject_shape'
const PULL = 'warning lint.reachable_from_pull_request'
const UNJUDGED = 'info lint.not_judged'
const REF = 'info lint.reachable_from_unprotected_ref'

export const corpus: readonly Policy[] = [
  // Nothing, and what comes to nothing.
  policy('github', null, ['error lint.no_condition']),
  policy('github as custom', null, ['error lint.no_condition']),
  policy('gitlab', null, ['error lint.no_condition']),
  policy('github', 'true', ['error lint.always_true']),
  policy('github', 'claims.iss == "https://token.actions.githubusercontent.com"', ['error lint.always_true']),
  policy('github', 'claims.sub.startsWith("repo:") || !claims.sub.startsWith("repo:")', ['error lint.always_true']),
  policy('github', 'claims.repository.contains("/")', ['error lint.always_true']),
  policy('github', '"entente.example.com" in claims.aud', ['error lint.always_true']),
  policy('github', 'has(claims.repository_owner_id)', ['error lint.always_true']),
  policy('github', 'claims.exp > claims.iat', ['error lint.always_true']),
  policy('terraform', 'claims.sub.matches("^organization:.*$")', ['error lint.always_true']),
  policy(
    'github',
    'claims.repository_owner_id == "65" || true',
    ['error lint.always_true'],
    'claims.repository_owner_id == "65"',
  ),

  // What only excludes.
  policy('github', 'claims.repository_owner != "mallory"', [EXCLUDES]),
  policy('github', 'claims.event_name != "pull_request"', [EXCLUDES]),
  policy('github', '!claims.sub.matches("^repo:mallory/")', [EXCLUDES]),
  policy('github', '!(claims.actor in ["mallory", "eve"])', [EXCLUDES]),
  policy('gitlab', 'claims.project_path != "mallory/evil" && claims.ref_protected != "false"', [EXCLUDES]),

  // What a stranger chooses.
  policy('github', 'claims.ref == "refs/heads/main"', [STRANGER]),
  policy('github', 'claims.actor == "octocat"', [STRANGER]),
  policy('github', 'claims.actor_id == "12" && claims.event_name == "push"', [STRANGER]),
  policy('github', 'claims.environment == "production"', [STRANGER]),
  policy('github', 'claims.workflow == "deploy" && claims.ref.startsWith("refs/tags/v")', [STRANGER]),
  policy('github', 'claims.job_workflow_ref == "octo-org/shared/.github/workflows/deploy.yml@refs/heads/main"', [
    STRANGER,
  ]),
  policy('github', 'claims.runner_environment == "github-hosted"', [STRANGER]),
  policy('gitlab', 'claims.ref == "main" && claims.ref_protected == "true"', [STRANGER]),
  policy('gitlab', 'claims.user_login == "octocat"', [STRANGER]),
  policy('terraform', 'claims.terraform_run_phase == "apply"', [STRANGER]),
  policy('terraform', 'claims.terraform_project_name == "infra" && claims.terraform_workspace_name == "payments"', [
    STRANGER,
  ]),
  policy('buildkite', 'claims.build_branch == "main"', [STRANGER]),
  policy('google', 'claims.email_verified == true', ['error lint.always_true']),

  // Ends of names left open.
  policy('github', 'claims.sub.startsWith("repo:octo-org")', [PREFIX], 'claims.sub.startsWith("repo:octo-org/")'),
  policy('github', 'claims.repository.startsWith("octo-org")', [PREFIX], 'claims.repository.startsWith("octo-org/")'),
  policy('github', 'claims.repository_owner.startsWith("octo-")', [PREFIX], 'claims.repository_owner == "octo-"'),
  policy(
    'github',
    'claims.sub.contains("octo-org/payments")',
    [PREFIX],
    'claims.sub.startsWith("repo:octo-org/payments:")',
  ),
  policy('github', 'claims.sub.endsWith("/payments:ref:refs/heads/main")', [PREFIX]),
  policy('github', 'claims.sub.endsWith(":environment:production")', [PREFIX]),
  policy('github', 'claims.repository_owner_id.startsWith("65")', [PREFIX], 'claims.repository_owner_id == "65"'),
  policy(
    'gitlab',
    'claims.namespace_path.startsWith("octo-group")',
    [PREFIX],
    'claims.namespace_path.startsWith("octo-group/")',
  ),
  policy(
    'gitlab',
    'claims.sub.contains("octo-group/payments:")',
    [PREFIX],
    'claims.sub.startsWith("project_path:octo-group/payments:")',
  ),
  policy(
    'terraform',
    'claims.sub.startsWith("organization:octo-org")',
    [PREFIX],
    'claims.sub.startsWith("organization:octo-org:")',
  ),

  // Patterns.
  // `:` in a name or branch reaches `sub` as %3A, so that nobody else can have this text in the middle.
  policy('github', 'claims.sub.matches("repo:octo-org/payments")', [
    NAMES,
    'warning lint.unanchored_pattern',
    SHAPE,
    PULL,
  ]),
  policy('github', 'claims.sub.matches("^repo:octo-org/payments:ref:refs/heads/main|^x$")', [
    NAMES,
    'warning lint.unanchored_pattern',
    SHAPE,
    REF,
  ]),
  policy('github', 'claims.sub.matches("^repo:octo-org/payments:ref:refs/heads/main|:ref:refs/heads/release$")', [
    PATTERN,
  ]),
  policy(
    'github',
    'claims.repository_owner.matches("octo-org")',
    [PATTERN],
    'claims.repository_owner.matches("^(?:octo-org)$")',
  ),
  policy(
    'github',
    'claims.repository_owner.matches("^octo-org")',
    [PATTERN],
    'claims.repository_owner.matches("^(?:^octo-org)$")',
  ),
  policy('github', 'claims.repository.matches("octo-org/.*")', [PATTERN]),
  policy(
    'github',
    'claims.sub.matches(".*octo-org/payments.*")',
    [PATTERN],
    'claims.sub.matches("^repo:(?:octo-org/payments)(?:[/:@].*)?$")',
  ),
  policy('github', 'claims.sub.matches("^repo:octo.org/")', ['error lint.owner_not_pinned']),
  policy('github', 'claims.sub.matches("^repo:[a-z]+-org/payments:ref:refs/heads/main$")', [
    'error lint.owner_not_pinned',
  ]),
  policy(
    'gitlab',
    'claims.project_path.matches("octo-group/payments$")',
    [PATTERN],
    'claims.project_path.matches("^(?:octo-group/payments$)$")',
  ),

  // Branches, each by itself.
  policy(
    'github',
    'claims.repository_owner_id == "65" && claims.ref_protected == "true" || claims.ref == "refs/heads/main"',
    [STRANGER],
  ),
  policy('github', 'claims.ref_protected == "true" && (claims.repository_id == "74" || claims.actor == "octocat")', [
    STRANGER,
  ]),
  policy(
    'github',
    'claims.repository_id == "74" && claims.ref_protected == "true" || claims.sub.startsWith("repo:octo-labs")',
    [PREFIX],
    'claims.repository_id == "74" && claims.ref_protected == "true" || claims.sub.startsWith("repo:octo-labs/")',
  ),
  policy(
    'github',
    'claims.ref == "refs/heads/main" ? claims.repository_owner_id == "65" : claims.environment == "production"',
    ['error lint.owner_not_pinned'],
  ),
  policy(
    'github',
    '(claims.repository_id == "74" || claims.repository_id == "75") && claims.environment == "production"',
    [],
  ),

  // Good ones at shared issuers.
  policy(
    'github',
    'claims.repository_owner_id == "65" && claims.repository_id == "74" && claims.ref_protected == "true"',
    [],
  ),
  policy('github', 'claims.repository_owner_id == "65" && claims.environment == "production"', []),
  policy('github', 'claims.repository_id in ["74", "75"] && claims.ref == "refs/heads/main"', []),
  policy('github as custom', 'claims.repository_id == "74" && claims.ref == "refs/heads/main"', []),
  policy('github', 'claims.enterprise_id == "9" && claims.ref_protected == "true"', []),
  policy(
    'github',
    'claims.repository_id == "74" && claims.job_workflow_ref.matches("^octo-org/shared/\\\\.github/workflows/deploy\\\\.yml@refs/heads/main$") && claims.environment == "production"',
    [],
  ),
  policy(
    'github',
    'claims.repository_owner_id == "65" && claims.repository_owner.startsWith("octo") && claims.environment == "production"',
    [],
  ),
  policy('gitlab', 'claims.namespace_id == "65" && claims.project_id == "74" && claims.ref_protected == "true"', []),
  policy(
    'gitlab',
    'claims.project_id == "74" && claims.environment == "production" && claims.ref_protected == "true"',
    [],
  ),
  policy(
    'terraform',
    'claims.terraform_organization_id == "org-Aa1Bb2Cc3Dd4Ee5F" && claims.terraform_workspace_id == "ws-1" && claims.terraform_run_phase == "apply"',
    [],
  ),
  policy('google', 'claims.sub == "104000000000000000000" && claims.email_verified == true', []),
  policy('buildkite', 'claims.organization_id == "65" && claims.build_branch == "main"', []),

  // Good enough, with a word to say.
  policy('github', 'claims.repository == "octo-org/payments"', [NAMES, PULL]),
  policy('github', 'claims.repository_owner == "octo-org" && claims.ref == "refs/heads/main"', [NAMES]),
  policy('github', 'claims.sub == "repo:octo-org/payments:ref:refs/heads/main"', [NAMES, SHAPE]),
  policy('github', 'claims.sub == "repo:octo-org@65/payments@74:ref:refs/heads/main"', [SHAPE]),
  policy(
    'github',
    'claims.sub in ["repo:octo-org/payments:environment:production", "repo:octo-org@65/payments@74:environment:production"]',
    [NAMES],
  ),
  policy('github', 'claims.sub.matches("^repo:octo-(org|labs)/payments:.*$")', [NAMES, SHAPE, PULL]),
  policy('github', 'claims.sub.startsWith("repo:octo-org/payments:")', [NAMES, SHAPE, PULL]),
  policy('github', 'claims.sub.startsWith("repo:octo-org/pay")', [NAMES, 'warning lint.open_prefix', SHAPE, PULL]),
  policy(
    'github',
    'claims.repository_owner_id == "65"',
    [PULL],
    'claims.repository_owner_id == "65" && claims.ref_protected == "true"',
  ),
  policy(
    'github',
    'claims.repository_id == "74" && claims.event_name == "push"',
    [REF],
    'claims.repository_id == "74" && claims.event_name == "push" && claims.ref_protected == "true"',
  ),
  policy('github', 'claims.repository_id == "74" && claims.ref.startsWith("refs/heads/release-")', [REF]),
  policy(
    'github',
    'claims.repository_id == "74" && claims.ref.matches("refs/heads/main")',
    ['warning lint.unanchored_pattern', REF],
    'claims.repository_id == "74" && claims.ref.matches("^(?:refs/heads/main)$")',
  ),
  policy(
    'github',
    'claims.repository_id == "74" || claims.repository_owner_id == "66"',
    [PULL],
    '(claims.repository_id == "74" || claims.repository_owner_id == "66") && claims.ref_protected == "true"',
  ),
  policy('gitlab', 'claims.project_id == "74"', [PULL], 'claims.project_id == "74" && claims.ref_protected == "true"'),
  policy('gitlab', 'claims.namespace_path == "octo-group" && claims.ref_protected == "true"', [NAMES]),
  policy('gitlab', 'claims.project_id == "74" && claims.pipeline_source == "push"', [REF]),
  policy('terraform', 'claims.terraform_organization_id == "org-Aa1Bb2Cc3Dd4Ee5F"', [PULL]),
  policy(
    'terraform',
    'claims.sub.startsWith("organization:octo-org:project:infra:") && claims.terraform_run_phase == "apply"',
    [NAMES],
  ),
  policy('google', 'claims.hd == "octo.example"', [NAMES]),

  // What nobody meets.
  policy('github', 'claims.repositry == "octo-org/payments"', ['warning lint.unknown_claim']),
  policy('github', 'claims.ref_protected == true && claims.repository_id == "74"', ['warning lint.never_true']),
  policy('github', 'claims.sub == "x"', []),
  policy('gitlab', 'claims.project_id == 74', ['warning lint.never_true']),

  // Issuers of one company: strangers are colleagues.
  policy('github enterprise', null, ['warning lint.no_condition']),
  policy('github enterprise', 'claims.ref == "refs/heads/main"', ['warning lint.owner_not_pinned']),
  policy(
    'github enterprise',
    'claims.sub.startsWith("repo:octo-org")',
    ['warning lint.open_prefix'],
    'claims.sub.startsWith("repo:octo-org/")',
  ),
  policy('own gitlab', 'claims.project_id == "74" && claims.ref_protected == "true"', []),
  policy('own gitlab', 'claims.user_login != "mallory"', ['warning lint.only_excludes']),
  policy('aws', null, ['warning lint.no_condition']),
  policy('aws', 'claims["https://sts.amazonaws.com/"].aws_account == "111122223333"', [
    'warning lint.owner_not_pinned',
  ]),
  policy('aws', 'claims.sub == "arn:aws:iam::111122223333:role/deployer"', []),
  policy('aws', 'claims.sub.contains("role/deployer")', ['warning lint.open_prefix']),
  policy('aws', 'claims["https://sts.amazonaws.com/"].principal_tags.team == "payments"', []),
  policy('kubernetes', null, ['warning lint.no_condition']),
  policy('kubernetes', 'claims.sub == "system:serviceaccount:payments:deployer"', ['info lint.names_not_ids']),
  policy('kubernetes', 'claims["kubernetes.io"].serviceaccount.uid == "2f8e4b3a-1111-4222-8333-444455556666"', [
    'warning lint.default_service_account',
  ]),
  policy(
    'kubernetes',
    'claims["kubernetes.io"].serviceaccount.uid == "2f8e4b3a-1111-4222-8333-444455556666" && claims.sub == "system:serviceaccount:payments:deployer"',
    [],
  ),
  policy('kubernetes', 'claims.sub.startsWith("system:serviceaccount:payments:")', [
    'warning lint.default_service_account',
    'info lint.names_not_ids',
  ]),
  policy('kubernetes', 'claims["kubernetes.io"].serviceaccount.name == "deployer"', ['warning lint.owner_not_pinned']),
  policy('kubernetes', 'claims.sub.endsWith(":deployer")', ['warning lint.open_prefix']),
  policy('spiffe', null, ['warning lint.whole_trust_domain']),
  policy('spiffe', 'claims.sub.startsWith("spiffe://prod.octo.example/")', ['warning lint.whole_trust_domain']),
  policy('spiffe', 'url(claims.sub).host == "prod.octo.example"', ['warning lint.whole_trust_domain']),
  policy('spiffe', 'url(claims.sub).path.startsWith("/ns/payments/")', []),
  policy('spiffe', 'claims.sub == "spiffe://prod.octo.example/ns/payments/sa/deployer"', []),
  policy(
    'spiffe',
    'url(claims.sub).path.startsWith("/ns/payments")',
    ['warning lint.open_prefix'],
    'url(claims.sub).path.startsWith("/ns/payments/")',
  ),
  policy('spiffe', 'claims.sub.matches("payments")', ['warning lint.unanchored_pattern']),
  policy('custom', null, ['warning lint.no_condition']),
  policy('custom', 'claims.sub == "payments-deployer"', []),
  policy('custom', 'claims.team == "payments" && claims.admin == true', []),
  policy(
    'custom',
    'claims.sub.matches("payments")',
    ['warning lint.unanchored_pattern'],
    'claims.sub.matches("^(?:payments)$")',
  ),
  policy('custom', 'claims.sub != "mallory"', ['warning lint.only_excludes']),

  // Subjects of other shared issuers, whose shapes are known.
  policy('buildkite', 'claims.sub.startsWith("organization:octo-org:pipeline:payments:ref:refs/heads/main:")', []),
  policy(
    'buildkite',
    'claims.sub.startsWith("organization:octo-org")',
    [PREFIX],
    'claims.sub.startsWith("organization:octo-org:")',
  ),
  policy('buildkite', 'claims.sub.contains(":pipeline:payments:ref:refs/heads/main:")', [PREFIX]),
  policy('vercel', 'claims.sub == "owner:octo-org:project:payments:environment:production"', []),
  policy('vercel', 'claims.sub.endsWith(":environment:production")', [PREFIX]),
  policy('pulumi', 'claims.sub.startsWith("pulumi:deploy:org:octo-org:project:payments:")', []),
  policy('codefresh', 'claims.sub.startsWith("account:65:pipeline:74:")', []),
  policy('terraform in Europe', 'claims.terraform_run_phase == "apply"', [STRANGER]),
  policy('terraform in Europe', 'true', ['error lint.always_true']),

  // Loops over a few texts, and what no reading follows.
  policy('github', '["octo-org"].exists(one, claims.repository.startsWith(one))', ['error lint.owner_not_pinned']),
  policy(
    'github',
    '["octo-org/", "octo-labs/"].exists(one, claims.repository.startsWith(one)) && claims.ref_protected == "true"',
    [NAMES],
  ),
  policy('github', '["mallory", "eve"].all(one, claims.repository_owner != one)', [EXCLUDES]),
  policy('github', 'claims.repository_owner in {"octo-org": 1} && claims.ref_protected == "true"', [NAMES]),
  policy('github', 'claims.repository_id in ["7" + "4"] && claims.ref_protected == "true"', []),
  policy('github', 'claims.repository_owner > "octo-org"', ['error lint.owner_not_pinned']),

  policy('github', 'claims.repository_owner >= "octo-org" && claims.repository_owner <= "octo-orh"', [
    'error lint.owner_not_pinned',
  ]),
  policy(
    'github',
    '[claims.repository_owner].exists(one, one.startsWith("octo-org")) && claims.ref == "refs/heads/main"',
    ['error lint.owner_not_pinned'],
  ),
  policy(
    'github',
    '[claims.repository_owner_id] == ["65"] && claims.ref == "refs/heads/main" && int(claims.run_attempt) < 3',
    [UNJUDGED],
  ),

  // Events: one that a fork starts runs with the ref of the base.
  policy(
    'github',
    'claims.repository_id == "74" && claims.event_name != "pull_request" && claims.ref_protected == "true"',
    [PULL],
    'claims.repository_id == "74" && claims.event_name != "pull_request" && claims.ref_protected == "true" && claims.event_name != "pull_request_target"',
  ),
  policy('github', 'claims.repository_id == "74" && claims.event_name == "pull_request_target"', [PULL]),
  policy(
    'github',
    'claims.repository_id == "74" && claims.event_name in ["push", "schedule"] && claims.ref == "refs/heads/main"',
    [],
  ),

  // A list means what is in it, also where its texts differ in one character only; a class does not.
  policy(
    'github',
    'claims.repository_id in ["74", "75", "76", "77", "78", "79"] && claims.ref in ["refs/heads/main", "refs/heads/next"]',
    [],
  ),
  policy(
    'github',
    'claims.repository_owner in ["octo-a", "octo-b", "octo-c", "octo-d", "octo-e"] && claims.ref_protected == "true"',
    [NAMES],
  ),
  policy(
    'github',
    'claims.repository_owner.matches("^(?:octo-a|octo-b|octo-c|octo-d|octo-e)$") && claims.ref_protected == "true"',
    [NAMES],
  ),
  policy('github', 'claims.repository_owner.matches("^octo-[v-z]$") && claims.ref_protected == "true"', [
    'error lint.owner_not_pinned',
  ]),
  policy(
    'github',
    '(claims.repository_owner in ["octo-1", "octo-2"] || claims.repository_owner.matches("^octo-[0-9]$")) && claims.ref_protected == "true"',
    ['error lint.owner_not_pinned'],
  ),

  // What some tokens have.
  policy(
    'github',
    'claims.repository_id == "74" && claims.environment_node_id == "EN_x" && claims.ref_protected == "true"',
    [],
  ),
  policy(
    'github',
    'claims.issuer_scope == "enterprise" && claims.enterprise_id == "9" && claims.ref_protected == "true"',
    [],
  ),
  policy(
    'github',
    'claims.repository_id == "74" && claims.ref == "refs/heads/main" && claims.run_attempt == "1" && claims.run_number == "2"',
    [],
  ),
  policy(
    'gitlab',
    'claims.project_id == "74" && claims.ref_protected == "true" && "octo-group/leads" in claims.groups_direct',
    [],
  ),
  policy(
    'aws',
    'claims["https://sts.amazonaws.com/"].lambda_source_function_arn == "arn:aws:lambda:eu-central-1:111122223333:function:deploy"',
    [],
  ),
  policy(
    'aws',
    'claims["https://sts.amazonaws.com/"].ec2_source_instance_arn.startsWith("arn:aws:ec2:eu-central-1:111122223333:instance/")',
    ['warning lint.owner_not_pinned'],
  ),
  policy('aws', 'claims["https://sts.amazonaws.com/"].identity_store_user_id == "a1"', []),
  policy(
    'aws',
    'claims["https://sts.amazonaws.com/"].source_identity == "a" && claims["https://sts.amazonaws.com/"].ec2_instance_source_vpc == "vpc-01"',
    [],
  ),
  policy('aws', 'claims.sub == "arn:aws-us-gov:iam::111122223333:role/deployer"', []),
  policy('aws', 'has(claims["https://sts.amazonaws.com/"].lambda_source_function_arn)', [
    'warning lint.owner_not_pinned',
  ]),
  policy(
    'aws',
    '"o-a1b2c3d4e5/r-zz99/ou-zz99-22222222/" in claims["https://sts.amazonaws.com/"].ou_path && claims.sub == "arn:aws:iam::111122223333:role/x"',
    [],
  ),
  policy('spiffe', 'claims.sub.startsWith("spiffe://other.example/ns/payments/")', ['warning lint.never_true']),
  policy('spiffe', 'url(claims.sub).path == "ns/payments/sa/deployer"', ['warning lint.never_true']),
  policy('spiffe', 'url(claims.sub).path == "/ns/payments/sa/deployer" && claims.team == "x"', []),
]

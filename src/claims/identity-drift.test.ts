import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { identityFactsOf } from '../registry/known/identities.ts'
import { identityDrift } from './identity-drift.ts'

const github = { known: 'GITHUB_ACTIONS', issuer: 'https://token.actions.githubusercontent.com' }

function drift(provider: { known: string; issuer: string }, condition: string, claims: JsonObject): string | null {
  const facts = identityFactsOf(provider)
  if (facts === null) throw new TypeError(provider.known)
  return identityDrift(condition, claims, facts)
}

function run(owner: string, ownerId: string, repo: string, repoId: string, isNew = false): JsonObject {
  const begin = isNew ? `repo:${owner}@${ownerId}/${repo}@${repoId}` : `repo:${owner}/${repo}`
  return {
    sub: `${begin}:ref:refs/heads/main`,
    repository_owner: owner,
    repository_owner_id: ownerId,
    repository: `${owner}/${repo}`,
    repository_id: repoId,
    ref: 'refs/heads/main',
  }
}

const both = 'claims.repository == "octo-org/payments" && claims.repository_id == "74"'
const owners = 'claims.repository_owner_id == "65" && claims.repository_owner == "octo-org"'

describe('a token of GitHub that is refused', () => {
  it.each<[string, string, JsonObject, string | null]>([
    [
      'a repository that was renamed',
      both,
      run('octo-org', '65', 'pay', '74'),
      'renamed: repository_id is "74" as the condition says, but repository is "octo-org/pay", not "octo-org/payments"',
    ],
    [
      'a repository made anew under the old name',
      both,
      run('octo-org', '65', 'payments', '900'),
      're-registered: repository is "octo-org/payments" as the condition says, but repository_id is "900", not "74"',
    ],
    [
      'an owner whose name was taken by somebody else',
      owners,
      run('octo-org', '901', 'payments', '900'),
      're-registered: repository_owner is "octo-org" as the condition says, but repository_owner_id is "901", not "65"',
    ],
    [
      'an organisation that was renamed',
      `(${owners} || claims.ref == "x") && claims.event_name == "push"`,
      run('octo-inc', '65', 'payments', '74'),
      'renamed: repository_owner_id is "65" as the condition says, but repository_owner is "octo-inc", not "octo-org"',
    ],
    [
      'ids that stand in the subject',
      'claims.sub == "repo:octo-org@65/payments@74:ref:refs/heads/main"',
      run('octo-org', '901', 'payments', '900', true),
      're-registered: repository_owner is "octo-org" as the condition says, but repository_owner_id is "901", not "65"',
    ],
    [
      'a rename seen by the prefix of a subject',
      'claims.sub.startsWith("repo:octo-org@65/payments@74:")',
      run('octo-org', '65', 'pay', '74', true),
      'renamed: repository_id is "74" as the condition says, but repository is "octo-org/pay", not "octo-org/payments"',
    ],
    [
      'the shape that came later',
      'claims.sub == "repo:octo-org/payments:ref:refs/heads/main"',
      run('octo-org', '65', 'payments', '74', true),
      'sub has the shape with ids, the condition compares the one without: "repo:octo-org@65/payments@74:ref:refs/heads/main"',
    ],
    [
      'the shape from before',
      'claims.sub == "repo:octo-org@65/payments@74:ref:refs/heads/main"',
      run('octo-org', '65', 'payments', '74'),
      'sub has the shape without ids, the condition compares the one with: "repo:octo-org/payments:ref:refs/heads/main"',
    ],
    ['somebody else altogether', both, run('mallory', '901', 'evil', '900'), null],
    [
      'the right one on the wrong branch',
      `${both} && claims.ref == "refs/heads/release"`,
      run('octo-org', '65', 'payments', '74'),
      null,
    ],
    ['a condition on ids alone', 'claims.repository_id == "74"', run('octo-org', '65', 'payments', '900'), null],
    ['a condition that excludes', `!(${both})`, run('octo-org', '65', 'pay', '74'), null],
    ['claims that are missing', both, { sub: 'x' }, null],
    ['claims of other types', both, { repository: ['octo-org/payments'], repository_id: 74 }, null],
    ['a condition that cannot be read', 'claims.', run('octo-org', '65', 'payments', '74'), null],
  ])('says why: %s', (_what, condition, claims, sentence) => {
    expect(drift(github, condition, claims)).toBe(sentence)
  })
})

describe('a token of another source', () => {
  it.each<[string, string, string, JsonObject, string]>([
    [
      'GITLAB_CI',
      'https://gitlab.octo.example',
      'claims.project_id == "74" && claims.sub == "project_path:octo-group/payments:ref_type:branch:ref:main"',
      { project_id: '74', project_path: 'octo-group/pay' },
      'renamed: project_id is "74" as the condition says, but project_path is "octo-group/pay", not "octo-group/payments"',
    ],
    [
      'CUSTOM',
      'https://app.terraform.io',
      'claims.terraform_organization_id == "org-1" && claims.terraform_organization_name in ["octo", "octo-labs"]',
      { terraform_organization_id: 'org-2', terraform_organization_name: 'octo-labs' },
      're-registered: terraform_organization_name is "octo-labs" as the condition says, but terraform_organization_id is "org-2", not "org-1"',
    ],
    [
      'KUBERNETES',
      'https://cluster.octo.example',
      'claims.sub == "system:serviceaccount:payments:deployer" && claims["kubernetes.io"].serviceaccount.uid == "a"',
      { 'kubernetes.io': { serviceaccount: { name: 'deployer', uid: 'b' } } },
      're-registered: serviceaccount.name is "deployer" as the condition says, but serviceaccount.uid is "b", not "a"',
    ],
    [
      // What one of the APIs calls a cluster.
      'CUSTOM',
      'https://cluster.octo.example',
      'claims.sub == "system:serviceaccount:payments:deployer" && claims["kubernetes.io"].serviceaccount.uid == "a"',
      { 'kubernetes.io': { namespace: 'payments', serviceaccount: { name: 'deployer', uid: 'b' } } },
      're-registered: serviceaccount.name is "deployer" as the condition says, but serviceaccount.uid is "b", not "a"',
    ],
    [
      'HCP_TERRAFORM',
      'https://app.eu.terraform.io',
      'claims.terraform_organization_id == "org-1" && claims.terraform_workspace_id == "ws-1" && claims.terraform_workspace_name == "payments"',
      {
        terraform_organization_id: 'org-1',
        terraform_workspace_id: 'ws-2',
        terraform_workspace_name: 'payments',
      },
      're-registered: terraform_workspace_name is "payments" as the condition says, but terraform_workspace_id is "ws-2", not "ws-1"',
    ],
  ])('%s at %s', (known, issuer, condition, claims, sentence) => {
    expect(drift({ known, issuer }, condition, claims)).toBe(sentence)
  })

  it.each<[string, string, JsonObject]>([
    [
      'HCP_TERRAFORM',
      'claims.terraform_organization_id == "org-1" && claims.terraform_workspace_id == "ws-1" && claims.terraform_workspace_name == "payments"',
      { terraform_organization_id: 'org-9', terraform_workspace_id: 'ws-9', terraform_workspace_name: 'payments' },
    ],
    [
      'KUBERNETES',
      'claims.sub == "system:serviceaccount:payments:deployer" && claims["kubernetes.io"].serviceaccount.uid == "a"',
      { 'kubernetes.io': { namespace: 'billing', serviceaccount: { name: 'deployer', uid: 'b' } } },
    ],
  ])('is of somebody else where only the name is the same: %s, %s', (known, condition, claims) => {
    expect(drift({ known, issuer: 'https://issuer.example' }, condition, claims)).toBeNull()
  })

  it('is not explained where nothing is known of names and ids', () => {
    expect(identityFactsOf({ known: 'AWS_IAM_OUTBOUND', issuer: 'https://issuer.example' })).toBeNull()
    expect(identityFactsOf({ known: '__proto__', issuer: null })).toBeNull()
  })
})

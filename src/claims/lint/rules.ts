/** The catalogue of lint rules. Names are stable for ever. */

export type Severity = 'error' | 'warning' | 'info'

export interface RuleEntry {
  /** The most that a finding of this rule weighs. */
  readonly severity: Severity
  /** False: a write is let through although the finding is an error. */
  readonly blocks?: false
  readonly says: string
  readonly why: string
  readonly remedy: string
}

/** Conditions of trusts. */
export const trustRules = {
  'lint.no_condition': {
    severity: 'error',
    // Existing clients make a trust first and give it its condition in a second call. See docs/decisions.
    blocks: false,
    says: 'There is no condition: every token of the issuer is let in.',
    why: 'Anybody can get a token of a shared issuer, and ask for your audience in it.',
    remedy: 'Write a condition that compares the ids of the owner.',
  },
  'lint.always_true': {
    severity: 'error',
    says: 'The condition, or one branch of it, is true for every token of the issuer.',
    why: 'It looks like a rule and is none.',
    remedy: 'Take the branch away, or compare the ids of the owner in it.',
  },
  'lint.only_excludes': {
    severity: 'error',
    says: 'The condition, or one branch of it, only names who is not let in.',
    why: 'Everybody else is: there are always more names than those that were thought of.',
    remedy: 'Name who is let in.',
  },
  'lint.unanchored_pattern': {
    severity: 'error',
    says: 'A regular expression is not anchored at both ends in every alternative.',
    why: '`matches` looks for the pattern anywhere, and `^a|b$` anchors each alternative at one end only: strangers take names that contain what is looked for.',
    remedy: 'Write `^(?:…)$`.',
  },
  'lint.open_prefix': {
    severity: 'error',
    says: 'A prefix or part of a name is compared without the delimiter that ends the name.',
    why: '`repo:octo-org` is also the beginning of `repo:octo-org-evil/…`.',
    remedy: 'Put the delimiter at the end of the prefix, or compare the whole claim.',
  },
  'lint.stranger_chooses': {
    severity: 'error',
    // Exact comparisons were somebody's decision; clients that make them know nothing of lint. See docs/decisions.
    blocks: false,
    says: 'Only claims that a stranger chooses are compared: branch, workflow, actor, environment.',
    why: 'A branch called main, or an environment called production, exists everywhere; who triggers a run is not who owns it.',
    remedy: 'Compare the ids of the owner as well.',
  },
  'lint.owner_not_pinned': {
    severity: 'error',
    says: 'The condition, or one branch of it, does not say whose tokens are let in.',
    why: 'Tokens of other owners at the same issuer meet it.',
    remedy: 'Compare the ids of the owner in every branch.',
  },
  'lint.names_not_ids': {
    severity: 'warning',
    says: 'Names are compared, and no id.',
    why: 'A name that was given up can be taken by somebody else, whose tokens then meet the condition.',
    remedy: 'Compare the ids that the issuer never gives twice.',
  },
  'lint.one_subject_shape': {
    severity: 'warning',
    says: 'The condition knows only one of the two shapes of `sub`.',
    why: 'GitHub writes `repo:OWNER/REPO:…`, and `repo:OWNER@ID/REPO@ID:…` for repositories made or renamed from 2026-07-15 on: a rename, or an opt-in, ends the trust.',
    remedy: 'Compare `repository_owner_id` and `repository_id` instead of `sub`.',
  },
  'lint.reachable_from_pull_request': {
    severity: 'warning',
    says: 'Runs for pull or merge requests meet the condition.',
    why: 'They run what somebody proposes before anybody has looked at it.',
    remedy: 'Compare a protected ref, an environment, or the phase of the run.',
  },
  'lint.reachable_from_unprotected_ref': {
    severity: 'info',
    says: 'Runs on unprotected branches and tags meet the condition.',
    why: 'Everybody who may push may make such a branch.',
    remedy: 'Compare a protected ref, or an environment.',
  },
  'lint.default_service_account': {
    severity: 'warning',
    says: 'The default service account of a namespace meets the condition.',
    why: 'Every pod has it that does not ask for another.',
    remedy: 'Name one service account.',
  },
  'lint.whole_trust_domain': {
    severity: 'warning',
    says: 'Every workload of the trust domain meets the condition.',
    why: 'One taken workload is then enough.',
    remedy: 'Compare the path of the SPIFFE ID, with a slash at the end of a prefix.',
  },
  'lint.audience_of_another_service': {
    severity: 'warning',
    says: 'Tokens that were made for another service are taken.',
    why: 'That service, and whoever reads its logs, can use them here.',
    remedy: 'Take the audience out of the provider, or compare `aud` with your own.',
  },
  'lint.unknown_claim': {
    severity: 'warning',
    says: 'The condition reads a claim that tokens of this source do not have.',
    why: 'Reading it is an error, and an error refuses: a misspelt name, most of the time.',
    remedy: 'Compare with the sample claims of the source.',
  },
  'lint.never_true': {
    severity: 'warning',
    says: 'No token of the source meets the condition.',
    why: 'Most sources write numbers and truths as texts: `claims.ref_protected == true` is never true, `== "true"` is.',
    remedy: 'Try the condition on the sample claims of the source.',
  },
  'lint.not_judged': {
    severity: 'info',
    says: 'The condition is too involved to be judged completely.',
    why: 'Nothing was found in what could be read of it, or within the work that a judgement may cost; that is no proof.',
    remedy: 'Write it more simply, or split it over several trusts.',
  },
} as const satisfies Readonly<Record<string, RuleEntry>>

export type LintRule = keyof typeof trustRules

/** True where an error of this rule refuses the write that brings it. */
export function blocks(rule: LintRule): boolean {
  const entry: RuleEntry = trustRules[rule]
  return entry.blocks !== false
}

/** Providers. What the contract takes is stored, so none of them refuses a write. */
export const providerRules = {
  'lint.signature_not_validated': {
    severity: 'warning',
    says: 'Signatures of ID tokens are not validated.',
    why: 'What vouches for an ID token is then only the TLS connection it came through.',
    remedy: 'Set `validate_signature` to true; keys are found by discovery.',
  },
  'lint.pkce_plain': {
    severity: 'warning',
    says: 'PKCE is used with the method plain.',
    why: 'Whoever sees the request knows the verifier.',
    remedy: 'Use S256.',
  },
  'lint.anyone_may_sign_in': {
    severity: 'warning',
    says: 'Everybody who has an account at this provider may sign in.',
    why: 'It is open to the public, and nothing says which of its accounts are yours.',
    remedy: 'Add a condition (`assertion.hd == "example.com"`), or set the first login to refuse.',
  },
  'lint.links_by_email': {
    severity: 'warning',
    says: 'People are linked by e-mail address, and no domain holds the provider to its own.',
    why: 'Who runs the provider may then sign in as anybody who has no link to it yet.',
    remedy: 'Name its domains, or let people be linked by an administrator.',
  },
  'lint.email_as_subject': {
    severity: 'warning',
    says: 'People are told apart by an e-mail address.',
    why: 'Addresses are given to somebody else one day, and then so are their accounts.',
    remedy: 'Use a persistent NameID, or an attribute that is never given twice.',
  },
  'lint.saml_issuer_not_pinned': {
    severity: 'warning',
    says: 'No entity id is configured: the issuer of a response is not checked against one.',
    why: 'Whoever else signs with the same certificate is taken for this provider.',
    remedy: 'Give `idp_entity_id`, or the metadata, which has it.',
  },
  'lint.saml_sha1': {
    severity: 'warning',
    says: 'Signatures with SHA-1 are accepted.',
    why: 'Two documents with one SHA-1 digest can be made.',
    remedy: 'Let the provider sign with SHA-256, and take `allow_sha1` away.',
  },
  'lint.saml_idp_initiated': {
    severity: 'info',
    says: 'Responses that nobody asked for are answered by a new sign-in.',
    why: 'They are never used as proof, but a link from elsewhere can start a sign-in here.',
    remedy: 'Take `allow_idp_initiated` away where nobody starts from the provider’s own page.',
  },
  'lint.token_through_browser': {
    severity: 'info',
    says: 'ID tokens come through the browser.',
    why: 'They pass more hands than a code does, and some of them keep logs.',
    remedy: 'Use the response type CODE.',
  },
  'lint.no_level_asked': {
    severity: 'warning',
    says: 'No level is asked for: any sign-in passes for a step-up.',
    why: 'The provider answers with the session that is there.',
    remedy: 'Give `acrValues`, or the ids of authentication contexts.',
  },
  'lint.audience_of_another_service': trustRules['lint.audience_of_another_service'],
  'lint.long_token_age': {
    severity: 'info',
    says: 'Tokens are taken for longer than a day after they were issued.',
    why: 'A token that leaked is good for as long.',
    remedy: 'Lower `maxTokenAgeSeconds`.',
  },
} as const satisfies Readonly<Record<string, RuleEntry>>

export type ProviderRule = keyof typeof providerRules

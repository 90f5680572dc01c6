import type { KnownSource } from './source.ts'
import { awsTokens } from './tokens/aws-iam-outbound.ts'

/** Source: AWS IAM documentation, "Outbound identity federation". Each account has an issuer of its own. */
export const awsIamOutbound: KnownSource = {
  name: 'AWS_IAM_OUTBOUND',
  title: 'AWS IAM outbound identity federation',
  use: 'workload',
  protocol: 'oidc',
  issuers: { templates: ['https://{id}.tokens.sts.global.api.aws'] },
  defaultIssuer: null,
  maxTokenAgeSeconds: 600,
  sampleClaims: {
    iss: 'https://abc123-def456.tokens.sts.global.api.aws',
    sub: 'arn:aws:iam::111122223333:role/payments-deployer',
    aud: 'entente.example.com',
    'https://sts.amazonaws.com/': {
      aws_account: '111122223333',
      org_id: 'o-a1b2c3d4e5',
      ou_path: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'],
      source_region: 'eu-central-1',
      principal_id: 'arn:aws:iam::111122223333:role/payments-deployer',
      principal_tags: { team: 'payments' },
      lambda_source_function_arn: 'arn:aws:lambda:eu-central-1:111122223333:function:deploy',
    },
  },
  tokens: awsTokens,
  immutableClaims: [
    ['https://sts.amazonaws.com/', 'aws_account'],
    ['https://sts.amazonaws.com/', 'org_id'],
  ],
  form: [
    {
      id: 'account',
      label: 'Account',
      help: 'The twelve digits of the account.',
      required: true,
      pattern: '[0-9]{12}',
      placeholder: '111122223333',
      claim: ['https://sts.amazonaws.com/', 'aws_account'],
    },
    {
      id: 'principal',
      label: 'Principal',
      help: 'ARN of the IAM role or user.',
      required: true,
      pattern: 'arn:aws[a-z-]*:iam::[0-9]{12}:(?:role|user)/[\\w+=,.@/-]+',
      placeholder: 'arn:aws:iam::111122223333:role/payments-deployer',
      claim: ['sub'],
    },
    {
      id: 'organization',
      label: 'Organization id',
      help: 'Begins with o-. Given, an account that leaves the organization loses the trust.',
      required: false,
      pattern: 'o-[a-z0-9]{10,32}',
      placeholder: 'o-a1b2c3d4e5',
      claim: ['https://sts.amazonaws.com/', 'org_id'],
    },
  ],
}

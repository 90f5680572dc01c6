import type { KnownSource } from './source.ts'

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
  immutableClaims: [
    ['https://sts.amazonaws.com/', 'aws_account'],
    ['https://sts.amazonaws.com/', 'org_id'],
  ],
}

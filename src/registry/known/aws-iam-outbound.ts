import { type KnownSource, TEN_MINUTES } from './known-source.ts'

export const awsIamOutbound: KnownSource = {
  name: 'AWS_IAM_OUTBOUND',
  title: 'AWS IAM outbound identity federation',
  protocol: 'oidc',
  // Each account has an issuer of its own under this name.
  issuers: /^https:\/\/[a-z0-9]([a-z0-9-]*[a-z0-9])?\.tokens\.sts\.global\.api\.aws$/,
  exampleIssuer: 'https://abc123-def456.tokens.sts.global.api.aws',
  maxTokenAgeSeconds: TEN_MINUTES,
  immutableClaims: ['https://sts.amazonaws.com/'],
  sampleClaims: {
    iss: 'https://abc123-def456.tokens.sts.global.api.aws',
    sub: 'arn:aws:iam::123456789012:role/deployer',
    aud: 'entente.example.com',
    'https://sts.amazonaws.com/': {
      aws_account: '123456789012',
      source_region: 'eu-central-1',
      org_id: 'o-a1b2c3d4e5',
      principal_tags: { team: 'platform' },
    },
  },
}

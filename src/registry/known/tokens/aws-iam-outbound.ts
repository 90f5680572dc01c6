/** Tokens of AWS IAM outbound federation; every account is an issuer of its own. Source: AWS IAM documentation, "Outbound identity federation". */
import type { TokenModel } from '../../../claims/lint/token-model.ts'

export const awsTokens: TokenModel = {
  parts: {
    account: { pattern: '[0-9]{12}', stranger: '111122223333' },
    principal: { pattern: '[A-Za-z0-9+=,.@_/-]+', stranger: 'anybody' },
    organization: { pattern: 'o-[a-z0-9]{10,32}', stranger: 'o-a1b2c3d4e5' },
    region: { pattern: '[a-z0-9-]+', stranger: 'eu-central-1' },
    name: { pattern: '[!-~]+', stranger: 'anything' },
    jti: { pattern: '[0-9a-f-]+', stranger: '0f0f0f0f-0000-4000-8000-000000000000' },
  },
  claims: {
    iss: '{issuer}',
    aud: '{audience}',
    sub: 'arn:aws:iam::{account}:role/{principal}',
    exp: 1_800_000_300,
    iat: 1_800_000_000,
    jti: '{jti}',
    'https://sts.amazonaws.com/': {
      aws_account: '{account}',
      org_id: '{organization}',
      ou_path: ['{organization}/r-ab12/ou-ab12-11111111/'],
      source_region: '{region}',
      principal_id: 'arn:aws:iam::{account}:role/{principal}',
      principal_tags: { '*': true },
      request_tags: { '*': true },
      session_tags: { '*': true },
      federated_provider: null,
      source_identity: '{name}',
      ec2_source_instance_arn: 'arn:aws:ec2:{region}:instance/{name}',
      ec2_instance_source_vpc: '{name}',
      ec2_instance_source_private_ipv4: '{name}',
      ec2_role_delivery: '{name}',
      lambda_source_function_arn: 'arn:aws:lambda:{region}:function:{name}',
      glue_credential_issuing_service: null,
      identity_store_arn: null,
      identity_store_user_id: null,
    },
  },
  forms: [
    {
      sub: 'arn:aws:iam::{account}:user/{principal}',
      'https://sts.amazonaws.com/': { principal_id: 'arn:aws:iam::{account}:user/{principal}' },
    },
  ],
  owner: ['principal', 'name', '*'],
  ids: [],
  scenes: [],
  pin: '`claims.sub == "arn:aws:iam::…:role/…"`',
}

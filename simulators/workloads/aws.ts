import { digitsOf, hexOf, lettersOf, textOf } from './made-up.ts'
import { oidcSource } from './oidc-source.ts'
import type { Claims } from './source.ts'

/** Everything AWS says of itself stands under this one name. */
const NAMESPACE = 'https://sts.amazonaws.com/'

/** Source: AWS IAM documentation, "Outbound identity federation", token claims. Each account has an issuer of its own. */
export const aws = oidcSource({
  name: 'aws',
  title: 'AWS IAM outbound federation',
  summary: `tokens of sts:GetWebIdentityToken; AWS’s own claims stand under ${NAMESPACE}`,
  wellKnownProvider: 'AWS_IAM_OUTBOUND',
  issuer: 'https://0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d.tokens.sts.global.api.aws',
  keysPath: '/.well-known/jwks.json',
  algorithm: 'ES384',
  lifetimeSeconds: 300,
  tokenVariable: 'AWS_WEB_IDENTITY_TOKEN',
  claims,
})

function claims(wish: Claims): Record<string, unknown> {
  const sub = textOf(wish, 'sub', `arn:aws:iam::${digitsOf('octo-org', 12)}:role/payments-deployer`)
  const account = sub.split(':')[4] ?? ''
  const organisation = `o-${lettersOf('octo-org', 10).toLowerCase()}`
  const unit = `${organisation}/r-${hexOf('root', 4)}/ou-${hexOf('root', 4)}-${hexOf('payments', 8)}/`
  const region = 'eu-central-1'
  return {
    sub,
    [NAMESPACE]: {
      aws_account: account,
      source_region: region,
      org_id: organisation,
      ou_path: [unit],
      principal_id: sub,
      principal_tags: { team: 'payments', environment: 'production' },
      lambda_source_function_arn: `arn:aws:lambda:${region}:${account}:function:deploy`,
    },
  }
}

/** Subject tokens for every contestant: the claims of a GitHub Actions job, signed RS256 by one key. */
import { createPrivateKey, createSign, generateKeyPairSync } from 'node:crypto'

export interface Subject {
  readonly issuer: string
  readonly audience: string
  /** Public JWKS as JSON text. */
  readonly jwks: string
  readonly tokens: readonly string[]
}

/** 64 tokens of about 1.5 KiB, valid for ten minutes; many, so that nobody wins by remembering one. */
export function mintSubjects(issuer: string, audience: string): Subject {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = 'bench-1'
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] })
  const pem = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const now = Math.floor(Date.now() / 1000)
  const tokens = Array.from({ length: 64 }, (_, run) => {
    const claims = {
      jti: `bench-${run}`,
      sub: 'repo:octo-org/app:ref:refs/heads/main',
      aud: audience,
      ref: 'refs/heads/main',
      sha: 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15',
      repository: 'octo-org/app',
      repository_owner: 'octo-org',
      repository_owner_id: '65',
      run_id: `${9_000_000 + run}`,
      run_number: '42',
      run_attempt: '1',
      repository_visibility: 'private',
      repository_id: '74',
      actor_id: '12',
      actor: 'octocat',
      workflow: 'deploy',
      head_ref: '',
      base_ref: '',
      event_name: 'push',
      ref_protected: 'true',
      ref_type: 'branch',
      workflow_ref: 'octo-org/app/.github/workflows/deploy.yml@refs/heads/main',
      workflow_sha: 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15',
      job_workflow_ref: 'octo-org/app/.github/workflows/deploy.yml@refs/heads/main',
      job_workflow_sha: 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15',
      runner_environment: 'github-hosted',
      environment: 'production',
      iss: issuer,
      nbf: now - 5,
      exp: now + 3600,
      iat: now,
    }
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const input = `${part({ typ: 'JWT', alg: 'RS256', kid })}.${part(claims)}`
    return `${input}.${createSign('sha256').update(input).sign(pem).toString('base64url')}`
  })
  return { issuer, audience, jwks, tokens }
}

export function exchangeForm(token: string, clientId: string): string {
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    client_id: clientId,
  }).toString()
}

import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { normaliseIssuer } from '../issuer.ts'
import { knownSource, knownSources, maxTokenAgeOf, ownsIssuer } from './index.ts'

function owns(name: string, issuer: string): boolean {
  const source = knownSource(name)
  if (source === null) throw new Error(`no source ${name}`)
  return ownsIssuer(source, issuer)
}

const GITHUB = 'https://token.actions.githubusercontent.com'
const AWS = 'https://abc123-def456.tokens.sts.global.api.aws'

describe('an issuer belongs to its source', () => {
  it.each([
    ['GITHUB_ACTIONS', GITHUB],
    ['GITHUB_ACTIONS', `${GITHUB}/octo-enterprise`],
    ['GITHUB_ACTIONS', 'https://token.actions.octocorp.ghe.com'],
    ['GITLAB_CI', 'https://gitlab.com'],
    ['GITLAB_CI', 'https://gitlab.example.com:8443/sub'],
    ['HCP_TERRAFORM', 'https://app.terraform.io'],
    ['HCP_TERRAFORM', 'https://tfe.example.com'],
    ['AWS_IAM_OUTBOUND', AWS],
    ['KUBERNETES', 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC'],
    ['SPIFFE', 'spiffe://prod_1.example.com'],
    ['CUSTOM', 'https://issuer.example.com'],
    ['CUSTOM', GITHUB],
    ['CUSTOM', AWS],
  ])('%s: %s', (name, issuer) => {
    expect(owns(name, issuer)).toBe(true)
  })

  it.each([
    ['GITHUB_ACTIONS', 'https://github.example.com/_services/token'],
    ['GITHUB_ACTIONS', `${GITHUB}/a/b`],
    ['GITHUB_ACTIONS', `${GITHUB}.evil.example`],
    ['GITHUB_ACTIONS', 'https://token-actions.githubusercontent.com'],
    ['GITHUB_ACTIONS', 'https://tokenXactions.githubusercontent.com'],
    ['GITHUB_ACTIONS', 'https://token.actions.a.b.ghe.com'],
    ['GITHUB_ACTIONS', 'https://token.actions.ghe.com'],
    ['GITHUB_ACTIONS', 'https://token.actions.octocorp.ghe.com/x'],
    ['GITHUB_ACTIONS', 'https://token.actions.octocorp.ghe.com.evil.example'],
    ['GITHUB_ACTIONS', `${GITHUB}:8443`],
    ['GITHUB_ACTIONS', 'spiffe://token.actions.githubusercontent.com'],
    ['GITLAB_CI', GITHUB],
    ['GITLAB_CI', `${GITHUB}/octo-enterprise`],
    ['GITLAB_CI', AWS],
    ['GITLAB_CI', 'spiffe://gitlab.com'],
    ['HCP_TERRAFORM', GITHUB],
    ['HCP_TERRAFORM', 'https://token.actions.octocorp.ghe.com'],
    ['KUBERNETES', AWS],
    ['AWS_IAM_OUTBOUND', 'https://tokens.sts.global.api.aws'],
    ['AWS_IAM_OUTBOUND', 'https://a.b.tokens.sts.global.api.aws'],
    ['AWS_IAM_OUTBOUND', `${AWS}/x`],
    ['AWS_IAM_OUTBOUND', 'https://evil.example/.tokens.sts.global.api.aws'],
    ['SPIFFE', 'https://prod.example.com'],
    ['SPIFFE', 'spiffe://prod.example.com/ns'],
    ['CUSTOM', 'spiffe://prod.example.com'],
  ])('%s: not %s', (name, issuer) => {
    expect(owns(name, issuer)).toBe(false)
  })
})

describe('every known source', () => {
  it.each(knownSources.map((source) => [source.name, source] as const))('%s is complete', (name, source) => {
    expect(knownSource(name)).toBe(source)
    expect(name).toMatch(/^[A-Z][A-Z_]*[A-Z]$/)
    expect(source.use).toBe('workload')
    expect(source.protocol).toBe(name === 'SPIFFE' ? 'spiffe' : 'oidc')
    expect([600, 86_400]).toContain(maxTokenAgeOf(name))
    const { defaultIssuer, sampleClaims } = source
    for (const issuer of [defaultIssuer, sampleClaims.iss]) {
      if (typeof issuer !== 'string') continue
      expect(normaliseIssuer(issuer)).toEqual({ issuer })
      expect(ownsIssuer(source, issuer)).toBe(true)
    }
    // Enterprises exist only for some: what a sample lacks must be said here.
    const absent = ['enterprise_id']
    for (const path of source.immutableClaims) {
      if (path.some((step) => absent.includes(step))) continue
      expect(at(sampleClaims, path), path.join('.')).toBeTypeOf('string')
    }
  })

  it('has the age limits of the contract, and an unknown one the least', () => {
    expect(Object.fromEntries(knownSources.map(({ name }) => [name, maxTokenAgeOf(name)]))).toEqual({
      GITHUB_ACTIONS: 600,
      GITLAB_CI: 86_400,
      HCP_TERRAFORM: 86_400,
      AWS_IAM_OUTBOUND: 600,
      KUBERNETES: 86_400,
      SPIFFE: 600,
      CUSTOM: 600,
    })
    expect(maxTokenAgeOf('NOBODY')).toBe(600)
    expect(maxTokenAgeOf('__proto__')).toBe(600)
  })
})

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return at(Object.entries(value).find(([key]) => key === step)?.[1], rest)
}

/** What an answer keeps to itself is told to the log, through every face that asks upstreams. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import { iamProviders } from './iam-providers/index.ts'
import { identityProviders } from './identity-providers/index.ts'
import { manifests } from './manifests/index.ts'
import { stepUp } from './step-up/index.ts'
import { openTestApp, type TestApp } from './testing/app.ts'
import { workloadFederation } from './workload-federation/index.ts'

const silent = new Fault('upstream', 'provider.discovery_failed', 'It does not answer.', {
  fields: [{ path: 'issuer', code: 'provider.discovery_failed', message: 'does not answer' }],
  cause: new Error('getaddrinfo ENOTFOUND silent.example'),
})
const told: unknown[] = []
let app: TestApp
beforeAll(async () => {
  app = await openTestApp([workloadFederation, stepUp, iamProviders, identityProviders, manifests], async (deps) => {
    const { oidc } = deps.registry.protocols
    if (oidc === undefined) throw new Error('the registry knows no OpenID Connect')
    const protocols = { ...deps.registry.protocols, oidc: { ...oidc, probe: () => Promise.reject(silent) } }
    return { ...deps, registry: { ...deps.registry, protocols }, onError: (error) => void told.push(error) }
  })
})
afterAll(() => app.close())

const SPACE = '/apis/entente.dev/v1/namespaces/default'
const issuer = 'https://silent.example'
const workload = {
  apiVersion: 'entente.dev/v1',
  kind: 'WorkloadProvider',
  metadata: { name: 'silent', namespace: 'default' },
  spec: { issuer, knownProvider: 'CUSTOM' },
}

describe('an upstream that does not answer', () => {
  it.each<[string, string, object]>([
    [
      'workload-federation',
      '/api/v1/workload_federation/providers',
      { displayName: 'Silent', issuerUrl: issuer, wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM' },
    ],
    [
      'step-up',
      '/api/v1/step-up/providers',
      { displayName: 'Silent', issuerUrl: issuer, clientId: 'c', oauth2: { acrValues: ['phr'] } },
    ],
    [
      'iam-providers',
      '/v1/regions/global/iam/providers',
      {
        displayName: 'Silent',
        tenantDomain: 'silent.example',
        oidcConfig: { discoveryUrl: `${issuer}/.well-known/openid-configuration`, clientId: 'c', clientSecret: 's' },
      },
    ],
    [
      'identity-providers',
      '/api/identity-providers',
      { alias: 'silent', display_name: 'Silent', provider_id: 'oidc', oidc_config: { issuer, client_id: 'c' } },
    ],
    ['manifests', `${SPACE}/workloadproviders`, workload],
    ['manifests, many at once', '/apis/entente.dev/v1/apply', workload],
  ])('is no news to the caller of %s beyond that, and the log hears why', async (_name, path, body) => {
    told.length = 0
    const answer = await app.send('POST', path, body)
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('provider.discovery_failed')])
    expect(answer.text).not.toContain('ENOTFOUND')
    expect(told).toEqual([silent])
  })
})

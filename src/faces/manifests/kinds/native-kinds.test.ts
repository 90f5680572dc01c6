/** ServicePrincipal, WorkloadProvider, Trust, StepUpProvider: what is particular to each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProvider, getProvider } from '../../../registry/providers.ts'
import { createServicePrincipal } from '../../../registry/service-principals.ts'
import { actorIn, admin, principalDraft, providerDraft, trustDraft } from '../../../registry/testing/registry.ts'
import { createTrust } from '../../../registry/trusts.ts'
import { at, causesOf, conditionIn, type ManifestsApp, openManifests, pathTo } from '../testing/app.ts'

let app: ManifestsApp
beforeAll(async () => {
  app = await openManifests()
  for (const name of ['ci', 'ci2', 'proof', 'elsewhere']) app.offer(`https://${name}.example`)
  const tenant = 'https://login.microsoftonline.com/3c90c3cc-0d44-4b50-8888-8dd25736052a/v2.0'
  app.offer(tenant)
  app.offer('https://token.actions.githubusercontent.com')
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const send = (method: string, url: string, body?: unknown, who = 'admin@acme') => app.send(method, url, body, who)
const KINDS = {
  serviceprincipals: 'ServicePrincipal',
  workloadproviders: 'WorkloadProvider',
  trusts: 'Trust',
  stepupproviders: 'StepUpProvider',
} as const
type Plural = keyof typeof KINDS
const doc = (plural: Plural, name: string, spec: object) => ({
  apiVersion: 'entente.dev/v1',
  kind: KINDS[plural],
  metadata: { name },
  spec,
})
const make = (plural: Plural, name: string, spec: object) => send('POST', pathTo(plural), doc(plural, name, spec))
const put = (plural: Plural, name: string, spec: object) => send('PUT', pathTo(plural, name), doc(plural, name, spec))

/** What a read answers is no change when it is written. */
async function expectSameBack(plural: Plural, name: string): Promise<void> {
  const read = await send('GET', pathTo(plural, name))
  const back = await send('PUT', pathTo(plural, name), read.body)
  expect([back.status, back.text]).toEqual([200, read.text])
}

describe('a service principal', () => {
  it('is shown whole, and disabling it shows in its conditions and in those of its trusts', async () => {
    const made = await make('serviceprincipals', 'bot', { displayName: 'Bot', roleIds: ['deployer', 'deployer'] })
    expect(at(made, 'spec')).toEqual({ displayName: 'Bot', roleIds: ['deployer'] })
    expect(conditionIn(made, 'Ready')).toMatchObject({ status: 'True', reason: 'Usable' })
    await make('workloadproviders', 'ci', { issuer: 'https://ci.example', knownProvider: 'CUSTOM' })
    await make('trusts', 'deploy', { servicePrincipal: 'bot', provider: 'ci' })
    await send('PATCH', pathTo('serviceprincipals', 'bot'), { spec: { disabled: true } })
    const trust = await send('GET', pathTo('trusts', 'deploy'))
    expect(conditionIn(trust, 'Ready')).toMatchObject({ status: 'False', reason: 'PrincipalDisabled' })
    await send('PATCH', pathTo('serviceprincipals', 'bot'), { spec: { disabled: false } })
    await send('PATCH', pathTo('workloadproviders', 'ci'), { spec: { disabled: true } })
    expect(conditionIn(await send('GET', pathTo('trusts', 'deploy')), 'Ready')).toMatchObject({
      reason: 'ProviderDisabled',
    })
    await send('PATCH', pathTo('workloadproviders', 'ci'), { spec: { disabled: null } })
    expect(conditionIn(await send('GET', pathTo('trusts', 'deploy')), 'Ready')).toMatchObject({ status: 'True' })
  })

  it('gets no role above its writer’s own', async () => {
    const answer = await make('serviceprincipals', 'climber', { roleIds: ['operator'] })
    expect([answer.status, causesOf(answer)]).toEqual([403, ['spec.roleIds role.above_own']])
  })

  it('takes its trusts along when it goes', async () => {
    await make('serviceprincipals', 'leaving', {})
    await make('trusts', 'left', { servicePrincipal: 'leaving', provider: 'ci' })
    expect((await send('DELETE', pathTo('serviceprincipals', 'leaving'))).status).toBe(200)
    expect((await send('GET', pathTo('trusts', 'left'))).status).toBe(404)
  })
})

describe('a workload provider', () => {
  it('is asked for its keys, and says that it was', async () => {
    const made = await make('workloadproviders', 'ci2', {
      issuer: 'https://CI2.example/',
      knownProvider: 'CUSTOM',
      oidc: { singleUse: true },
    })
    expect(at(made, 'spec')).toEqual({
      displayName: 'ci2',
      issuer: 'https://ci2.example',
      knownProvider: 'CUSTOM',
      oidc: { singleUse: true },
    })
    expect(conditionIn(made, 'Discovered')).toMatchObject({
      status: 'True',
      message: expect.stringContaining('https://ci2.example'),
    })
    await expectSameBack('workloadproviders', 'ci2')
  })

  it('with uploaded keys says that nobody was asked', async () => {
    const jwksJson =
      '{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}'
    const made = await make('workloadproviders', 'uploaded', {
      issuer: 'https://inside.example',
      knownProvider: 'CUSTOM',
      oidc: { jwksJson },
    })
    expect(made.status, made.text).toBe(201)
    expect(conditionIn(made, 'Discovered')).toMatchObject({ status: 'Unknown', reason: 'NotAsked' })
    await expectSameBack('workloadproviders', 'uploaded')
  })

  it.each<[string, object, string[]]>([
    ['no source', { issuer: 'https://x.example' }, ['spec.knownProvider provider.known_missing']],
    [
      'a source of another issuer',
      { issuer: 'https://x.example', knownProvider: 'GITHUB_ACTIONS' },
      ['spec.issuer provider.known_contradicts_issuer'],
    ],
    [
      'SPIFFE with oidc',
      { issuer: 'spiffe://x.example', knownProvider: 'SPIFFE', oidc: {} },
      ['spec.oidc provider.protocol_contradicts_issuer', 'spec.oidc provider.settings_contradict'],
    ],
    [
      'a taken issuer',
      { issuer: 'https://ci2.example', knownProvider: 'CUSTOM' },
      ['spec.issuer provider.issuer_taken'],
    ],
    [
      'a bad age',
      { issuer: 'https://x.example', knownProvider: 'CUSTOM', oidc: { maxTokenAgeSeconds: -1 } },
      ['spec.oidc.maxTokenAgeSeconds oidc.age_invalid'],
    ],
  ])('is refused with %s', async (_what, spec, causes) => {
    expect(causesOf(await make('workloadproviders', 'refused', spec))).toEqual(causes)
  })

  it('cannot become another one: issuer and source stay', async () => {
    const answer = await put('workloadproviders', 'ci2', {
      issuer: 'https://elsewhere.example',
      knownProvider: 'KUBERNETES',
    })
    expect(causesOf(answer)).toEqual([
      'spec.issuer provider.issuer_immutable',
      'spec.knownProvider provider.issuer_immutable',
    ])
    expect((await put('workloadproviders', 'ci2', {})).status).toBe(400)
  })

  it('loses what a new document leaves out, but not what discovery found', async () => {
    const answer = await put('workloadproviders', 'ci2', { issuer: 'https://ci2.example', knownProvider: 'CUSTOM' })
    expect(at(answer, 'spec', 'oidc')).toEqual({})
    expect((await getProvider(app.real, 'acme', 'ci2')).settings).toEqual({ jwksUri: 'https://ci2.example/keys' })
  })

  it('does not go while trusts use it, and the answer lists them', async () => {
    const answer = await send('DELETE', pathTo('workloadproviders', 'ci'))
    expect(answer).toMatchObject({
      status: 409,
      body: { reason: 'Conflict', message: expect.stringMatching(/Trusts still use this provider/) },
    })
  })

  it('is taken from the registry with the same name and settings', async () => {
    await createProvider(app.real, actorIn('acme'), providerDraft({ id: 'gha', displayName: 'gha' }))
    await expectSameBack('workloadproviders', 'gha')
    expect((await getProvider(app.real, 'acme', 'gha')).version).toBe(1)
  })
})

describe('a trust', () => {
  it('has a client id, and comes back as it was read', async () => {
    const spec = {
      servicePrincipal: 'bot',
      provider: 'ci',
      displayName: 'Full',
      description: 'd',
      condition: 'claims.a == "b"',
      scopedRoleIds: ['deployer'],
      allowSourceCidrs: ['192.0.2.0/24'],
      passthroughClaims: ['a'],
      allowedResources: ['https://api.example.com'],
      allowedScopes: ['read'],
      tokenLifetimeSeconds: 600,
      capLifetimeToSubject: true,
      examples: [{ claims: { a: 'b' } }, { claims: { a: 'c' }, expect: false }],
      disabled: true,
    }
    const made = await make('trusts', 'full', spec)
    expect(at(made, 'spec')).toEqual(spec)
    expect(at(made, 'status', 'clientId')).toMatch(/^[a-z]+-[a-z]+-\d{5}@acme\.entente\.example\/wfe$/)
    expect(conditionIn(made, 'Ready')).toMatchObject({ status: 'False', reason: 'Disabled' })
    await expectSameBack('trusts', 'full')
    await expectSameBack('trusts', 'deploy')
  })

  it('of another face is found by its short client id, and listed by principal and provider', async () => {
    await createServicePrincipal(app.real, actorIn('acme'), admin, principalDraft({ id: 'other' }))
    const { id } = await createTrust(app.real, actorIn('acme'), admin, 'other', trustDraft({ provider: 'gha' }))
    await expectSameBack('trusts', id)
    const names = async (query: string) => {
      const items = at(await send('GET', `${pathTo('trusts')}?${query}`), 'items')
      return Array.isArray(items) ? items.map(({ metadata }) => metadata.name) : []
    }
    expect(await names('servicePrincipal=other')).toEqual([id])
    expect(await names('provider=gha')).toEqual([id])
    expect(await names('servicePrincipal=bot&provider=ci')).toEqual(['deploy', 'full'])
    expect(await names('servicePrincipal=bot&provider=gha')).toEqual([])
    expect(await names('servicePrincipal=nobody')).toEqual([])
  })

  it.each<[string, object, string[]]>([
    ['nobody and nothing', {}, ['spec.provider field.missing', 'spec.servicePrincipal field.missing']],
    [
      'an unknown principal',
      { servicePrincipal: 'nobody', provider: 'ci' },
      ['spec.servicePrincipal principal.unknown'],
    ],
    [
      'an impossible principal',
      { servicePrincipal: '\u0000', provider: 'ci' },
      ['spec.servicePrincipal principal.unknown'],
    ],
    [
      'nobody known and everything else wrong',
      { servicePrincipal: 'nobody', provider: 'nobody', condition: '(' },
      [
        'spec.condition condition.syntax',
        'spec.provider trust.provider_unknown',
        'spec.servicePrincipal principal.unknown',
      ],
    ],
    ['an unknown provider', { servicePrincipal: 'bot', provider: 'nobody' }, ['spec.provider trust.provider_unknown']],
    [
      'everything else wrong',
      { servicePrincipal: 'bot', provider: 'ci', condition: '(', tokenLifetimeSeconds: 5, allowSourceCidrs: ['x'] },
      [
        'spec.allowSourceCidrs[0] cidr.invalid',
        'spec.condition condition.syntax',
        'spec.tokenLifetimeSeconds trust.lifetime_invalid',
      ],
    ],
    [
      'an example that fails',
      { servicePrincipal: 'bot', provider: 'ci', condition: 'claims.a == "b"', examples: [{ claims: {} }] },
      ['spec.examples[0] example.failed'],
    ],
  ])('is refused with %s', async (_what, spec, causes) => {
    const answer = await make('trusts', 'refused', spec)
    expect([answer.status, causesOf(answer)]).toEqual([400, causes])
  })

  it('stays between the two it was made for', async () => {
    const answer = await put('trusts', 'deploy', { servicePrincipal: 'other', provider: 'gha' })
    expect([answer.status, causesOf(answer)]).toEqual([
      400,
      ['spec.provider field.read_only', 'spec.servicePrincipal field.read_only'],
    ])
    expect(causesOf(await put('trusts', 'deploy', {}))).toEqual([
      'spec.provider field.missing',
      'spec.servicePrincipal field.missing',
    ])
  })
})

describe('a step-up provider', () => {
  const okta = {
    displayName: 'Okta',
    issuerUrl: 'https://proof.example',
    clientId: 'c',
    oauth2: { acrValues: ['phr'] },
  }

  it('is read as its page writes it, without its secret', async () => {
    const made = await make('stepupproviders', 'okta', { ...okta, clientSecret: 'correct horse battery staple' })
    expect(at(made, 'spec')).toEqual({ ...okta, enabled: true })
    expect(made.text).not.toContain('battery')
    expect(conditionIn(made, 'SecretMissing')).toMatchObject({ status: 'False' })
    await expectSameBack('stepupproviders', 'okta')
    expect(conditionIn(await send('GET', pathTo('stepupproviders', 'okta')), 'SecretMissing')).toMatchObject({
      status: 'False',
    })
  })

  it('loses what a new document leaves out, in its blocks too', async () => {
    const answer = await put('stepupproviders', 'okta', { ...okta, oauth2: {} })
    expect([answer.status, at(answer, 'spec', 'oauth2')]).toEqual([200, {}])
    const nameless = await put('stepupproviders', 'okta', { ...okta, displayName: ' ' })
    expect([nameless.status, causesOf(nameless)]).toEqual([400, ['spec.displayName field.required']])
  })

  it('of Microsoft has its issuer of its tenant', async () => {
    const microsoft = {
      tenant: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
      conditionalAccessIds: ['C1', 'C99'],
      validationMode: 'MICROSOFT_VALIDATION_MODE_ACRS',
    }
    const made = await make('stepupproviders', 'entra', { displayName: 'Entra', clientId: 'c', microsoft })
    expect(made.status, made.text).toBe(201)
    expect(at(made, 'spec')).toMatchObject({
      issuerUrl: `https://login.microsoftonline.com/${microsoft.tenant}/v2.0`,
      microsoft,
    })
    await expectSameBack('stepupproviders', 'entra')
    const { conditionalAccessIds: _, ...others } = microsoft
    const without = await put('stepupproviders', 'entra', {
      displayName: 'Entra',
      clientId: 'c',
      microsoft: { ...others, validationMode: 'MICROSOFT_VALIDATION_MODE_OIDC' },
    })
    expect([without.status, at(without, 'spec', 'microsoft')]).toEqual([
      200,
      { tenant: microsoft.tenant, validationMode: 'MICROSOFT_VALIDATION_MODE_OIDC' },
    ])
  })

  it.each<[string, object, string[]]>([
    [
      'neither block',
      { displayName: 'x', issuerUrl: 'https://proof.example', clientId: 'c' },
      ['spec.oauth2 step_up.settings_missing'],
    ],
    [
      'an unspecified mode',
      {
        displayName: 'x',
        clientId: 'c',
        microsoft: {
          tenant: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
          validationMode: 'MICROSOFT_VALIDATION_MODE_UNSPECIFIED',
        },
      },
      ['spec.microsoft.validationMode oidc.setting_missing'],
    ],
    ['no name', { ...okta, displayName: '' }, ['spec.displayName field.required']],
    ['an empty secret', { ...okta, clientSecret: '' }, ['spec.clientSecret secret.invalid']],
  ])('is refused with %s', async (_what, spec, causes) => {
    const answer = await make('stepupproviders', 'refused', spec)
    expect([answer.status, causesOf(answer)]).toEqual([400, causes])
  })
})

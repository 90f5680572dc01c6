/** Many documents at once: all or nothing, whatever order they stand in, and what changes, field by field. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { getProvider } from '../../../registry/providers.ts'
import type { Answer } from '../../testing/app.ts'
import { at, faultsIn, type ManifestsApp, openManifests, pathTo } from '../testing/app.ts'
import { ROOT } from '../testing/collection.ts'

let app: ManifestsApp
beforeAll(async () => {
  app = await openManifests()
  for (const name of ['ci', 'ci2', 'people', 'moved']) app.offer(`https://${name}.example`)
})
beforeEach(() => {
  app.upstream.asked.length = 0
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

interface Asked {
  readonly query?: string
  readonly who?: string
  readonly type?: string
}

function apply(body: unknown, { query = '', who = 'admin@acme', type }: Asked = {}): Promise<Answer> {
  const isText = typeof body === 'string'
  return app.inject({
    method: 'POST',
    url: `${ROOT}/apply${query}`,
    headers: {
      authorization: `Bearer ${who}`,
      'content-type': type ?? (isText ? 'application/yaml' : 'application/json'),
    },
    payload: isText ? body : JSON.stringify(body),
  })
}

const doc = (kind: string, name: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'entente.dev/v1',
  kind,
  metadata: { name, ...metadata },
  spec,
})
const provider = (name: string, host = 'ci') =>
  doc('WorkloadProvider', name, { issuer: `https://${host}.example`, knownProvider: 'CUSTOM' })
const trust = (name: string, fields: object = {}) =>
  doc('Trust', name, {
    servicePrincipal: `${name}-bot`,
    provider: `${name}-ci`,
    condition: 'claims.a == "b"',
    ...fields,
  })

/** `kind/name result` of every document. */
function outcomes(answer: Answer): string[] {
  const results = at(answer, 'results')
  return Array.isArray(results) ? results.map((one) => `${one.kind}/${one.name} ${one.result}`) : []
}

const exists = async (plural: string, name: string) =>
  (await app.send('GET', pathTo(plural, name), undefined, 'admin@acme')).status === 200

describe('documents that need each other', () => {
  it('are written together, in whatever order they stand, with the upstream asked once', async () => {
    const answer = await apply([
      trust('one'),
      provider('one-ci'),
      doc('ServicePrincipal', 'one-bot', { roleIds: ['deployer'] }),
    ])
    expect(answer.status, answer.text).toBe(200)
    expect(outcomes(answer)).toEqual([
      'Trust/one created',
      'WorkloadProvider/one-ci created',
      'ServicePrincipal/one-bot created',
    ])
    expect(at(answer, 'results', 0, 'namespace')).toBe('acme')
    expect(app.upstream.asked).toEqual([
      'https://ci.example/.well-known/openid-configuration',
      'https://ci.example/keys',
    ])
    expect(await exists('trusts', 'one')).toBe(true)
  })

  it('are unchanged the second time, without a question to anybody and without a version', async () => {
    const before = await getProvider(app.real, 'acme', 'one-ci')
    const again = await apply([
      provider('one-ci'),
      doc('ServicePrincipal', 'one-bot', { roleIds: ['deployer'] }),
      trust('one'),
    ])
    expect(again.body).toMatchObject({ results: [1, 2, 3].map(() => ({ result: 'unchanged', diff: [] })) })
    expect(app.upstream.asked).toEqual([])
    expect(await getProvider(app.real, 'acme', 'one-ci')).toEqual(before)
  })

  it('may be an organization and what is in it, by an operator', async () => {
    const inside = { namespace: 'newborn' }
    const answer = await apply(
      [
        doc('ServicePrincipal', 'bot', {}, inside),
        { ...provider('ci'), metadata: { name: 'ci', ...inside } },
        doc('Organization', 'newborn', { roles: ['deployer'] }),
      ],
      { who: 'operator' },
    )
    expect(answer.status, answer.text).toBe(200)
    expect(outcomes(answer)).toEqual([
      'ServicePrincipal/bot created',
      'WorkloadProvider/ci created',
      'Organization/newborn created',
    ])
    expect(at(answer, 'results', 2, 'namespace')).toBe('')
    expect((await app.send('GET', `${ROOT}/namespaces/newborn/serviceprincipals/bot`)).status).toBe(200)
  })
})

describe('one document that is refused', () => {
  it('keeps all the others from being written, and each fault is told in the words of its document', async () => {
    const answer = await apply([
      doc('ServicePrincipal', 'kept-out', { displayName: 'K' }),
      doc('ServicePrincipal', 'one-bot', { displayName: 'Renamed' }),
      trust('two', { condition: 'claims.', tokenLifetimeSeconds: 5 }),
      provider('three', 'silent'),
    ])
    expect(answer.status).toBe(400)
    expect(outcomes(answer)).toEqual([
      'ServicePrincipal/kept-out unchanged',
      'ServicePrincipal/one-bot unchanged',
      'Trust/two failed',
      'WorkloadProvider/three failed',
    ])
    expect(at(answer, 'results', 1, 'diff')).toEqual([])
    expect(faultsIn(at(answer, 'results', 2, 'error', 'causes'))).toEqual([
      'spec.condition condition.syntax',
      'spec.provider trust.provider_unknown',
      'spec.servicePrincipal principal.unknown',
      'spec.tokenLifetimeSeconds trust.lifetime_invalid',
    ])
    expect(at(answer, 'results', 3, 'error')).toMatchObject({ reason: 'Invalid', message: expect.any(String) })
    expect(await exists('serviceprincipals', 'kept-out')).toBe(false)
    expect(await app.send('GET', pathTo('serviceprincipals', 'one-bot'), undefined, 'admin@acme')).toMatchObject({
      body: { spec: { displayName: 'one-bot' } },
    })
  })

  it.each<[string, unknown, object, string[]]>([
    ['of no kind', { metadata: { name: 'x' } }, { kind: '', name: 'x' }, ['kind field.invalid']],
    ['of a foreign kind', doc('Deployment', 'x'), { kind: 'Deployment' }, ['kind field.invalid']],
    ['of a kind that is a record', doc('Decision', 'x'), { kind: 'Decision' }, ['kind field.invalid']],
    [
      'of another version',
      { ...doc('Trust', 'x'), apiVersion: 'entente.dev/v2' },
      { kind: 'Trust' },
      ['apiVersion field.invalid'],
    ],
    [
      'without a name',
      { apiVersion: 'entente.dev/v1', kind: 'ServicePrincipal', metadata: {} },
      { name: '' },
      ['metadata.name field.missing'],
    ],
    [
      'without metadata',
      { apiVersion: 'entente.dev/v1', kind: 'ServicePrincipal' },
      { name: '' },
      ['metadata field.missing'],
    ],
    [
      'with unknown and wrong fields',
      doc('ServicePrincipal', 'x', { roles: [], roleIds: 'a' }),
      { name: 'x' },
      ['spec.roleIds field.type', 'spec.roles field.unknown'],
    ],
    [
      'in another organization',
      doc('ServicePrincipal', 'x', {}, { namespace: 'rival' }),
      { namespace: 'rival' },
      ['- organisation.unknown'],
    ],
    [
      'in an impossible organization',
      doc('ServicePrincipal', 'x', {}, { namespace: '\u0000' }),
      { namespace: '\u0000' },
      ['- organisation.unknown'],
    ],
    ['with an impossible name', doc('ServicePrincipal', '\u0000'), { name: '\u0000' }, ['metadata.name id.invalid']],
    ['that is an organization, of an admin', doc('Organization', 'acme'), { namespace: '' }, ['- caller.role_missing']],
    ['that is a foreign organization', doc('Organization', 'rival'), { namespace: '' }, ['- organisation.unknown']],
    [
      'that gives more than its writer has',
      doc('ServicePrincipal', 'x', { roleIds: ['operator'] }),
      { name: 'x' },
      ['spec.roleIds role.above_own'],
    ],
    ['that is a number', 7, { kind: '', name: '' }, ['kind field.invalid']],
    [
      'that names a version that was never',
      doc('ServicePrincipal', 'one-bot', {}, { resourceVersion: '99' }),
      {},
      ['- principal.changed'],
    ],
    [
      'that was read from what is gone',
      doc('ServicePrincipal', 'x', {}, { resourceVersion: '1' }),
      {},
      ['- request.object_gone'],
    ],
  ])('%s', async (_what, document, named, causes) => {
    const answer = await apply([document, doc('ServicePrincipal', 'beside')])
    expect(answer.status).toBe(400)
    expect(at(answer, 'results', 0)).toMatchObject({ result: 'failed', diff: [], ...named })
    expect(faultsIn(at(answer, 'results', 0, 'error', 'causes'))).toEqual(causes)
    expect(outcomes(answer)[1]).toBe('ServicePrincipal/beside unchanged')
    expect(await exists('serviceprincipals', 'beside')).toBe(false)
  })

  it('because its name is that of another kind of provider', async () => {
    const answer = await apply([
      doc('StepUpProvider', 'one-ci', {
        displayName: 'S',
        issuerUrl: 'https://people.example',
        clientId: 'c',
        oauth2: {},
      }),
    ])
    expect(faultsIn(at(answer, 'results', 0, 'error', 'causes'))).toEqual(['metadata.name provider.id_taken'])
  })

  it('because another one says something else of the same object', async () => {
    const answer = await apply([
      doc('ServicePrincipal', 'twin', { displayName: 'A' }),
      doc('ServicePrincipal', 'twin', { displayName: 'B' }),
      doc('ServicePrincipal', 'twin', {}, { namespace: 'acme' }),
    ])
    expect(outcomes(answer)).toEqual([
      'ServicePrincipal/twin unchanged',
      'ServicePrincipal/twin failed',
      'ServicePrincipal/twin failed',
    ])
    expect(at(answer, 'results', 1, 'error', 'message')).toBe(
      'metadata.name: is the name of document 1 of the request, too',
    )
    expect(await exists('serviceprincipals', 'twin')).toBe(false)
  })
})

describe('a difference', () => {
  it('is told field by field, with what was and what is', async () => {
    await apply([
      doc('ServicePrincipal', 'differs', { displayName: 'A', roleIds: ['a'] }, { labels: { team: 'x', plan: 'y' } }),
    ])
    const answer = await apply([
      doc('ServicePrincipal', 'differs', { roleIds: ['a', 'b'], disabled: true }, { labels: { team: 'z' } }),
    ])
    expect(at(answer, 'results', 0)).toEqual({
      kind: 'ServicePrincipal',
      namespace: 'acme',
      name: 'differs',
      result: 'configured',
      diff: [
        { path: 'metadata.labels.team', from: 'x', to: 'z' },
        { path: 'metadata.labels.plan', from: 'y' },
        { path: 'spec.displayName', from: 'A', to: 'differs' },
        { path: 'spec.roleIds', from: ['a'], to: ['a', 'b'] },
        { path: 'spec.disabled', to: true },
      ],
    })
  })

  it('goes into blocks, also of what is new', async () => {
    const people = (fields: object) =>
      doc('WorkforceIdentityProvider', 'people', {
        oidc: { issuerUri: 'https://people.example', clientId: 'c', ...fields },
      })
    const created = await apply([people({ prompt: 'login' })])
    expect(at(created, 'results', 0, 'diff')).toEqual(
      expect.arrayContaining([
        { path: 'spec.oidc.issuerUri', to: 'https://people.example' },
        { path: 'spec.oidc.webSsoConfig.responseType', to: 'CODE' },
      ]),
    )
    const changed = await apply([people({ webSsoConfig: { additionalScopes: ['groups'] } })])
    expect(at(changed, 'results', 0, 'diff')).toEqual([
      { path: 'spec.oidc.prompt', from: 'login' },
      { path: 'spec.oidc.webSsoConfig.additionalScopes', to: ['groups'] },
    ])
  })

  it('never has a secret', async () => {
    const proof = (clientSecret: string) =>
      doc('StepUpProvider', 'proof', {
        displayName: 'P',
        issuerUrl: 'https://people.example',
        clientId: 'c',
        clientSecret,
        oauth2: {},
      })
    const created = await apply([proof('correct horse battery staple')])
    const changed = await apply([proof('another horse battery staple')])
    expect(outcomes(changed)).toEqual(['StepUpProvider/proof configured'])
    expect(at(changed, 'results', 0, 'diff')).toEqual([])
    for (const { status, text } of [created, changed]) expect([status, text.includes('battery')]).toEqual([200, false])
  })
})

describe('an app whose secret is made for it', () => {
  const shop = doc('App', 'shop', { redirectUris: ['https://shop.example/cb'] })
  const statuses = ({ body }: Answer) => Object(body).results.map((one: unknown) => Object(one).status)

  it('is shown it once, by the answer that made it, and by none that made nothing', async () => {
    expect(statuses(await apply(shop, { query: '?dryRun=All' }))).toEqual([undefined])
    const failing = await apply([shop, doc('ServicePrincipal', 'wrong', { roleIds: 5 })])
    expect([failing.status, statuses(failing)]).toEqual([400, [undefined, undefined]])
    const made = await apply(shop)
    expect(statuses(made)).toEqual([
      { clientId: 'acme.shop', clientSecret: expect.stringMatching(/^[A-Za-z0-9_-]{32,}$/) },
    ])
    const again = await apply({ ...shop, spec: { ...shop.spec, displayName: 'The shop' } })
    expect([Object(again.body).results[0].result, statuses(again)]).toEqual(['configured', [undefined]])
  })

  it('is not told a secret that it brought', async () => {
    const brought = doc('App', 'brought', { redirectUris: ['https://b.example/cb'], clientSecret: 's'.repeat(32) })
    const answer = await apply(brought)
    expect(statuses(answer)).toEqual([undefined])
    expect(answer.text).not.toContain('s'.repeat(32))
  })
})

describe('a dry run', () => {
  it('judges, asks upstreams and compares, and writes nothing: no object, no audit row', async () => {
    const rows = (await app.storage.auditRows.list('acme', { limit: 500 })).length
    const documents = [
      doc('ServicePrincipal', 'dry-bot'),
      provider('dry-ci', 'ci2'),
      trust('dry'),
      doc('ServicePrincipal', 'one-bot', { displayName: 'Other' }),
    ]
    const answer = await apply(documents, { query: '?dryRun=All' })
    expect(answer.status, answer.text).toBe(200)
    expect(outcomes(answer)).toEqual([
      'ServicePrincipal/dry-bot created',
      'WorkloadProvider/dry-ci created',
      'Trust/dry created',
      'ServicePrincipal/one-bot configured',
    ])
    expect(at(answer, 'results', 3, 'diff')).toEqual([
      { path: 'spec.displayName', from: 'one-bot', to: 'Other' },
      { path: 'spec.roleIds', from: ['deployer'], to: [] },
    ])
    expect(app.upstream.asked).toContain('https://ci2.example/keys')
    for (const [plural, name] of [
      ['serviceprincipals', 'dry-bot'],
      ['workloadproviders', 'dry-ci'],
      ['trusts', 'dry'],
    ] as const)
      expect(await exists(plural, name)).toBe(false)
    expect(await app.storage.auditRows.list('acme', { limit: 500 })).toHaveLength(rows)
  })

  it('fails as the real one would', async () => {
    const answer = await apply([provider('dry-silent', 'silent'), doc('ServicePrincipal', 'fine')], {
      query: '?dryRun=All',
    })
    expect([answer.status, outcomes(answer)]).toEqual([
      400,
      ['WorkloadProvider/dry-silent failed', 'ServicePrincipal/fine unchanged'],
    ])
  })
})

describe('a change of a provider', () => {
  it('drops the keys that the protocols hold, once all is written and not before', async () => {
    const forgotten: string[] = []
    const oidc = app.real.protocols.oidc
    if (oidc === undefined) throw new TypeError('it is open')
    const forget = oidc.forget
    Object.assign(oidc, { forget: (uid: string) => void forgotten.push(uid) })
    const change = (audience: string) => ({
      ...provider('one-ci'),
      spec: { ...provider('one-ci').spec, oidc: { allowedAudiences: [audience] } },
    })
    const { uid } = await getProvider(app.real, 'acme', 'one-ci')
    await apply([change('dry')], { query: '?dryRun=All' })
    await apply([change('refused'), doc('Trust', 'x')])
    expect(forgotten).toEqual([])
    await apply([change('real')])
    expect(forgotten).toEqual([uid])
    Object.assign(oidc, { forget })
  })
})

describe('the body', () => {
  const yaml = `
# What the demo needs.
---
apiVersion: entente.dev/v1
kind: ServicePrincipal
metadata:
  name: of-yaml
  labels: {from: yaml}
---
---
{"apiVersion": "entente.dev/v1", "kind": "ServicePrincipal", "metadata": {"name": "of-json-in-yaml"}}
...
`

  it.each<[string, unknown, string]>([
    ['of YAML documents', yaml, 'application/yaml'],
    ['of YAML by another name', yaml, 'text/x-yaml'],
    [
      'of a JSON list',
      [
        doc('ServicePrincipal', 'of-yaml', {}, { labels: { from: 'yaml' } }),
        doc('ServicePrincipal', 'of-json-in-yaml'),
      ],
      'application/json',
    ],
    [
      'of a List',
      {
        apiVersion: 'v1',
        kind: 'List',
        items: [
          doc('ServicePrincipal', 'of-yaml', {}, { labels: { from: 'yaml' } }),
          doc('ServicePrincipal', 'of-json-in-yaml'),
        ],
      },
      'application/json',
    ],
    [
      'as a list is read',
      {
        apiVersion: 'entente.dev/v1',
        kind: 'ServicePrincipalList',
        metadata: {},
        items: [
          doc('ServicePrincipal', 'of-yaml', {}, { labels: { from: 'yaml' } }),
          doc('ServicePrincipal', 'of-json-in-yaml'),
        ],
      },
      'application/json',
    ],
  ])('may be one %s', async (_what, body, type) => {
    const answer = await apply(body, { type })
    expect(answer.status, answer.text).toBe(200)
    expect(outcomes(answer).map((line) => line.split(' ')[0])).toEqual([
      'ServicePrincipal/of-yaml',
      'ServicePrincipal/of-json-in-yaml',
    ])
  })

  it('may be one document, and the answer YAML', async () => {
    const headers = {
      authorization: 'Bearer admin@acme',
      'content-type': 'application/json',
      accept: 'application/yaml',
    }
    const answer = await app.inject({
      method: 'POST',
      url: `${ROOT}/apply`,
      headers,
      payload: JSON.stringify(doc('ServicePrincipal', 'alone')),
    })
    expect([answer.status, answer.text.startsWith('results:\n  - kind: ServicePrincipal\n')]).toEqual([200, true])
  })

  it.each<[string, string, string | undefined, number]>([
    ['nothing', '', undefined, 400],
    ['nothing but comments', '# nothing\n---\n', undefined, 400],
    ['an empty list', '[]', 'application/json', 400],
    ['an empty List', '{"kind":"List","items":[]}', 'application/json', 400],
    ['a List of no version', '{"apiVersion":null,"kind":"List","items":[{}]}', 'application/json', 400],
    ['a List of another version', '{"apiVersion":"v2","kind":"List","items":[{}]}', 'application/json', 400],
    ['a List with a text about it', '{"kind":"List","metadata":"x","items":[{}]}', 'application/json', 400],
    ['null', 'null', 'application/json', 400],
    ['broken JSON', '{"kind":', 'application/json', 400],
    ['broken YAML', 'a: [', undefined, 400],
    ['a key twice', 'kind: Trust\nkind: Trust', undefined, 400],
    ['aliases', 'a: &a [x]\nb: [*a, *a]', undefined, 400],
    [
      'a billion laughs',
      `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`).join('\n')}`,
      undefined,
      400,
    ],
    ['deep YAML', '['.repeat(100_000), undefined, 400],
    ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json', 400],
    ['501 documents', JSON.stringify(Array.from({ length: 501 }, () => ({}))), 'application/json', 400],
    ['501 documents of YAML', '---\na: 1\n'.repeat(501), undefined, 400],
    ['more than a megabyte', `a: "${'x'.repeat(1_100_000)}"`, undefined, 413],
    ['XML', '<a/>', 'application/xml', 415],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', 415],
  ])('is not %s', async (_what, payload, type, status) => {
    const answer = await apply(payload, type === undefined ? {} : { type })
    expect(answer, answer.text.slice(0, 200)).toMatchObject({ status, body: { kind: 'Status', status: 'Failure' } })
  })
})

describe('who applies', () => {
  it('is an admin at least, and is told so before the body is looked at', async () => {
    for (const [who, status] of [
      ['viewer@acme', 403],
      ['nobody@acme', 403],
      ['impostor', 401],
    ] as const) {
      const answer = await apply('a: [', { who })
      expect(answer, who).toMatchObject({ status, body: { kind: 'Status' } })
    }
  })

  it('may name the organization of documents that name none, and header and query must agree', async () => {
    const there = await apply([doc('ServicePrincipal', 'by-query')], { who: 'operator', query: '?namespace=rival' })
    expect(there).toMatchObject({ status: 200, body: { results: [{ namespace: 'rival', result: 'created' }] } })
    const foreign = await apply([doc('ServicePrincipal', 'by-query')], { query: '?namespace=rival' })
    expect(foreign).toMatchObject({
      status: 400,
      body: { results: [{ namespace: 'rival', result: 'failed', error: { reason: 'NotFound' } }] },
    })
    const headers = {
      authorization: 'Bearer operator',
      'entente-organization': 'acme',
      'content-type': 'application/json',
    }
    const payload = JSON.stringify(doc('ServicePrincipal', 'by-query', {}, { namespace: 'rival' }))
    const disagree = await app.inject({ method: 'POST', url: `${ROOT}/apply`, headers, payload })
    expect(faultsIn(at(disagree, 'results', 0, 'error', 'causes'))).toEqual(['- caller.organisations_disagree'])
  })

  it('may not misspell what they ask for', async () => {
    for (const query of ['?dryrun=All', '?dryRun=true', '?dryRun=All&dryRun=All']) {
      expect(await apply([doc('ServicePrincipal', 'misspelt')], { query })).toMatchObject({
        status: 400,
        body: { kind: 'Status' },
      })
    }
    expect(await exists('serviceprincipals', 'misspelt')).toBe(false)
  })
})

describe('many documents', () => {
  it('are written in one go while others write as well', async () => {
    const documents = Array.from({ length: 300 }, (_, n) => doc('ServicePrincipal', `many-${n}`))
    const [answer, ...others] = await Promise.all([
      apply(documents),
      ...Array.from({ length: 20 }, (_, n) =>
        app.send('POST', pathTo('serviceprincipals'), doc('ServicePrincipal', `other-${n}`), 'admin@acme'),
      ),
    ])
    expect(
      outcomes(answer ?? { status: 0, headers: {}, text: '', body: null }).every((line) => line.endsWith(' created')),
    ).toBe(true)
    expect(others.map(({ status }) => status)).toEqual(others.map(() => 201))
  })
})

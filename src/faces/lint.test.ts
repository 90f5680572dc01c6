/** Lint and examples through every face that writes trusts and providers: refused in the face's own shape, acknowledged, shown. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProvider } from '../registry/providers.ts'
import { createServicePrincipal } from '../registry/service-principals.ts'
import { actorIn, operator, principalDraft, providerDraft } from '../registry/testing/registry.ts'
import { identityProviders } from './identity-providers/index.ts'
import { manifests } from './manifests/index.ts'
import { type Answer, openTestApp, type TestApp } from './testing/app.ts'
import { workloadFederation } from './workload-federation/index.ts'

const ROOT = '/apis/entente.dev/v1'
const ACME = `${ROOT}/namespaces/acme`
const TRUSTS = '/api/v1/service_principals/deployer/trusts'
const OPEN = 'claims.sub.startsWith("repo:octo-org")'
const NARROW = 'claims.sub.startsWith("repo:octo-org/")'
const RULE = 'lint.open_prefix'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp([workloadFederation, manifests, identityProviders])
  const actor = actorIn('acme')
  await createProvider(app.registry, actor, providerDraft({ id: 'github' }))
  await createServicePrincipal(app.registry, actor, operator, principalDraft({ id: 'deployer' }))
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, name) => Object(inner)[name], value)
}

const trust = (name: string, spec: object) => ({
  apiVersion: 'entente.dev/v1',
  kind: 'Trust',
  metadata: { name, namespace: 'acme' },
  spec: { servicePrincipal: 'deployer', provider: 'github', ...spec },
})

const asAdmin = (method: string, url: string, body?: unknown) => app.send(method, url, body, 'admin@acme')

/** Field, code and sentence of the one bad field, as each face tells it. */
const TELLING: Readonly<Record<string, (answer: Answer) => unknown[]>> = {
  'workload-federation': ({ body }) => [
    at(body, 'details', 0, 'fieldViolations', 0, 'field'),
    at(body, 'details', 0, 'fieldViolations', 0, 'description'),
  ],
  manifests: ({ body }) => [at(body, 'details', 'causes', 0, 'field'), at(body, 'details', 'causes', 0, 'message')],
}

const WRITES: readonly [string, string, (fields: Record<string, unknown>) => Promise<Answer>][] = [
  [
    'workload-federation',
    'conditionExpression',
    ({ condition, ...fields }) =>
      asAdmin('POST', TRUSTS, { providerId: 'github', conditionExpression: condition, ...fields }),
  ],
  ['manifests', 'spec.condition', (fields) => asAdmin('POST', `${ACME}/trusts`, trust(`t-${counter++}`, fields))],
  [
    'manifests',
    'spec.condition',
    (fields) => asAdmin('PUT', `${ACME}/trusts/put-${counter}`, trust(`put-${counter++}`, fields)),
  ],
]
let counter = 0

describe.each(WRITES)('%s (%s)', (face, field, write) => {
  it('refuses a trust that strangers could use, with rule, fix and the way to keep it', async () => {
    const answer = await write({ condition: OPEN })
    expect(answer.status, answer.text).toBe(400)
    const [where, sentence] = TELLING[face]?.(answer) ?? []
    expect(where).toBe(field)
    expect(sentence).toContain(NARROW)
    expect(sentence).toContain(`put ${RULE} into acknowledgedLint`)
    expect(answer.text).toContain(RULE)
  })

  it('stores it where the rule is acknowledged, and the fix without a word', async () => {
    expect((await write({ condition: OPEN, acknowledgedLint: [RULE] })).status).toBeLessThan(300)
    expect((await write({ condition: NARROW })).status).toBeLessThan(300)
  })

  it('refuses a trust whose examples fail, and takes one whose examples hold', async () => {
    const claims = { repository_id: '74' }
    const failing = await write({ condition: 'claims.repository_id == "75"', examples: [{ claims, expect: true }] })
    expect(failing.status, failing.text).toBe(400)
    expect(failing.text).toContain('examples[0]')
    const odd = await write({ condition: NARROW, examples: [{ claims: 5 }, { expect: true, other: 1 }] })
    expect(odd.status, odd.text).toBe(400)
    const held = await write({ condition: 'claims.repository_id == "74"', examples: [{ claims, expect: true }] })
    expect(held.status, held.text).toBeLessThan(300)
    expect(held.text).toContain('"examples"')
  })
})

describe('a trust of the workload-federation face', () => {
  it('shows acknowledgements and examples, and omits them where there are none', async () => {
    const made = await asAdmin('POST', TRUSTS, {
      providerId: 'github',
      conditionExpression: OPEN,
      acknowledgedLint: [RULE],
      examples: [{ name: 'ours', claims: { sub: 'repo:octo-org/a' } }],
    })
    const clientId = encodeURIComponent(String(at(made.body, 'trust', 'clientId')))
    expect(made.body).toMatchObject({
      trust: { acknowledgedLint: [RULE], examples: [{ name: 'ours', claims: { sub: 'repo:octo-org/a' } }] },
    })
    const change = (trust: object, updateMask?: string) =>
      asAdmin('PATCH', `${TRUSTS}/${clientId}`, { trust, updateMask })
    expect((await change({ conditionExpression: 'claims.sub.contains("octo-org/")' })).status).toBe(400)
    expect((await change({ examples: [{ claims: { sub: 'x' } }] })).status).toBe(400)
    expect((await change({}, 'acknowledgedLint')).status).toBe(400)
    const narrowed = await change({ conditionExpression: NARROW }, 'conditionExpression,examples')
    expect(narrowed.status, narrowed.text).toBe(200)
    expect(Object.keys(Object(at(narrowed.body, 'trust')))).not.toContain('acknowledgedLint')
    expect(Object.keys(Object(at(narrowed.body, 'trust')))).not.toContain('examples')
  })
})

describe('manifests', () => {
  it('keep an acknowledgement in what they show, and in the audit record with who gave it', async () => {
    await asAdmin('PUT', `${ACME}/trusts/kept`, trust('kept', { condition: OPEN, acknowledgedLint: [RULE] }))
    const shown = await asAdmin('GET', `${ACME}/trusts/kept`)
    expect(shown.body).toMatchObject({
      spec: { acknowledgedLint: [RULE] },
      status: { lint: [{ rule: RULE, severity: 'error', acknowledged: true, fix: NARROW }] },
    })
    expect(JSON.stringify(at(shown.body, 'status', 'conditions'))).not.toContain('LintFindings')
    expect((await asAdmin('PUT', `${ACME}/trusts/kept`, shown.body)).status).toBe(200)
    const audit = await asAdmin('GET', `${ACME}/auditrecords`)
    const record = Object(at(audit.body, 'items')).find((one: unknown) => at(one, 'spec', 'target', 'id') === 'kept')
    expect(record).toMatchObject({
      spec: { subject: expect.any(String), after: { acknowledgedLint: [RULE], condition: OPEN } },
    })
  })

  it('carry an acknowledgement over to no other condition that a patch brings', async () => {
    const url = `${ACME}/trusts/patched`
    await asAdmin('PUT', url, trust('patched', { condition: OPEN, acknowledgedLint: [RULE] }))
    expect((await asAdmin('PATCH', url, { spec: { displayName: 'x' } })).status).toBe(200)
    expect((await asAdmin('PATCH', url, { spec: { condition: OPEN, description: 'x' } })).status).toBe(200)
    const other = 'claims.sub.startsWith("repo:octo-o")'
    const refused = await asAdmin('PATCH', url, { spec: { condition: other } })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).toContain(RULE)
    const given = await asAdmin('PATCH', url, { spec: { condition: other, acknowledgedLint: [RULE] } })
    expect(given.body).toMatchObject({ spec: { condition: other, acknowledgedLint: [RULE] } })
    const narrowed = await asAdmin('PATCH', url, { spec: { condition: NARROW } })
    expect(at(narrowed.body, 'spec', 'acknowledgedLint')).toBeUndefined()
  })

  it('say in a condition what nobody has acknowledged', async () => {
    await asAdmin('PUT', `${ACME}/trusts/bare`, trust('bare', {}))
    const bare = await asAdmin('GET', `${ACME}/trusts/bare`)
    expect(bare.body).toMatchObject({
      status: { lint: [{ rule: 'lint.no_condition', severity: 'error', witness: { repository_owner: 'mallory' } }] },
    })
    expect(at(bare.body, 'status', 'conditions')).toContainEqual(
      expect.objectContaining({ type: 'LintFindings', status: 'True', reason: 'Errors' }),
    )
    const narrow = await asAdmin(
      'PUT',
      `${ACME}/trusts/narrow`,
      trust('narrow', { condition: 'claims.repository_id == "74" && claims.environment == "production"' }),
    )
    expect(at(narrow.body, 'status', 'lint')).toBeUndefined()
  })

  it('refuse all documents of an apply for one that is open, and say what lint finds where they are asked', async () => {
    const documents = [
      trust('one', { condition: 'claims.repository == "octo-org/payments"' }),
      trust('two', { condition: OPEN }),
    ]
    const refused = await asAdmin('POST', `${ROOT}/apply`, documents)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({
      results: [
        { result: 'unchanged' },
        { result: 'failed', error: { causes: [{ field: 'spec.condition', reason: RULE }] } },
      ],
    })
    const asked = await asAdmin('POST', `${ROOT}/apply?dryRun=All&lint=true`, documents.slice(0, 1))
    expect(at(asked.body, 'results', 0, 'lint')).toMatchObject([
      { rule: 'lint.names_not_ids' },
      { rule: 'lint.reachable_from_pull_request' },
    ])
    const usual = await asAdmin('POST', `${ROOT}/apply?dryRun=All`, documents.slice(0, 1))
    expect(Object.keys(Object(at(usual.body, 'results', 0)))).not.toContain('lint')
    expect((await asAdmin('POST', `${ROOT}/apply?lint=yes`, documents)).status).toBe(400)
  })
})

describe('findings', () => {
  it('are listed over all trusts and providers, page by page, also of what no other kind shows', async () => {
    const saml = await asAdmin('POST', '/api/identity-providers', {
      alias: 'unpinned',
      display_name: 'Unpinned',
      provider_id: 'saml',
      saml_config: {
        single_sign_on_service_url: 'https://idp.example/sso',
        signing_certificate: 'MIIB',
        allow_sha1: true,
      },
    })
    expect(saml.status, saml.text).toBe(201)
    const names: string[] = []
    let next = ''
    do {
      const page = await asAdmin('GET', `${ACME}/lintfindings?limit=2&continue=${next}`)
      expect(page.status, page.text).toBe(200)
      expect(Object(at(page.body, 'items')).length).toBeLessThanOrEqual(3)
      for (const item of Object(at(page.body, 'items'))) names.push(String(at(item, 'metadata', 'name')))
      next = String(at(page.body, 'metadata', 'continue') ?? '')
    } while (next !== '')
    expect(names).toEqual([...new Set(names)])
    expect(names).toEqual(
      expect.arrayContaining([
        'trust.kept.open-prefix',
        'trust.bare.no-condition',
        'provider.unpinned.saml-issuer-not-pinned',
        'provider.unpinned.saml-sha1',
      ]),
    )
    const one = await asAdmin('GET', `${ACME}/lintfindings/trust.bare.no-condition`)
    expect(one.body).toMatchObject({
      kind: 'LintFinding',
      spec: { object: { kind: 'Trust', name: 'bare' }, rule: 'lint.no_condition' },
    })
    for (const name of [
      'trust.bare.always-true',
      'trust.nothing.no-condition',
      'x',
      'trust..',
      'provider.bare.no-condition',
    ]) {
      expect((await asAdmin('GET', `${ACME}/lintfindings/${name}`)).status).toBe(404)
    }
  })

  it('are those of the own organisation', async () => {
    const answer = await app.send('GET', `${ROOT}/namespaces/rival/lintfindings`, undefined, 'admin@rival')
    expect(at(answer.body, 'items')).toEqual([])
    expect((await app.send('GET', `${ACME}/lintfindings`, undefined, 'admin@rival')).status).toBe(404)
  })
})

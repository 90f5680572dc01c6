/**
 * Trust lint on the real program: for every policy that it calls open, a stranger's token, signed by the simulated GitHub,
 * is really exchanged; the narrower policy that it offers refuses that token. And the commands that people use for it.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trustRules } from '../../src/claims/lint/rules.ts'
import { corpus, OURS, OWNER_CLAIMS } from '../../src/claims/lint/testing/corpus.ts'
import { type Answer, type Api, at } from '../../src/cli/demo/api.ts'
import { exchange } from '../../src/cli/demo/exchange.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Ended, runProgram } from './run-program.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

const TRUSTS = '/apis/entente.dev/v1/namespaces/default/trusts'
const ALL = Object.keys(trustRules)

let world: World
let server: ServerProcess
let operator: Api
let registration: Registration

beforeAll(async () => {
  world = await openWorld()
  server = await world.start({ env: { ENTENTE_REFUSALS_PER_MINUTE: '100000' } })
  operator = operatorOf(server)
  registration = await registerGithub(operator)
})
afterAll(() => world.close())

const entente = (args: readonly string[], stdin = ''): Promise<Ended> =>
  runProgram(args, { ENTENTE_URL: server.url, ENTENTE_OPERATOR_TOKEN: server.operatorToken() }, stdin)

/** A trust by name, made or replaced. */
function put(name: string, spec: object): Promise<Answer> {
  return operator.call('PUT', `${TRUSTS}/${name}`, {
    apiVersion: 'entente.dev/v1',
    kind: 'Trust',
    metadata: { name },
    spec: { servicePrincipal: registration.servicePrincipalId, provider: registration.providerId, ...spec },
  })
}

/** Exchanges a token with these claims, signed now by the simulated GitHub. */
function present(trust: Answer, witness: unknown): Promise<Answer> {
  const { exp: _exp, iat: _iat, nbf: _nbf, jti: _jti, ...claims } = Object(witness)
  const clientId = String(at(trust.body, 'status', 'clientId'))
  return world.github
    .mint({ ...claims, aud: registration.audience })
    .then((token) => exchange(server.url, clientId, token))
}

const open = corpus.filter(({ source, finds }) => source === 'github' && finds.some((find) => find.startsWith('error')))

describe('a policy that lint calls open', () => {
  it('is one of many', () => {
    expect(open.length).toBeGreaterThan(30)
  })

  it.each(open.map(({ condition, fix }, index) => [condition, fix, `open-${index}`] as const))(
    '%s lets a stranger act',
    async (condition, fix, name) => {
      const acknowledgedLint = ALL
      const written = condition?.replaceAll('entente.example.com', registration.audience)
      const spec = written === undefined ? { acknowledgedLint } : { condition: written, acknowledgedLint }
      const trust = await put(name, spec)
      expect(trust.status, JSON.stringify(trust.body)).toBe(201)
      const witness = at(trust.body, 'status', 'lint', '0', 'witness')
      for (const claim of OWNER_CLAIMS) expect(OURS).not.toContain(Object(witness)[claim])
      expect((await present(trust, witness)).status).toBe(200)
      if (fix === undefined) return
      const narrowed = await put(name, { condition: fix })
      expect(narrowed.status, JSON.stringify(narrowed.body)).toBe(200)
      expect((await present(narrowed, witness)).status).toBe(400)
    },
  )
})

describe('a trust that pins ids and names', () => {
  it.each([
    [
      'somebody else has the name now',
      { repository_id: '900', repository_owner_id: '901' },
      're-registered: repository_owner is',
    ],
    [
      'the repository has another name now',
      { repository: 'octo-org/pay', sub: 'repo:octo-org/pay:ref:refs/heads/main' },
      'renamed: repository_id is "74"',
    ],
  ])('refuses where %s, and says so in the decision alone', async (_why, changed, reason) => {
    const values = ['--owner-id', '65', '--repository-id', '74', '--owner', 'octo-org', '--repo', 'payments']
    const made = await entente(['condition', 'github', ...values, '-o', 'condition'])
    const trust = await put('pinned', { condition: made.stdout.trim() })
    const ours = { repository_owner_id: '65', repository_id: '74', ref_protected: 'true' }
    for (const sub of [
      'repo:octo-org/payments:ref:refs/heads/main',
      'repo:octo-org@65/payments@74:ref:refs/heads/main',
    ]) {
      expect((await present(trust, { ...ours, sub })).status).toBe(200)
    }
    const refused = await present(trust, { ...ours, ...changed })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).not.toMatch(/octo|renamed|registered/)
    const id = String(at(refused.body, 'decision_id'))
    const decision = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)
    const rungs: unknown[] = Object(at(decision.body, 'spec', 'rungs'))
    expect(rungs.find((rung) => at(rung, 'name') === 'condition')).toMatchObject({
      actual: expect.stringContaining(reason),
    })
  })
})

describe('the commands', () => {
  it('make a condition whose trust can be applied as it is printed, examples and all', async () => {
    const made = await entente([
      'condition',
      'github',
      '--owner-id',
      '65',
      '--repository-id',
      '74',
      '--environment',
      'production',
      '--name',
      'piped',
      '--service-principal',
      registration.servicePrincipalId,
      '--provider',
      registration.providerId,
    ])
    expect(made.code).toBe(0)
    const applied = await entente(['apply', '-f', '-'], made.stdout)
    expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('trust/piped created') })
    const broken = made.stdout.replace('expect: true', 'expect: false')
    const refused = await entente(['apply', '-f', '-'], broken)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('spec.examples[0]') })
  })

  it('say which flags are wrong', async () => {
    const ended = await entente(['condition', 'github', '--owner-id', 'octo-org'])
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('--owner-id')
    expect(ended.stderr).toContain('--repository-id')
  })

  it('lint what is stored: acknowledged errors are told, others end with 1', async () => {
    const told = await entente(['lint', '-o', 'json'])
    expect(told.code).toBe(0)
    const findings: unknown[] = Object(at(JSON.parse(told.stdout), 'findings'))
    expect(
      findings.filter((one) => at(one, 'severity') === 'error').every((one) => at(one, 'acknowledged') === true),
    ).toBe(true)
    expect((await entente(['lint', '--strict'])).code).toBe(1)
    await put('bare', {})
    const bare = await entente(['lint'])
    expect(bare.code).toBe(1)
    expect(bare.stdout).toContain('trust/bare: error lint.no_condition')
  })

  it('lint documents before they are applied, and write nothing', async () => {
    const file = join(world.data, 'trusts.yaml')
    const document = (name: string, condition: string) => `---
apiVersion: entente.dev/v1
kind: Trust
metadata: { name: ${name} }
spec:
  servicePrincipal: ${registration.servicePrincipalId}
  provider: ${registration.providerId}
  condition: ${condition}
`
    writeFileSync(file, document('named', 'claims.repository == "octo-org/payments"'))
    const named = await entente(['lint', '-f', file])
    expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining('trust/named: warning lint.names_not_ids') })
    writeFileSync(file, document('loose', 'claims.sub.contains("octo-org/payments")'))
    const loose = await entente(['lint', '-f', file])
    expect(loose.code).toBe(1)
    expect(loose.stderr).toContain('claims.sub.startsWith("repo:octo-org/payments:")')
    expect((await operator.call('GET', `${TRUSTS}/named`)).status).toBe(404)
  })
})

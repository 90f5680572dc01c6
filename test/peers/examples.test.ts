/**
 * The examples as people copy them: their manifests are applied by the command line, their scripts run by a shell, in the
 * environment that each platform gives its jobs, against the simulators.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { at } from '../../src/cli/demo/api.ts'
import { type Ended, runProgram } from './run-program.ts'
import { openSourcesWorld, type SourcesWorld } from './sources-world.ts'

/** The jobs of all these platforms have it; a machine that only runs our tests need not. */
const hasCurl = spawnSync('curl', ['--version']).status === 0

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url))
/** Of the server that the examples are written for. */
const AUDIENCE = 'id.example.com'

let world: SourcesWorld
let folder: string
const clientIds = new Map<string, string>()

/** Folder → the trust that its manifest makes. */
const TRUSTS: Readonly<Record<string, string>> = {
  'github-actions': 'github-deploys',
  gitlab: 'gitlab-deploys',
  'hcp-terraform': 'terraform-applies',
  kubernetes: 'kubernetes-deploys',
}

beforeAll(async () => {
  world = await openSourcesWorld({ env: { ENTENTE_URL: `https://${AUDIENCE}` } })
  folder = mkdtempSync(join(tmpdir(), 'entente-examples-'))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

const example = (path: string) => readFileSync(join(EXAMPLES, path), 'utf8')
const operator = () => ({ ENTENTE_URL: world.server.url, ENTENTE_TOKEN: world.server.operatorToken() })

function clientIdOf(name: string): string {
  const id = clientIds.get(name)
  if (id === undefined) throw new Error(`${name} was not applied`)
  return id
}

/** Runs a script as a platform does: nothing of our own environment but the path. */
function runShell(args: readonly string[], env: Readonly<Record<string, string>>, stdin = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn('sh', args, { env: { PATH: process.env.PATH, ...env }, cwd: folder })
    const output = { stdout: '', stderr: '' }
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...output }))
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(stdin)
  })
}

/** Anybody can verify what a job left with. */
async function expectToken(token: string, name: string): Promise<void> {
  const keys = createRemoteJWKSet(new URL(`${world.server.url}/oauth2/jwks`))
  const { payload } = await jwtVerify(token, keys, { issuer: `https://${AUDIENCE}`, typ: 'at+jwt' })
  expect(payload).toMatchObject({ client_id: clientIdOf(name), roles: ['deployer'] })
}

/** A refusal names its decision, which tells an operator why. */
async function expectRefusal({ code, stdout, stderr }: Ended, why: string): Promise<void> {
  expect(code).toBe(1)
  expect(stdout).not.toMatch(/eyJ/)
  expect(stderr).not.toMatch(/eyJ/)
  const [, id = ''] = /entente explain ([\w-]+)/.exec(stderr) ?? []
  const explained = await runProgram(['explain', id], operator())
  expect(explained.stdout).toContain(`✗ refused  ${why}`)
}

describe('the manifests', () => {
  it.each(Object.entries(TRUSTS))('of %s are applied, and change nothing the second time', async (name, trust) => {
    const file = join(EXAMPLES, name, 'entente.yaml')
    const applied = await runProgram(['apply', '-f', file], operator())
    expect(applied.code, applied.stderr).toBe(0)
    expect(applied.stdout).toContain(`trust/${trust} created`)
    const again = await runProgram(['diff', '-f', file], operator())
    expect(again.code, again.stdout).toBe(0)
    const { stdout } = await runProgram(['get', 'trust', trust, '-o', 'json'], operator())
    const clientId = String(at(JSON.parse(stdout), 'status', 'clientId'))
    expect(clientId).toMatch(new RegExp(`@${AUDIENCE}/wfe$`))
    clientIds.set(name, clientId)
  })
})

describe.skipIf(!hasCurl)('GitHub Actions', () => {
  const action: unknown = parse(example('github-actions/action.yml'))
  const step = at(action, 'runs', 'steps', '0')

  /** The step of the composite action, with its inputs in their places, as the runner does it. */
  async function runAction(inputs: Readonly<Record<string, string>>, run?: object) {
    const output = join(folder, 'github-output')
    writeFileSync(output, '')
    const given = (name: string) => inputs[name] ?? String(at(action, 'inputs', name, 'default') ?? '')
    const env = Object.entries(Object(at(step, 'env'))).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => given(input)),
    ])
    const source = world.stage.source('github')
    const job = run === undefined ? source.environment : await startRun(run)
    const ended = await runShell(['-c', String(at(step, 'run'))], {
      ...Object.fromEntries(env),
      ...job,
      GITHUB_ACTION_PATH: join(EXAMPLES, 'github-actions'),
      GITHUB_OUTPUT: output,
    })
    const lines = readFileSync(output, 'utf8').trim().split('\n')
    const outputs = Object.fromEntries(lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]))
    return { ...ended, outputs }
  }

  async function startRun(run: object): Promise<Record<string, string>> {
    const started: unknown = await world.stage.source('github').commands['POST /runs']?.({ ...run })
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: String(at(started, 'idTokenRequestUrl')),
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: String(at(started, 'requestToken')),
    }
  }

  const inputs = () => ({ server: world.server.url, 'client-id': clientIdOf('github-actions') })

  it('leaves a masked token as its output', async () => {
    const { code, stdout, stderr, outputs } = await runAction(inputs())
    expect(code, stderr).toBe(0)
    await expectToken(String(outputs.token), 'github-actions')
    expect(stdout).toBe(`::add-mask::${outputs.token}\n`)
    expect(outputs['expires-in']).toBe('1800')
    expect(at(action, 'outputs', 'token', 'value')).toBe(`\${{ steps.${at(step, 'id')}.outputs.token }}`)
  })

  it('asks for scopes, and says so where a job may not ask for an identity', async () => {
    const { code } = await runAction({ ...inputs(), scope: 'deploy read' })
    expect(code).toBe(0)
    const without = await runShell(['-c', String(at(step, 'run'))], {
      GITHUB_ACTION_PATH: join(EXAMPLES, 'github-actions'),
      ENTENTE_CLIENT_ID: clientIdOf('github-actions'),
    })
    expect(without.code).toBe(1)
    expect(without.stderr).toContain('id-token: write')
  })

  it('is refused on another branch', async () => {
    await expectRefusal(await runAction(inputs(), { ref: 'refs/heads/dev' }), 'condition.false')
  })

  it('has a workflow that grants what the action needs, and gives what it takes', () => {
    const workflow: unknown = parse(example('github-actions/workflow.yml'))
    expect(at(workflow, 'permissions', 'id-token')).toBe('write')
    const used = at(workflow, 'jobs', 'deploy', 'steps', '1', 'with')
    expect(Object.keys(Object(at(action, 'inputs')))).toEqual(expect.arrayContaining(Object.keys(Object(used))))
  })
})

describe.skipIf(!hasCurl)('GitLab', () => {
  const pipeline: unknown = parse(example('gitlab/.gitlab-ci.yml'))
  const job = at(pipeline, '.entente')

  async function runJob(claims: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    const audience = String(at(job, 'id_tokens', 'ENTENTE_ID_TOKEN', 'aud'))
    expect(audience).toBe(AUDIENCE)
    const script = [at(job, 'before_script', '0'), 'printf "%s" "$ENTENTE_TOKEN" | tail -c 2000']
    return await runShell(['-ec', script.join('\n')], {
      ENTENTE_URL: world.server.url,
      ENTENTE_CLIENT_ID: clientIdOf('gitlab'),
      ENTENTE_ID_TOKEN: await world.stage.source('gitlab').mint({ audience, claims }),
    })
  }

  it('gives jobs that extend it a token in a variable', async () => {
    const { code, stdout, stderr } = await runJob()
    expect(code, stderr).toBe(0)
    await expectToken(stdout, 'gitlab')
    expect(at(pipeline, 'deploy', 'extends')).toBe('.entente')
  })

  it('ends a job on another branch', async () => {
    await expectRefusal(await runJob({ ref: 'dev' }), 'condition.false')
  })
})

describe.skipIf(!hasCurl)('HCP Terraform', () => {
  const run = async (claims: Readonly<Record<string, unknown>> = {}) => {
    const query = JSON.stringify({ client_id: clientIdOf('hcp-terraform'), server: world.server.url })
    const token = await world.stage.source('hcp-terraform').mint({ audience: AUDIENCE, claims })
    const script = join(EXAMPLES, 'hcp-terraform', 'exchange.sh')
    return await runShell([script], { TFC_WORKLOAD_IDENTITY_TOKEN: token }, query)
  }

  it('answers a data source with texts, the token for five minutes', async () => {
    const { code, stdout, stderr } = await run()
    expect(code, stderr).toBe(0)
    const result: unknown = JSON.parse(stdout)
    await expectToken(String(at(result, 'access_token')), 'hcp-terraform')
    expect(at(result, 'expires_in')).toBe('300')
  })

  it('ends a run of another workspace, and one without an identity', async () => {
    await expectRefusal(await run({ terraform_workspace_name: 'web' }), 'condition.false')
    const without = await runShell([join(EXAMPLES, 'hcp-terraform', 'exchange.sh')], {}, '{}')
    expect(without).toMatchObject({ code: 1, stdout: '' })
    expect(without.stderr).toContain('TFC_WORKLOAD_IDENTITY_AUDIENCE')
  })

  it('asks for what its script reads', () => {
    const main = example('hcp-terraform/main.tf')
    expect(main).toContain('exchange.sh')
    expect(main).toMatch(/object\(\{ server = string, client_id = string \}\)/)
  })
})

describe.skipIf(!hasCurl)('Kubernetes', () => {
  const documents = parseAllDocuments(example('kubernetes/job.yaml')).map((document): unknown => document.toJS())
  const byKind = (kind: string) => documents.find((document) => at(document, 'kind') === kind)
  const pod = at(byKind('Job'), 'spec', 'template', 'spec')
  const init = at(pod, 'initContainers', '0')

  /** The init container: its script from the ConfigMap, its token projected, its files in a folder of ours. */
  async function runInit(claims: Readonly<Record<string, unknown>> = {}): Promise<Ended & { readonly file: string }> {
    const projected = at(pod, 'volumes', '1', 'projected', 'sources', '0', 'serviceAccountToken')
    const token = await world.stage.source('kubernetes').mint({ audience: String(at(projected, 'audience')), claims })
    const script = join(folder, 'exchange.sh')
    const identity = join(folder, 'identity')
    const file = join(folder, 'token')
    writeFileSync(script, String(at(byKind('ConfigMap'), 'data', 'exchange.sh')))
    writeFileSync(identity, token)
    rmSync(file, { force: true })
    const ended = await runShell([script], {
      ENTENTE_URL: world.server.url,
      ENTENTE_CLIENT_ID: clientIdOf('kubernetes'),
      SERVICE_ACCOUNT_TOKEN: identity,
      ENTENTE_TOKEN_FILE: file,
    })
    return { ...ended, file }
  }

  it('leaves the token in memory for the job’s own container', async () => {
    const { code, stderr, file } = await runInit()
    expect(code, stderr).toBe(0)
    await expectToken(readFileSync(file, 'utf8'), 'kubernetes')
  })

  it('does not start a pod of another service account', async () => {
    await expectRefusal(await runInit({ sub: 'system:serviceaccount:web:deployer' }), 'condition.false')
  })

  it('mounts every file where its script looks for it', () => {
    const env = new Map(
      Object.values(Object(at(init, 'env'))).map((one) => [at(one, 'name'), String(at(one, 'value'))]),
    )
    const mounts = Object.values(Object(at(init, 'volumeMounts'))).map((one) => String(at(one, 'mountPath')))
    for (const name of ['SERVICE_ACCOUNT_TOKEN', 'ENTENTE_TOKEN_FILE']) {
      expect(mounts).toContain(env.get(name)?.replace(/\/token$/, ''))
    }
    expect(at(pod, 'containers', '0', 'env', '0', 'value')).toBe(env.get('ENTENTE_TOKEN_FILE'))
    expect(at(pod, 'volumes', '2', 'emptyDir', 'medium')).toBe('Memory')
  })
})

/** Manifests by the program against a server, as an operator keeps them: files, differences, exports, exit codes; and the guide. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { type PostgresServer, startPostgres } from '../../src/storage/conformance/postgres-server.ts'
import { type CompanyLogin, startCompanyLogin } from './company-login.ts'
import { type Ended, runProgram } from './run-program.ts'
import { openWorld, type World } from './world.ts'

const GUIDE = new URL('../../docs/guides/manifests.md', import.meta.url)

let world: World
let login: CompanyLogin
let server: ServerProcess
let folder: string
beforeAll(async () => {
  ;[world, login] = await Promise.all([openWorld(), startCompanyLogin()])
  server = await world.start({ env: upstreams() })
  folder = mkdtempSync(join(tmpdir(), 'entente-manifests-'))
})
afterAll(async () => {
  await Promise.all([world?.close(), login?.stop()])
  rmSync(folder, { recursive: true, force: true })
})

/** Both simulated issuers, and the authorities behind their certificates. */
function upstreams(): Record<string, string> {
  const caFile = join(world.data, 'both.pem')
  writeFileSync(caFile, world.github.caPem + login.caPem)
  return {
    ENTENTE_UPSTREAM_CONNECT_TO: `${world.github.connectTo},${login.connectTo}`,
    ENTENTE_UPSTREAM_CA: caFile,
  }
}

function entente(args: readonly string[], stdin = '', env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runProgram(args, { ENTENTE_URL: server.url, ENTENTE_DATA: world.data, ...env }, stdin)
}

async function succeeded(args: readonly string[], stdin = ''): Promise<string> {
  const { code, stdout, stderr } = await entente(args, stdin)
  expect(code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
  return stdout
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

const bot = (name: string, spec = '{}') => `apiVersion: entente.dev/v1
kind: ServicePrincipal
metadata:
  name: ${name}
spec: ${spec}
`

describe('the guide to manifests', () => {
  /** Its YAML examples, each as a file of its own. */
  const examples = () =>
    [...readFileSync(GUIDE, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text)

  it('has examples that the server takes as they stand, and that change nothing the second time', async () => {
    expect(examples().length).toBeGreaterThan(1)
    for (const [index, text] of examples().entries()) file(`guide/${index}.yaml`, text)
    const guide = join(folder, 'guide')
    const planned = await entente(['diff', '-f', guide])
    expect([planned.code, planned.stderr]).toEqual([1, ''])
    expect(planned.stdout).toContain('trust/deploy-payments created (dry run)\n')
    expect(await succeeded(['apply', '-f', guide])).toBe(
      [
        'serviceprincipal/deploy-bot created',
        'workloadprovider/github created',
        'trust/deploy-payments created',
        'workforceidentityprovider/example-login created',
        '',
      ].join('\n'),
    )
    expect(await succeeded(['diff', '-f', guide])).not.toMatch(/created|configured/)
  })

  it('shows them to editors that read the schema: the program’s, and the server’s, which is the same', async () => {
    const printed = JSON.parse(await succeeded(['schema']))
    const published = await fetch(`${server.url}/apis/entente.dev/v1/schema.json`)
    expect([published.status, await published.json()]).toEqual([200, printed])
    const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false })
    addFormats.default(ajv)
    const validate = ajv.compile(printed)
    for (const text of examples()) {
      for (const document of parseAllDocuments(text))
        expect([validate(document.toJS()), validate.errors]).toEqual([true, null])
    }
    expect(
      validate({ apiVersion: 'entente.dev/v1', kind: 'Trust', metadata: { name: 'x' }, spec: { provder: 'y' } }),
    ).toBe(false)
  })

  it('names commands that do what it says of them', async () => {
    expect(await succeeded(['get', 'trust', 'deploy-payments', '-o', 'yaml'])).toContain('provider: github\n')
    const table = await succeeded(['get', 'trusts', '-l', 'team=payments'])
    expect(table).toMatch(/^NAME +DISPLAY NAME +READY +AGE\ndeploy-payments +deploy-payments +True +\d+s\n$/)
  })
})

describe('what get shows', () => {
  it('is unchanged when it is applied: lists of every kind, exports of them, and one object alone', async () => {
    const words = ['sp', 'workloadproviders', 'Trust', 'idp']
    for (const flags of [[], ['--export']]) {
      const lists = await Promise.all(words.map((word) => succeeded(['get', word, '-o', 'yaml', ...flags])))
      if (flags.length > 0) expect(lists.join()).not.toMatch(/uid|resourceVersion|creationTimestamp|status/)
      const told = await succeeded(['apply', '-f', '-'], lists.join('---\n'))
      expect(
        told
          .trimEnd()
          .split('\n')
          .map((line) => line.split(' ')[1]),
      ).toEqual(Array(4).fill('unchanged'))
    }
    const json = JSON.parse(await succeeded(['get', 'idp', '-o', 'json']))
    const one = await succeeded(['get', 'idp', 'example-login', '-o', 'json'])
    expect(JSON.parse(one)).toEqual(json.items[0])
    expect(await succeeded(['apply', '-f', '-'], one)).toBe('workforceidentityprovider/example-login unchanged\n')
  })

  it('makes an object anew from an export; what names the version of one that is gone does not', async () => {
    await succeeded(['apply', '-f', '-'], bot('phoenix', '{displayName: Phoenix}'))
    const exported = await succeeded(['get', 'sp', 'phoenix', '-o', 'yaml', '--export'])
    const whole = await succeeded(['get', 'sp', 'phoenix', '-o', 'yaml'])
    await succeeded(['delete', 'sp', 'phoenix', '--yes'])
    const refused = await entente(['apply', '-f', '-'], whole)
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('There is no such object any more')])
    expect(await succeeded(['apply', '-f', '-'], exported)).toBe('serviceprincipal/phoenix created\n')
  })

  it('may be names only, and nothing at all', async () => {
    expect(await succeeded(['get', 'idp', '-o', 'name'])).toBe('workforceidentityprovider/example-login\n')
    const none = await entente(['get', 'stepuptransactions'])
    expect([none.code, none.stdout, none.stderr]).toEqual([
      0,
      '',
      'entente: there are no stepuptransactions in default\n',
    ])
    expect(parse(await succeeded(['get', 'sup', '-o', 'yaml']))).toEqual({ apiVersion: 'v1', kind: 'List', items: [] })
    expect(await succeeded(['get', 'keys'])).toMatch(/^NAME +ALGORITHM +STATE +AGE\n\S+ +[ER]S256 +active/)
    expect(await succeeded(['get', 'audit', '--limit', '2'])).toMatch(/^NAME .*\n\S+ .*\n\S+ .*\n$/)
  })

  it('is read page by page to the end', async () => {
    const many = Array.from({ length: 450 }, (_, n) => bot(`many-${n}`)).join('---\n')
    await succeeded(['apply', '-f', '-'], many)
    await succeeded(['apply', '-f', '-'], many.replaceAll('many-', 'more-'))
    const names = (await succeeded(['get', 'sp', '-o', 'name'])).trimEnd().split('\n')
    expect(names.length).toBeGreaterThan(900)
    expect(new Set(names).size).toBe(names.length)
    expect((await succeeded(['get', 'sp', '-o', 'name', '--limit', '7'])).trimEnd().split('\n')).toHaveLength(7)
  })
})

describe('apply', () => {
  it('writes nothing in a dry run, and tells differences field by field', async () => {
    await succeeded(['apply', '-f', '-'], bot('differs', '{displayName: A, roleIds: [a]}'))
    const changed = bot('differs', '{displayName: B}')
    const lines = [
      'serviceprincipal/differs configured (dry run)',
      '    spec.displayName: "A" -> "B"',
      '    spec.roleIds: ["a"] -> []',
      '',
    ].join('\n')
    expect(await succeeded(['apply', '--dry-run', '-f', '-'], changed)).toBe(lines)
    const planned = await entente(['diff', '-f', '-'], changed)
    expect([planned.code, planned.stdout]).toEqual([1, lines])
    const json = await entente(['diff', '-f', '-', '-o', 'json'], changed)
    expect(JSON.parse(json.stdout).results[0].diff).toEqual([
      { path: 'spec.displayName', from: 'A', to: 'B' },
      { path: 'spec.roleIds', from: ['a'], to: [] },
    ])
  })

  it('takes files, folders, JSON and anchors; each file once', async () => {
    const yaml = file(
      'mixed/a.yaml',
      `${bot('mixed-a', '&spec {displayName: Same}')}---\n${bot('mixed-b', '{displayName: B}')}`,
    )
    file('mixed/b.json', JSON.stringify(parse(bot('mixed-c'))))
    file('mixed/notes.txt', 'not a manifest')
    file(
      'anchors.yaml',
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: &v entente.dev/v1\n    kind: ServicePrincipal\n    metadata: {name: anchored}\n    spec: {}\n  - apiVersion: *v\n    kind: ServicePrincipal\n    metadata: {name: anchored-2}\n    spec: {}\n',
    )
    const all = ['apply', '-f', join(folder, 'mixed'), '-f', join(folder, 'anchors.yaml')]
    expect(await succeeded(all)).toBe(
      ['mixed-a', 'mixed-b', 'mixed-c', 'anchored', 'anchored-2']
        .map((name) => `serviceprincipal/${name} created\n`)
        .join(''),
    )
    expect(await succeeded(['apply', '-f', yaml, '-f', yaml])).toBe(
      'serviceprincipal/mixed-a unchanged\nserviceprincipal/mixed-b unchanged\n',
    )
  })

  it('names every refused document by file and line, and writes none of the others', async () => {
    const path = file(
      'refused.yaml',
      `${bot('beside')}---\n${bot('wrong', '{displayname: x, roleIds: 5}')}---\n${bot('Wrong Name')}`,
    )
    const ended = await entente(['apply', '-f', path])
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('serviceprincipal/beside not written\nserviceprincipal/wrong failed\n')
    expect(ended.stderr).toContain(
      `entente: ${path}, document 2 (line 7): serviceprincipal/wrong: 2 fields are invalid\n`,
    )
    expect(ended.stderr).toContain('  spec.displayname: is not a field of this object\n')
    expect(ended.stderr).toContain('  spec.roleIds: must be array\n')
    expect(ended.stderr).toContain('document 3 (line 13): serviceprincipal/Wrong Name: metadata.name: must be 1 to 63')
    expect(ended.stderr).toContain('nothing was written: all documents are, or none')
    const missing = await entente(['get', 'sp', 'beside'])
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('There is no such service principal')])
    expect((await entente(['diff', '-f', path])).code).toBe(2)
  })

  it('acts in the organization that it is told', async () => {
    const organization =
      'apiVersion: entente.dev/v1\nkind: Organization\nmetadata: {name: acme}\nspec: {displayName: Acme}\n'
    await succeeded(['apply', '-f', '-', '-n', 'acme'], `${bot('there')}---\n${organization}`)
    expect(await succeeded(['get', 'sp', '-n', 'acme', '-o', 'name'])).toBe('serviceprincipal/there\n')
    expect(await succeeded(['get', 'org', 'acme', '-o', 'name'])).toBe('organization/acme\n')
    expect((await entente(['get', 'sp', '-n', 'nowhere'])).code).toBe(1)
  })
})

describe('delete', () => {
  it('takes what is owned before its owner, and asks first where somebody could answer', async () => {
    const guide = join(folder, 'guide')
    const unasked = await entente(['delete', '-f', guide])
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('say --yes if it is meant')])
    expect(await succeeded(['delete', '-f', guide, '--yes'])).toBe(
      [
        'trust/deploy-payments deleted',
        'serviceprincipal/deploy-bot deleted',
        'workforceidentityprovider/example-login deleted',
        'workloadprovider/github deleted',
        '',
      ].join('\n'),
    )
    const again = await entente(['delete', '-f', guide, '--yes'])
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('There is no such')])
    expect(await succeeded(['delete', '-f', guide, '--yes', '--ignore-not-found'])).toBe('')
  })
})

describe('a command', () => {
  it.each<[string, string[], string, string]>([
    ['without files', ['apply'], '', 'Name the documents'],
    ['with a file that is not there', ['apply', '-f', '/no/such/file.yaml'], '', '/no/such/file.yaml: is not there'],
    ['with YAML that is none', ['apply', '-f', '-'], 'a: [', '(standard input):1'],
    ['with an anchor that never ends', ['apply', '-f', '-'], 'a: &a [*a]', '(standard input)'],
    [
      'with a bomb',
      ['apply', '-f', '-'],
      `a: &a [x, x]\n${Array.from({ length: 20 }, (_, n) => `b${n}: &b${n} [*${n === 0 ? 'a' : `b${n - 1}`}, *${n === 0 ? 'a' : `b${n - 1}`}]`).join('\n')}`,
      'alias',
    ],
    ['with nothing', ['apply', '-f', '-'], '# nothing', 'has no documents'],
    ['of an unknown kind', ['get', 'pods'], '', "There is no kind 'pods'"],
    ['with a path for a name', ['get', 'sp', '..'], '', "'..' is no name"],
    ['with an export that is a table', ['get', 'sp', '--export'], '', 'An export is YAML or JSON'],
    ['with both ways to delete', ['delete', 'sp', 'x', '-f', 'y'], '', 'not both'],
    ['with the schema of a record', ['schema', 'decision'], '', 'read only'],
    ['with an unknown flag', ['apply', '--force'], '', 'unknown option'],
  ])('called %s ends with 2 and says why', async (_what, args, stdin, why) => {
    const ended = await entente(args, stdin)
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(why)])
    expect(ended.stderr).not.toContain('    at ')
    expect(ended.stdout).toBe('')
  })

  it.each<[string, Record<string, string>, number, string]>([
    ['without a token', { ENTENTE_DATA: '/no/such/folder' }, 2, 'There is no token'],
    ['with a wrong token', { ENTENTE_TOKEN: 'wrong-token-of-somebody-else' }, 1, 'The token is from ENTENTE_TOKEN'],
    ['at a server that is not there', { ENTENTE_URL: 'http://127.0.0.1:1' }, 1, 'cannot be reached'],
    ['at no address', { ENTENTE_URL: 'ftp://x' }, 2, 'ENTENTE_URL must be an address'],
  ])('%s ends with its own code and sentence', async (_what, env, code, why) => {
    const ended = await entente(['get', 'sp'], '', env)
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(why)])
    expect(ended.stderr).not.toContain('wrong-token-of')
    expect((await entente(['diff', '-f', '-'], bot('x'), env)).code).toBe(2)
  })

  it.each(['apply', 'diff', 'get', 'delete', 'schema'])(
    '%s tells its flags, examples and exit codes',
    async (command) => {
      const help = await succeeded([command, '--help'])
      for (const part of ['Usage: entente', 'Examples:', `entente ${command}`]) expect(help).toContain(part)
      if (command !== 'schema') expect(help).toMatch(/Exit codes: 0 /)
    },
  )
})

describe('on PostgreSQL', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres?.stop())

  it('documents are written together or not at all, as on SQLite', async () => {
    const token = 'operator-token-that-is-long-enough-to-be-one'
    const env = {
      ...upstreams(),
      ENTENTE_DATABASE: postgres.url,
      ENTENTE_SEAL_KEY: Buffer.alloc(32, 7).toString('base64'),
      ENTENTE_OPERATOR_TOKEN: token,
    }
    const there = await world.start({ env })
    const run = (args: readonly string[], stdin = '') =>
      runProgram(args, { ENTENTE_URL: there.url, ENTENTE_TOKEN: token }, stdin)
    const documents = [...readFileSync(GUIDE, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)]
      .map(([, text]) => text)
      .join('---\n')
    expect(await run(['apply', '-f', '-'], documents)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('trust/deploy-payments created'),
    })
    const same = await run(['get', 'trust', '-o', 'yaml'])
    expect(await run(['apply', '-f', '-'], same.stdout)).toMatchObject({
      code: 0,
      stdout: 'trust/deploy-payments unchanged\n',
    })
    // The database itself refuses the second provider of the issuer: nothing of the request may stay.
    const taken =
      'apiVersion: entente.dev/v1\nkind: WorkloadProvider\nmetadata: {name: twin}\nspec: {issuer: https://token.actions.githubusercontent.com, knownProvider: GITHUB_ACTIONS}\n'
    const refused = await run(['apply', '-f', '-'], `${bot('first')}---\n${taken}---\n${bot('last')}`)
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('is the issuer of another workload provider'),
    ])
    expect((await run(['get', 'sp', '-o', 'name'])).stdout).toBe('serviceprincipal/deploy-bot\n')
    expect(await there.stop()).toBe(0)
  })
})

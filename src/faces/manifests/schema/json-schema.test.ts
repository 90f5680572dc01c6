/** The published schema, held against documents by a validator that is not ours. */
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../../json.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import type { Collection } from '../../testing/specimen.ts'
import { manifests } from '../index.ts'
import { kinds } from '../kinds/index.ts'
import { organizations } from '../testing/organization-collection.ts'
import { apps, domains, persons } from '../testing/people-collections.ts'
import { servicePrincipals, trusts } from '../testing/principal-collections.ts'
import { stepUpProviders, workforceIdentityProviders, workloadProviders } from '../testing/provider-collections.ts'
import { manifestsSchema } from './json-schema.ts'

const PATH = '/apis/entente.dev/v1/schema.json'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp([manifests])
})
afterAll(() => app.close())

function validator(schema: object) {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false })
  addFormats.default(ajv)
  return ajv.compile(schema)
}

const validate = validator(manifestsSchema())
/** Paths of what is wrong, each once. */
function wrongIn(document: unknown): string[] {
  validate(document)
  const paths = (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, params }) => {
      const member = params.additionalProperty ?? params.missingProperty
      return `${instancePath}${member === undefined ? '' : `/${member}`}`.slice(1).replaceAll('/', '.')
    })
  return [...new Set(paths)].sort()
}

const COLLECTIONS: readonly (readonly [string, Collection])[] = [
  ['Organization', organizations],
  ['ServicePrincipal', servicePrincipals],
  ['WorkloadProvider', workloadProviders],
  ['Trust', trusts],
  ['WorkforceIdentityProvider', workforceIdentityProviders],
  ['StepUpProvider', stepUpProviders],
  ['App', apps],
  ['Domain', domains],
  ['Person', persons],
]
const writable = kinds.filter(({ write }) => write !== undefined)

describe('the JSON Schema of manifests', () => {
  it('is published to everybody, and kept by who has it', async () => {
    const answer = await app.send('GET', PATH, undefined, null)
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/schema+json; charset=utf-8', 'cache-control': 'public, max-age=300' },
    })
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(manifestsSchema())))
    const etag = String(answer.headers.etag)
    const again = await app.inject({ method: 'GET', url: PATH, headers: { 'if-none-match': etag } })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  it('knows every kind that can be written, and the suite has documents of each', () => {
    expect(COLLECTIONS.map(([kind]) => kind).sort()).toEqual(writable.map(({ kind }) => kind).sort())
    expect(Object.keys(Object(manifestsSchema()).definitions).sort()).toEqual(
      [...writable.map(({ kind }) => kind), 'List'].sort(),
    )
  })

  it.each(COLLECTIONS)(
    'of kind %s takes what the server takes, and refuses what it refuses by form',
    (_kind, { create }) => {
      if (create === undefined) throw new TypeError('each of them creates')
      const valid = create.body({}, 1)
      expect(wrongIn(valid)).toEqual([])
      if (create.example !== undefined) expect(wrongIn(create.example.request({}))).toEqual([])
      expect(wrongIn(create.unknown.body(valid))).toEqual([create.unknown.field])
      const wrong = wrongIn(create.wrong.body)
      for (const field of create.wrong.fields) expect(wrong).toContain(field.replaceAll(/\[(\d+)\]/g, '.$1'))
    },
  )

  it.each(COLLECTIONS)('of kind %s takes what a read answers', async (_kind, collection) => {
    const names = await collection.prepare(app, 'acme')
    const id = await collection.make(app, 'acme', names, 1)
    const read = await app.send('GET', `${collection.path(names)}/${id}`)
    expect([read.status, wrongIn(read.body)]).toEqual([200, []])
    const list: Json = { apiVersion: 'v1', kind: 'List', items: [read.body] }
    expect(wrongIn(list)).toEqual([])
  })

  it('asks for a name, and for what no object can do without', () => {
    expect(wrongIn({ apiVersion: 'entente.dev/v1', kind: 'Trust', metadata: {}, spec: { condition: 'true' } })).toEqual(
      ['metadata.name', 'spec.provider', 'spec.servicePrincipal'],
    )
    expect(wrongIn({ apiVersion: 'entente.dev/v1', kind: 'WorkloadProvider', metadata: { name: 'a' } })).toEqual([
      'spec',
    ])
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['apiVersion', 'kind']],
    ['a list', [], ['']],
    ['a record', { apiVersion: 'entente.dev/v1', kind: 'Decision', metadata: { name: 'a' } }, ['kind']],
    [
      'another version',
      {
        apiVersion: 'entente.dev/v2',
        kind: 'Trust',
        metadata: { name: 'a' },
        spec: { servicePrincipal: 'a', provider: 'b' },
      },
      ['apiVersion'],
    ],
    [
      'a List with something in it that is none',
      { apiVersion: 'v1', kind: 'List', items: [{ kind: 'Trust' }] },
      ['items.0.apiVersion', 'items.0.metadata', 'items.0.spec'],
    ],
  ])('refuses %s', (_what, document, wrong) => {
    expect(wrongIn(document)).toEqual(wrong)
  })

  it.each(writable.map(({ kind }) => kind))('of kind %s alone knows no other', (kind) => {
    const alone = validator(manifestsSchema(kind))
    for (const [name, { create }] of COLLECTIONS)
      expect([name, alone(create?.body({}, 1))]).toEqual([name, name === kind])
  })

  it('says of every field what it is for: that is what an editor shows', () => {
    const nameless: string[] = []
    const walk = (path: string, schema: unknown): void => {
      const { properties, items, description } = Object(schema)
      for (const [name, field] of Object.entries(Object(properties))) walk(`${path}.${name}`, field)
      if (items !== undefined && Object(items).properties !== undefined) walk(`${path}[]`, items)
      if (properties === undefined && description === undefined) nameless.push(path)
    }
    for (const { kind, document } of writable) walk(kind, document)
    expect(nameless).toEqual([])
  })
})

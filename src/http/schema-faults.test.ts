import { describe, expect, it } from 'vitest'
import { schemaFaults } from './schema-faults.ts'
import { createServer } from './server.ts'

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'kind'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 5 },
    kind: { enum: ['oidc', 'saml', null] },
    size: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    version: { const: 1 },
    code: { type: 'string', pattern: '^[a-z]+$' },
    list: { type: 'array', maxItems: 2, items: { type: 'string' } },
    inner: { type: 'object', additionalProperties: false, required: ['a'], properties: { a: { type: 'boolean' } } },
  },
}

async function faultsOf(payload: unknown, url = '/') {
  const app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent' })
  const querystring = { type: 'object', required: ['page'], properties: { page: { type: 'string', maxLength: 2 } } }
  await app.register(async (scope) => {
    scope.setErrorHandler<Error>((error, _request, reply) => reply.code(400).send(schemaFaults(error)))
    scope.post('/', { schema: { body } }, async () => [])
    scope.get('/', { schema: { querystring } }, async () => [])
  })
  const answer = await app.inject(
    payload === undefined
      ? { url }
      : { method: 'POST', url, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(payload) },
  )
  await app.close()
  return answer.json<{ path: string; code: string; message: string }[]>()
}

const good = { name: 'a', kind: 'oidc' }

describe('the faults of a body', () => {
  it.each<[string, unknown, [string, string][]]>([
    ['nothing wrong', good, []],
    ['an unknown field', { ...good, nmae: 1 }, [['nmae', 'is not a field of this object']]],
    ['an unknown field inside', { ...good, inner: { a: true, b: 1 } }, [['inner.b', 'is not a field of this object']]],
    [
      'missing fields',
      {},
      [
        ['name', 'is required'],
        ['kind', 'is required'],
      ],
    ],
    ['a missing field inside', { ...good, inner: {} }, [['inner.a', 'is required']]],
    ['another type', { ...good, name: 1 }, [['name', 'must be string']]],
    ['a type of two', { ...good, size: 'x' }, [['size', 'must be integer or null']]],
    ['a wrong entry of a list', { ...good, list: ['x', 1] }, [['list[1]', 'must be string']]],
    ['a list too long', { ...good, list: ['x', 'y', 'z'] }, [['list', 'has more than 2 items']]],
    ['a text too long', { ...good, name: 'abcdef' }, [['name', 'has more than 5 characters']]],
    ['a text too short', { ...good, name: '' }, [['name', 'has fewer than 1 characters']]],
    ['a value of none that are listed', { ...good, kind: 'ldap' }, [['kind', 'must be one of oidc, saml']]],
    ['another constant', { ...good, version: 2 }, [['version', 'must be 1']]],
    ['a text of another form', { ...good, code: 'A' }, [['code', 'must match pattern "^[a-z]+$"']]],
    ['no object at all', [1], [['body', 'must be object']]],
    [
      'several things at once',
      { kind: 'x', extra: 1, inner: { a: 'yes' } },
      [
        ['name', 'is required'],
        ['extra', 'is not a field of this object'],
        ['kind', 'must be one of oidc, saml'],
        ['inner.a', 'must be boolean'],
      ],
    ],
  ])('%s', async (_name, payload, expected) => {
    const faults = await faultsOf(payload)
    expect(faults.map(({ path, message }) => [path, message]).sort()).toEqual(expected.sort())
  })

  it('are named by their place in the query, too', async () => {
    expect(await faultsOf(undefined, '/?page=123')).toMatchObject([
      { path: 'page', message: 'has more than 2 characters' },
    ])
    expect(await faultsOf(undefined, '/')).toMatchObject([{ path: 'page', message: 'is required' }])
  })

  it('fill no more than a page, whatever is sent', async () => {
    const many = await faultsOf(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, 1])))
    expect(many).toHaveLength(50)
    const long = await faultsOf({ ...good, ['x'.repeat(500_000)]: 1 })
    expect(JSON.stringify(long).length).toBeLessThan(500)
  })

  it('do not repeat what the framework says', () => {
    expect(schemaFaults(new Error('hunter2'))).toEqual([
      { path: 'body', code: 'request.invalid', message: 'is not valid' },
    ])
  })
})

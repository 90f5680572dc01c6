import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { identityProviders } from './index.ts'
import { details, places, ROOT, types } from './testing/requests.ts'

const URL_OF_IMPORT = `${ROOT}/import-config`
let app: TestApp

beforeAll(async () => {
  app = await openTestApp([identityProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const send = (body: unknown, who?: string | null) => app.send('POST', URL_OF_IMPORT, body, who)

interface Part {
  readonly name: string
  readonly value: string | Uint8Array
  readonly filename?: string
}

/** A form as a browser or a command line would send it. */
async function upload(parts: readonly Part[], who = 'admin@acme') {
  const form = new FormData()
  for (const { name, value, filename } of parts) {
    if (filename === undefined) form.append(name, String(value))
    else form.append(name, new Blob([value as Uint8Array<ArrayBuffer>]), filename)
  }
  const encoded = new Response(form)
  return app.inject({
    method: 'POST',
    url: URL_OF_IMPORT,
    headers: { authorization: `Bearer ${who}`, 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
}

const file = (value: string | Uint8Array): Part => ({ name: 'file', filename: 'file', value })
const kind = (value: string): Part => ({ name: 'provider_id', value })

describe('a document at a URL', () => {
  it('is read as configuration, with what was not understood', async () => {
    const answer = await send({ provider_id: 'oidc', from_url: 'https://a.example/.well-known/openid-configuration' })
    expect(answer.body, answer.text).toEqual({
      provider_id: 'oidc',
      config: { issuer: 'https://imported.example', token_url: 'https://imported.example/token' },
      mappers: [],
      not_understood: [{ loc: ['x'], msg: 'has no counterpart here' }],
    })
    expect(app.imported.at(-1)).toEqual({ protocol: 'oidc', url: 'https://a.example/.well-known/openid-configuration' })
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['body/provider_id', 'body/from_url']],
    ['another kind', { provider_id: 'ldap', from_url: 'https://a.example' }, ['body/provider_id']],
    ['an unknown field', { provider_id: 'saml', from_url: 'https://a.example', url: 'x' }, ['body/url']],
    ['a list', [], ['body']],
  ])('is refused with %s', async (_name, body, wanted) => {
    const answer = await send(body)
    expect(answer.status).toBe(400)
    expect(places(answer)).toEqual(wanted)
  })

  it('needs a body, and an admin', async () => {
    expect((await send(undefined)).status).toBe(415)
    expect((await send('')).status).toBe(400)
    expect((await send({}, 'viewer@acme')).status).toBe(403)
    expect((await send({}, null)).status).toBe(401)
  })
})

describe('an uploaded file', () => {
  it('is read as what it is said to be', async () => {
    for (const parts of [
      [kind('saml'), file('<EntityDescriptor/>')],
      [file('<EntityDescriptor/>'), kind('saml')],
    ]) {
      const answer = await upload(parts)
      expect(answer.status, answer.text).toBe(200)
      expect(answer.body).toMatchObject({ provider_id: 'saml' })
      expect(app.imported.at(-1)).toEqual({ protocol: 'saml', text: '<EntityDescriptor/>' })
    }
  })

  it('says itself what it is, if it is an export of Keycloak', async () => {
    const text = JSON.stringify({ alias: 'corp', providerId: 'oidc', config: { clientId: 'c', guiOrder: '1' } })
    const answer = await upload([file(text)])
    expect(answer.body, answer.text).toMatchObject({
      alias: 'corp',
      provider_id: 'oidc',
      config: { client_id: 'c' },
      not_understood: [{ loc: ['config', 'guiOrder'] }],
    })
    expect((await upload([file(text), kind('oidc')])).status).toBe(200)
    expect(places(await upload([file(text), kind('saml')]))).toEqual(['body/provider_id'])
    const list = await upload([file(`[${text},${text.replace('corp', 'other')}]`)])
    expect(list.body, list.text).toMatchObject({
      total: 2,
      items: [{ alias: 'corp' }, { alias: 'other' }],
      not_understood: [],
    })
  })

  it.each<[string, Part[], string[]]>([
    ['no file', [kind('oidc')], ['body/file']],
    ['nothing', [], ['body/file']],
    ['no kind', [file('{}')], ['body/provider_id']],
    ['another kind', [kind('ldap'), file('{}')], ['body/provider_id']],
    ['an unknown part', [kind('oidc'), file('{}'), { name: 'from_url', value: 'x' }], ['body/from_url']],
    ['two files', [kind('oidc'), file('{}'), file('{}')], ['body/file']],
    ['bytes that are no text', [kind('oidc'), file(new Uint8Array([0xff, 0xfe]))], ['body/file']],
  ])('is refused with %s', async (_name, parts, wanted) => {
    const answer = await upload(parts)
    expect(answer.status, answer.text).toBe(400)
    expect(places(answer)).toEqual(wanted)
  })

  it('may have 4 MiB', async () => {
    expect((await upload([kind('oidc'), file('x'.repeat(4_000_000))])).status).toBe(200)
    const answer = await upload([kind('oidc'), file('x'.repeat(4_200_000))])
    expect([answer.status, types(answer)]).toEqual([413, ['request.invalid']])
    const parts = await upload(Array.from({ length: 20 }, (_, n) => ({ name: `p${n}`, value: 'x' })))
    expect([400, 413]).toContain(parts.status)
  })

  it.each([
    ['cut off', '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nmarker-4711'],
    ['without its boundary', 'marker-4711'],
    ['of nothing', ''],
    [
      'with a name from the prototype',
      '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nmarker-4711\r\n--b--\r\n',
    ],
  ])('is refused if the form is %s', async (_name, payload) => {
    const headers = { authorization: 'Bearer admin@acme', 'content-type': 'multipart/form-data; boundary=b' }
    const answer = await app.inject({ method: 'POST', url: URL_OF_IMPORT, headers, payload })
    expect(answer.status, answer.text).toBe(400)
    expect(details(answer).length).toBeGreaterThan(0)
    expect(answer.text).not.toContain('marker-4711')
  })

  it('comes to no other path', async () => {
    const headers = { authorization: 'Bearer admin@acme', 'content-type': 'multipart/form-data; boundary=b' }
    expect((await app.inject({ method: 'POST', url: ROOT, headers, payload: '--b--\r\n' })).status).toBe(415)
  })
})

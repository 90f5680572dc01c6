/**
 * Issuers that cannot be asked, and issuers behind an authority of their own: keys uploaded and pushed through both faces
 * that have them, and TLS servers whose authority only one provider knows.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:https'
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { close, listen } from '../../simulators/loopback.ts'
import { at } from '../../src/cli/demo/api.ts'
import {
  must,
  openSourcesWorld,
  PROVIDERS,
  type SourcesWorld,
  type Trusted,
  trustSource,
  verdictOf,
} from './sources-world.ts'

const MANIFESTS = '/apis/entente.dev/v1/namespaces/default/workloadproviders'
const ISSUER = 'https://air-gapped.example'

let world: SourcesWorld

interface Signer {
  readonly jwk: Readonly<Record<string, unknown>>
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>
}

async function createSigner(kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' },
    sign: (claims) =>
      new SignJWT({ sub: 'job', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
  }
}

const setOf = (...keys: readonly unknown[]) => JSON.stringify({ keys })
const body = (issuerUrl: string, oidc: object) => ({
  displayName: 'Uploaded',
  issuerUrl,
  wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM',
  oidc,
})
const manifest = (name: string, issuer: string, oidc: object) => ({
  apiVersion: 'entente.dev/v1',
  kind: 'WorkloadProvider',
  metadata: { name },
  spec: { issuer, knownProvider: 'CUSTOM', oidc },
})

beforeAll(async () => {
  world = await openSourcesWorld({ trustsAuthority: false, connectTo: ['silent.example:443=127.0.0.1:9'] })
})
afterAll(() => world.close())

describe('an uploaded key set', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const jwk = { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'a', use: 'sig', alg: 'RS256' }

  it.each<[string, string]>([
    ['no JSON', 'keys'],
    ['cut off', setOf(jwk).slice(0, -1)],
    ['a list', JSON.stringify([jwk])],
    ['a key alone', JSON.stringify(jwk)],
    ['without keys', setOf()],
    ['with keys that are no list', JSON.stringify({ keys: { a: jwk } })],
    ['with a symmetric key', setOf({ kty: 'oct', kid: 's', k: 'U0VDUkVULXZhbHVl' })],
    ['with a symmetric key beside a good one', setOf(jwk, { kty: 'oct', kid: 's', k: 'U0VDUkVULXZhbHVl' })],
    ['with a private key', setOf({ ...rsa.privateKey.export({ format: 'jwk' }), kid: 'a' })],
    ['with one private member', setOf({ ...jwk, d: 'U0VDUkVULXZhbHVl' })],
    ['with a weak key', setOf({ ...weak.publicKey.export({ format: 'jwk' }), kid: 'w' })],
    ['with a key that is none', setOf({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' })],
    ['for encryption only', setOf({ ...jwk, use: 'enc' })],
    ['with a member twice', `{"keys":[],"keys":[${JSON.stringify(jwk)}]}`],
    ['with a prototype', `{"__proto__":{},"keys":[${JSON.stringify(jwk)}]}`],
    ['of 101 keys', setOf(...Array.from({ length: 101 }, (_, n) => ({ kty: 'EC', kid: String(n) })))],
    ['of 10 000 small keys', setOf(...Array.from({ length: 10_000 }, (_, n) => ({ kty: 'EC', kid: String(n) })))],
    ['of 10 000 RSA keys', setOf(...Array.from({ length: 10_000 }, (_, n) => ({ ...jwk, kid: String(n) })))],
    ['that is deep', `{"keys":[${'['.repeat(1_000)}${']'.repeat(1_000)}]}`],
    ['empty', ''],
  ])('%s is refused on both faces, and nothing is stored', async (_how, jwksJson) => {
    const face = await world.operator.call('POST', PROVIDERS, body(ISSUER, { jwksJson }))
    const kind = await world.operator.call('POST', MANIFESTS, manifest('uploaded', ISSUER, { jwksJson }))
    expect([face.status, kind.status]).toEqual([400, 400])
    expect(at(face.body, 'details', '0', 'fieldViolations', '0', 'field')).toBe('oidc.jwksJson')
    expect(at(kind.body, 'details', 'causes', '0', 'field')).toBe('spec.oidc.jwksJson')
    for (const { body: answer } of [face, kind]) expect(JSON.stringify(answer)).not.toContain('U0VDUkVU')
    expect(at((await must(world.operator, 'GET', PROVIDERS)).body, 'list')).toEqual([])
  })

  it('that is good is refused in a change likewise, and the old one stays', async () => {
    const signer = await createSigner('a')
    const trusted = await trustSource(
      world.operator,
      body(ISSUER, { jwksJson: setOf(signer.jwk) }),
      'claims.sub == "job"',
    )
    const path = `${PROVIDERS}/${trusted.providerId}`
    for (const jwksJson of ['keys', setOf({ kty: 'oct', k: 'AA' })]) {
      const change = { provider: { oidc: { jwksJson } }, updateMask: 'oidc.jwksJson' }
      expect((await world.operator.call('PATCH', path, change)).status).toBe(400)
      const spec = manifest(trusted.providerId, ISSUER, { jwksJson })
      expect((await world.operator.call('PUT', `${MANIFESTS}/${trusted.providerId}`, spec)).status).toBe(400)
    }
    const token = await signer.sign({ iss: ISSUER, aud: trusted.audience })
    expect(await verdictOf(world, trusted, token)).toBe('granted')
    await remove(trusted)
  })
})

async function remove({ servicePrincipalId, clientId, providerId }: Trusted): Promise<void> {
  const trust = `/api/v1/service_principals/${servicePrincipalId}/trusts/${encodeURIComponent(clientId)}`
  await must(world.operator, 'DELETE', trust)
  await must(world.operator, 'DELETE', `${PROVIDERS}/${providerId}`)
}

describe('keys that are pushed', () => {
  it('count at once through each face, and those they replace no longer do', async () => {
    const [one, two, three] = await Promise.all(['one', 'two', 'two'].map(createSigner))
    if (one === undefined || two === undefined || three === undefined) throw new Error('no signers')
    const trusted = await trustSource(world.operator, body(ISSUER, { jwksJson: setOf(one.jwk) }), 'claims.sub == "job"')
    const claims = { iss: ISSUER, aud: trusted.audience }
    const verdicts = async () => {
      const tokens = await Promise.all([one, two, three].map((signer) => signer.sign(claims)))
      return await Promise.all(tokens.map((token) => verdictOf(world, trusted, token)))
    }
    const viaFace = async (jwksJson: string | null) =>
      await must(world.operator, 'PATCH', `${PROVIDERS}/${trusted.providerId}`, {
        provider: { oidc: { jwksJson } },
        updateMask: 'oidc.jwksJson',
      })
    const viaManifest = async (method: string, jwksJson: string) =>
      await must(world.operator, method, `${MANIFESTS}/${trusted.providerId}`, {
        ...(method === 'PUT' ? manifest(trusted.providerId, ISSUER, { jwksJson }) : { spec: { oidc: { jwksJson } } }),
      })

    expect(await verdicts()).toEqual(['granted', 'key.unknown', 'key.unknown'])
    await viaFace(setOf(one.jwk, two.jwk))
    expect(await verdicts()).toEqual(['granted', 'granted', 'signature.invalid'])
    await viaManifest('PUT', setOf(two.jwk))
    expect(await verdicts()).toEqual(['key.unknown', 'granted', 'signature.invalid'])
    // A new key under the id of the old one.
    await viaManifest('PATCH', setOf(three.jwk))
    expect(await verdicts()).toEqual(['key.unknown', 'signature.invalid', 'granted'])
    // Without uploaded keys the issuer would have to be asked, and it cannot be.
    const cleared = await world.operator.call('PATCH', `${PROVIDERS}/${trusted.providerId}`, {
      provider: { oidc: { jwksJson: null } },
      updateMask: 'oidc.jwksJson',
    })
    expect(cleared.status).toBe(400)
    expect(await verdicts()).toEqual(['key.unknown', 'signature.invalid', 'granted'])
    await remove(trusted)
  })

  it('are all there is: nobody is asked', async () => {
    const signer = await createSigner('a')
    const stranger = await createSigner('b')
    const { registration } = world.stage.source('gitlab')
    const before = world.stage.source('gitlab').fetches()
    const trusted = await trustSource(
      world.operator,
      { ...registration, oidc: { jwksJson: setOf(signer.jwk) } },
      'claims.sub == "job"',
    )
    const claims = { iss: registration.issuerUrl, aud: trusted.audience }
    expect(await verdictOf(world, trusted, await signer.sign(claims))).toBe('granted')
    expect(await verdictOf(world, trusted, await stranger.sign(claims))).toBe('key.unknown')
    expect(world.stage.source('gitlab').fetches()).toEqual(before)
    await remove(trusted)
  })
})

describe('an authority of the issuer’s own', () => {
  async function conditionOfJob(): Promise<string> {
    const { namespace_id, project_id } = decodeJwt(await world.stage.source('gitlab').mint())
    return `claims.namespace_id == "${namespace_id}" && claims.project_id == "${project_id}"`
  }

  it('lets the issuer be asked, at registration and after, and nobody else', async () => {
    const { stage, operator } = world
    const { registration } = stage.source('gitlab')
    // The server itself does not know the authority.
    expect((await operator.call('POST', PROVIDERS, registration)).status).toBe(400)
    const stranger = await createAuthority({ name: 'Somebody else' })
    const wrong = await operator.call('POST', PROVIDERS, { ...registration, oidc: { caPem: stranger.caPem } })
    expect(wrong.status).toBe(400)

    const trusted = await trustSource(
      operator,
      { ...registration, oidc: { caPem: stage.caPem } },
      await conditionOfJob(),
    )
    const mint = () => stage.source('gitlab').mint({ audience: trusted.audience })
    expect(await verdictOf(world, trusted, await mint())).toBe('granted')
    await stage.source('gitlab').rotate({ keepOld: false })
    expect(await verdictOf(world, trusted, await mint())).toBe('granted')

    // Another issuer with a certificate of the same authority is still not to be trusted.
    expect((await operator.call('POST', PROVIDERS, stage.source('hcp-terraform').registration)).status).toBe(400)
    await remove(trusted)
  })

  it('is asked again when it changes, and a wrong one changes nothing', async () => {
    const { stage, operator } = world
    const { registration } = stage.source('gitlab')
    const trusted = await trustSource(
      operator,
      { ...registration, oidc: { caPem: stage.caPem } },
      await conditionOfJob(),
    )
    const path = `${PROVIDERS}/${trusted.providerId}`
    const stranger = await createAuthority({ name: 'Somebody else' })
    const patch = (caPem: string | null) =>
      operator.call('PATCH', path, { provider: { oidc: { caPem } }, updateMask: 'oidc.caPem' })
    expect((await patch(stranger.caPem)).status).toBe(400)
    expect((await patch(null)).status).toBe(400)
    expect((await patch('not a certificate')).status).toBe(400)
    const token = await stage.source('gitlab').mint({ audience: trusted.audience })
    expect(await verdictOf(world, trusted, token)).toBe('granted')
    const before = stage.source('gitlab').fetches().discovery
    expect((await patch(`${stranger.caPem}${stage.caPem}`)).status).toBe(200)
    expect(stage.source('gitlab').fetches().discovery).toBe(before + 1)
    expect(await verdictOf(world, trusted, token)).toBe('granted')
    await remove(trusted)
  })

  it('vouches for the name in the URL only', async () => {
    const authority = await createAuthority()
    const { certificatePem, keyPem } = await authority.issue(['right.example'])
    const { jwk } = await createSigner('a')
    // A good issuer under whatever name it is asked for.
    const server = createServer({ cert: certificatePem, key: keyPem }, ({ headers, url }, response) => {
      const issuer = `https://${headers.host}`
      response.end(JSON.stringify(url === '/keys' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/keys` }))
    })
    const port = await listen(server)
    const connectTo = ['right.example', 'wrong.example'].map((name) => `${name}:443=127.0.0.1:${port}`)
    const own = await openSourcesWorld({ trustsAuthority: false, connectTo })
    try {
      const { caPem } = authority
      const wrong = await own.operator.call('POST', PROVIDERS, body('https://wrong.example', { caPem }))
      expect(wrong.status).toBe(400)
      expect(JSON.stringify(wrong.body)).not.toMatch(/certificate|altname/i)
      const right = await own.operator.call('POST', PROVIDERS, body('https://right.example', { caPem }))
      expect(right.status, JSON.stringify(right.body)).toBe(200)
    } finally {
      await Promise.all([own.close(), close(server)])
    }
  })
})

/**
 * Every simulated source of workload tokens against the real program: registered by its discovery document or its bundle,
 * trusted by a narrow condition, exchanged, refused for each thing that can be wrong, and kept up with through rotations
 * and outages. The tokens are signed by a library that the program does not verify with.
 */
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../simulators/testing/ask.ts'
import { workloadSources } from '../../simulators/workloads/catalogue.ts'
import type { TokenFault } from '../../simulators/workloads/token-faults.ts'
import { type Api, at, textAt } from '../../src/cli/demo/api.ts'
import { exchange } from '../../src/cli/demo/exchange.ts'
import {
  inOrganisation,
  must,
  openSourcesWorld,
  PROVIDERS,
  type SourcesWorld,
  type Trusted,
  trustSource,
  verdictOf,
} from './sources-world.ts'

const NAMES = workloadSources.map(({ name }) => name)

interface Rule {
  /** What lets in the job with these claims, and no stranger: ids that are given to nobody else. */
  readonly condition: (claims: Claims) => string
  /** Claims of a job that it does not let in. */
  readonly foreign: Readonly<Record<string, unknown>>
}

type Claims = Readonly<Record<string, unknown>>
const AWS = 'https://sts.amazonaws.com/'
const equal = (claims: Claims, ...names: readonly string[]) =>
  names.map((name) => `claims.${name} == ${JSON.stringify(claims[name])}`).join(' && ')

const RULES: Readonly<Record<string, Rule>> = {
  github: {
    condition: (claims) => equal(claims, 'repository_owner_id', 'repository_id', 'ref'),
    foreign: { repository: 'mallory/payments' },
  },
  gitlab: {
    condition: (claims) => equal(claims, 'namespace_id', 'project_id', 'ref_protected'),
    foreign: { ref: 'dev' },
  },
  'hcp-terraform': {
    condition: (claims) => equal(claims, 'terraform_organization_id', 'terraform_workspace_id', 'terraform_run_phase'),
    foreign: { terraform_run_phase: 'plan' },
  },
  aws: {
    condition: (claims) =>
      `${equal(claims, 'sub')} && claims[${JSON.stringify(AWS)}].aws_account == ${JSON.stringify(Object(claims[AWS]).aws_account)} ` +
      `&& claims[${JSON.stringify(AWS)}].principal_tags.team == "payments"`,
    foreign: { [AWS]: { principal_tags: { team: 'web' } } },
  },
  kubernetes: {
    condition: (claims) =>
      `${equal(claims, 'sub')} && claims["kubernetes.io"].serviceaccount.uid == ` +
      JSON.stringify(Object(claims['kubernetes.io']).serviceaccount.uid),
    foreign: { sub: 'system:serviceaccount:web:deployer' },
  },
  spiffe: {
    condition: () => 'url(claims.sub).path.startsWith("/ns/payments/")',
    foreign: { sub: 'spiffe://prod.example.org/ns/web/sa/deployer' },
  },
}

/** What the decision says of a token with each fault; where sources differ, SPIFFE's is beside it. */
const CODES: Readonly<Record<TokenFault, string>> = {
  expired: 'token.expired',
  'not-yet-valid': 'token.not_yet_valid',
  'from-the-future': 'token.not_yet_valid',
  'too-old': 'token.too_old',
  'too-long': 'token.malformed',
  'without-expiry': 'token.malformed',
  'wrong-audience': 'audience.mismatch',
  'without-audience': 'audience.mismatch',
  'wrong-issuer': 'issuer.mismatch',
  'logout-token': 'token.type',
  'access-token': 'token.type',
  forged: 'signature.invalid',
  'unknown-key': 'key.unknown',
  'withdrawn-key': 'key.unknown',
  tampered: 'signature.invalid',
  unsigned: 'token.algorithm',
  symmetric: 'token.algorithm',
  'swapped-algorithm': 'key.unknown',
  replayed: 'granted',
}

let world: SourcesWorld
/** The operator, acting in another organisation. */
let elsewhere: Api
const trusted = new Map<string, Trusted>()

beforeAll(async () => {
  world = await openSourcesWorld()
  const made = await world.operator.call('POST', '/apis/entente.dev/v1/organizations', {
    apiVersion: 'entente.dev/v1',
    kind: 'Organization',
    metadata: { name: 'elsewhere' },
    spec: {},
  })
  expect(made.status).toBe(201)
  elsewhere = inOrganisation(world, 'elsewhere')
})
afterAll(() => world.close())

const source = (name: string) => world.stage.source(name)
const trustOf = (name: string): Trusted => {
  const found = trusted.get(name)
  if (found === undefined) throw new Error(`${name} is not trusted yet`)
  return found
}
const mint = (name: string, wish: Parameters<ReturnType<typeof source>['mint']>[0] = {}) =>
  source(name).mint({ audience: trustOf(name).audience, ...wish })
const verdict = async (name: string, token: string | Promise<string>) => verdictOf(world, trustOf(name), await token)

/** Side by side: most of the time goes into the cool-down between two questions to one issuer. */
async function forEach(names: readonly string[], check: (name: string) => Promise<void>): Promise<void> {
  await Promise.all(
    names.map((name) =>
      check(name).catch((cause: unknown) => {
        throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause })
      }),
    ),
  )
}

describe('every source', () => {
  it('is registered, once it has been asked, and trusted', async () => {
    await forEach(NAMES, async (name) => {
      const { registration } = source(name)
      const condition = RULES[name]?.condition(decodeJwt(await source(name).mint())) ?? 'false'
      trusted.set(name, await trustSource(world.operator, registration, condition))
      expect(source(name).fetches().jwks).toBe(1)
      const { body } = await must(world.operator, 'GET', `${PROVIDERS}/${trustOf(name).providerId}`)
      expect(at(body, 'provider')).toMatchObject({ ...registration, disabled: false })
    })
  })

  it('has its job’s token exchanged for one that opens the API', async () => {
    await forEach(NAMES, async (name) => {
      const answer = await exchange(world.server.url, trustOf(name).clientId, await mint(name))
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      const authorization = `Bearer ${textAt(answer, 'access_token')}`
      expect((await fetch(`${world.server.url}${PROVIDERS}`, { headers: { authorization } })).status).toBe(200)
    })
  })

  it('has a job that is not meant refused by the condition', async () => {
    await forEach(NAMES, async (name) => {
      expect(await verdict(name, mint(name, { claims: RULES[name]?.foreign ?? {} }))).toBe('condition.false')
    })
  })

  it('has its token explained step by step', async () => {
    await forEach(NAMES, async (name) => {
      const { servicePrincipalId, clientId } = trustOf(name)
      const path = `/api/v1/service_principals/${servicePrincipalId}/trusts/${encodeURIComponent(clientId)}/test`
      const good = await must(world.operator, 'POST', path, { subjectToken: await mint(name) })
      expect(at(good.body, 'overallResult'), JSON.stringify(good.body)).toBe(true)
      const bad = await must(world.operator, 'POST', path, { subjectToken: await mint(name, { fault: 'expired' }) })
      expect(at(bad.body, 'overallResult')).toBe(false)
      expect(at(bad.body, 'tokenFreshness', 'passed')).toBe(false)
      expect(at(bad.body, 'signatureValidation', 'passed')).toBe(true)
    })
  })

  it('is followed through every kind of rotation at once', async () => {
    await forEach(NAMES, async (name) => {
      for (const fault of ['rotated', 'rotated-same-kid', 'key-removed', 'rotated']) {
        await source(name).fail(fault)
        expect(await verdict(name, mint(name)), fault).toBe('granted')
      }
      await source(name).rotate({ keepOld: false })
      expect(await verdict(name, mint(name))).toBe('granted')
    })
  })

  it.each(Object.entries(CODES))('has a token that is %s judged: %s', async (fault, code) => {
    await forEach(NAMES, async (name) => {
      expect(await verdict(name, mint(name, { fault: fault as TokenFault }))).toBe(code) // a key of CODES
    })
  })

  it('has its own tokens refused by every other source’s trust', async () => {
    await forEach(NAMES, async (name) => {
      const token = await mint(name)
      for (const other of NAMES) {
        expect(await verdict(other, token), other).toBe(other === name ? 'granted' : 'issuer.mismatch')
      }
    })
  })

  it('that is disabled is refused at once, and let in again', async () => {
    await forEach(NAMES, async (name) => {
      const path = `${PROVIDERS}/${trustOf(name).providerId}`
      const token = await mint(name)
      await must(world.operator, 'PATCH', path, { provider: { disabled: true }, updateMask: 'disabled' })
      expect(await verdict(name, token)).toBe('provider.disabled')
      await must(world.operator, 'PATCH', path, { provider: { disabled: false }, updateMask: 'disabled' })
      expect(await verdict(name, token)).toBe('granted')
    })
  })
})

/** One of each kind is enough: the keys of all others come the same way. */
const TWO = ['gitlab', 'spiffe']
const BAD = ['unavailable', 'hanging', 'slow-drip', 'huge', 'redirect', 'html', 'empty', 'private-members', 'symmetric']

describe('while what a source publishes is bad', () => {
  it.each(BAD)('(%s) its known keys serve, and no other is believed', async (fault) => {
    await forEach(TWO, async (name) => {
      expect(await verdict(name, mint(name))).toBe('granted')
      await source(name).fail(fault)
      const verdicts = await Promise.all([
        verdict(name, mint(name, { fault: 'unknown-key' })),
        verdict(name, mint(name, { fault: 'forged' })),
        ...Array.from({ length: 5 }, () => verdict(name, mint(name))),
      ])
      expect(verdicts.slice(0, 2)).toEqual(['key.unavailable', 'signature.invalid'])
      expect(verdicts.slice(2)).toEqual(Array.from({ length: 5 }, () => 'granted'))
      source(name).mend()
    })
  })

  it('(a kid twice) the key that is not the issuer’s opens nothing, and the true one does', async () => {
    await forEach(TWO, async (name) => {
      await source(name).rotate({ keepOld: false })
      await source(name).fail('duplicate-kid')
      expect(await verdict(name, mint(name))).toBe('granted')
      source(name).mend()
    })
  })

  it.each(BAD)('(%s) nothing is registered', async (fault) => {
    await forEach(TWO, async (name) => {
      await source(name).fail(fault)
      const { registration } = source(name)
      // Of a trust domain that is not registered yet; GitLab, in an organisation that has none.
      const body = { ...registration, ...(name === 'spiffe' ? { issuerUrl: 'spiffe://other.example.org' } : {}) }
      const answer = await (name === 'spiffe' ? world.operator : elsewhere).call('POST', PROVIDERS, body)
      expect(answer.status).toBe(400)
      expect(JSON.stringify(answer.body)).toContain(name === 'spiffe' ? 'spiffe.bundleEndpointUrl' : 'issuerUrl')
      source(name).mend()
    })
    const list = await must(world.operator, 'GET', `${PROVIDERS}?page_size=100`)
    expect(at(list.body, 'list')).toHaveLength(NAMES.length)
    expect(at((await must(elsewhere, 'GET', PROVIDERS)).body, 'list')).toEqual([])
  })

  it('a clock that is wrong costs its tokens', async () => {
    await forEach(TWO, async (name) => {
      await source(name).fail('clock-ahead')
      expect(await verdict(name, mint(name))).toBe('token.not_yet_valid')
      await source(name).fail('clock-behind')
      expect(await verdict(name, mint(name))).toBe('token.expired')
      source(name).mend()
      expect(await verdict(name, mint(name))).toBe('granted')
    })
  })
})

describe('the bundle of a trust domain', () => {
  const NAME = 'spiffe'
  const ROUNDS = 6
  const path = () => `${PROVIDERS}/${trustOf(NAME).providerId}`
  const patch = (spiffe: object, updateMask?: string) =>
    world.operator.call('PATCH', path(), { provider: { spiffe }, ...(updateMask === undefined ? {} : { updateMask }) })

  it('is followed through rotations under load, with no valid token refused and few questions', async () => {
    const before = source(NAME).fetches().jwks
    for (let round = 0; round < ROUNDS; round++) {
      await source(NAME).rotate({ keepOld: round % 2 === 0, sameKid: round % 3 === 0 })
      const tokens = await Promise.all(Array.from({ length: 20 }, () => mint(NAME)))
      const verdicts = await Promise.all(tokens.map((token) => verdict(NAME, token)))
      expect(verdicts).toEqual(tokens.map(() => 'granted'))
    }
    expect(source(NAME).fetches().jwks - before).toBeLessThanOrEqual(ROUNDS + 1)
  })

  it('that is older than the one at hand is not believed', async () => {
    expect(await verdict(NAME, mint(NAME))).toBe('granted')
    await source(NAME).rotate({ keepOld: false })
    expect(await verdict(NAME, mint(NAME))).toBe('granted')
    await source(NAME).fail('older-bundle')
    expect(await verdict(NAME, mint(NAME, { fault: 'unknown-key' }))).toBe('key.unavailable')
    expect(await verdict(NAME, mint(NAME))).toBe('granted')
    source(NAME).mend()
  })

  it('for X.509-SVIDs only, and the profile that needs one, are refused by name', async () => {
    await source(NAME).fail('x509-only')
    const body = { ...source(NAME).registration, issuerUrl: 'spiffe://other.example.org' }
    const x509 = await world.operator.call('POST', PROVIDERS, body)
    expect(x509.status).toBe(400)
    expect(JSON.stringify(x509.body)).toMatch(/X\.509-SVIDs only, which are not supported/)
    source(NAME).mend()
    const { bundleEndpointUrl } = source(NAME).registration.spiffe ?? {}
    const profile = await world.operator.call('POST', PROVIDERS, {
      ...body,
      spiffe: { bundleEndpointUrl, profile: 'https_spiffe' },
    })
    expect(profile.status).toBe(400)
    expect(JSON.stringify(profile.body)).toMatch(/https_spiffe is not supported/)
  })

  it('at another endpoint is asked before it is stored', async () => {
    const before = source(NAME).fetches().jwks
    const bad = await patch({ bundleEndpointUrl: 'https://gitlab.com/oauth/discovery/keys' })
    expect(bad.status).toBe(400)
    expect(JSON.stringify(bad.body)).toContain('spiffe.bundleEndpointUrl')
    expect(await verdict(NAME, mint(NAME))).toBe('granted')
    const { bundleEndpointUrl } = source(NAME).registration.spiffe ?? {}
    const good = await patch({ bundleEndpointUrl: `${bundleEndpointUrl}?from=new` }, 'spiffe.bundleEndpointUrl')
    expect(good.status, JSON.stringify(good.body)).toBe(200)
    expect(source(NAME).fetches().jwks).toBeGreaterThan(before)
    expect(await verdict(NAME, mint(NAME))).toBe('granted')
  })

  it('may be uploaded instead, and each upload counts at once', async () => {
    const { port } = source(NAME)
    const fetched = async () => {
      const url = source(NAME).registration.spiffe?.bundleEndpointUrl ?? ''
      return (await ask(url, { caPem: world.stage.caPem, port })).body
    }
    await source(NAME).rotate({ keepOld: false })
    const old = await mint(NAME)
    expect((await patch({ bundleJson: await fetched() }, 'spiffe.bundleJson')).status).toBe(200)
    const asked = source(NAME).fetches().jwks
    expect(await verdict(NAME, old)).toBe('granted')
    await source(NAME).rotate({ keepOld: false })
    const young = await mint(NAME)
    expect(await verdict(NAME, young)).toBe('key.unknown')
    expect(source(NAME).fetches().jwks).toBe(asked)
    const pushed = await fetched()
    expect((await patch({ bundleJson: pushed }, 'spiffe.bundleJson')).status).toBe(200)
    expect(await verdict(NAME, young)).toBe('granted')
    expect(await verdict(NAME, old)).toBe('key.unknown')
    expect((await patch({}, 'spiffe.bundleJson')).status).toBe(200)
    expect(await verdict(NAME, young)).toBe('granted')
  })

  it('that takes all keys back is believed when it is newer', async () => {
    const token = await mint(NAME)
    expect(await verdict(NAME, token)).toBe('granted')
    await source(NAME).fail('keys-revoked')
    expect(await verdict(NAME, mint(NAME, { fault: 'unknown-key' }))).toBe('key.unknown')
    expect(await verdict(NAME, token)).toBe('key.unknown')
    source(NAME).mend()
    expect(await verdict(NAME, token)).toBe('granted')
  })

  it('is asked again in the background as often as it says', async () => {
    const { url, token } = world.stage.control
    await fetch(`${url}/spiffe/refresh-hint`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ seconds: 10 }),
    })
    await source(NAME).rotate({ keepOld: false })
    expect(await verdict(NAME, mint(NAME))).toBe('granted')
    const before = source(NAME).fetches().jwks
    const old = await mint(NAME)
    await source(NAME).rotate({ keepOld: false })
    // No token comes; the key that was taken back is gone all the same.
    await expect.poll(() => source(NAME).fetches().jwks, { timeout: 30_000, interval: 250 }).toBeGreaterThan(before)
    await expect.poll(() => verdict(NAME, old), { timeout: 5_000 }).toBe('key.unknown')
  })
})

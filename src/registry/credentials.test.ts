import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createCredential, getCredential, listCredentials, removeCredential, updateCredential } from './credentials.ts'
import { clientIdOf } from './cutename.ts'
import type { CredentialDraft } from './drafts.ts'
import { createServicePrincipal } from './service-principals.ts'
import { actorIn, admin, createTestRegistry, operator, principalDraft, type TestRegistry } from './testing/registry.ts'

const actor = actorIn('acme')
const DAY_MS = 86_400_000
let at: TestRegistry
beforeEach(async () => {
  at = await createTestRegistry()
  await createServicePrincipal(at, actor, admin, principalDraft({ id: 'deployer', roleIds: ['admin', 'viewer'] }))
  await createServicePrincipal(at, actor, admin, principalDraft({ id: 'other' }))
  await createServicePrincipal(at, actorIn('rival'), admin, principalDraft({ id: 'deployer' }))
})

function draft(fields: Partial<CredentialDraft> = {}): CredentialDraft {
  const none = { displayName: null, lifetimeSeconds: null, requireDpop: false }
  return { ...none, scopedRoleIds: [], allowSourceCidrs: [], ...fields }
}

describe('a credential', () => {
  it('has a secret that is an Ed25519 private key, shown once and kept as a hash', async () => {
    const { credential, clientSecret } = await createCredential(at, actor, admin, 'deployer', draft())
    const [prefix, owner, version, key = '', ...rest] = clientSecret.split(':')
    expect([prefix, owner, version, rest]).toEqual(['secret-token', 'conductorone.com', 'v1', []])
    const jwk = JSON.parse(Buffer.from(key, 'base64url').toString())
    expect(jwk).toEqual({ kty: 'OKP', crv: 'Ed25519', x: credential.publicKeyX, d: expect.any(String) })
    expect(credential.secretHash).toBe(createHash('sha256').update(clientSecret).digest('base64url'))

    const message = Buffer.from('assertion')
    const signature = sign(null, message, createPrivateKey({ key: jwk, format: 'jwk' }))
    const { kty, crv } = jwk
    const publicKey = createPublicKey({ key: { kty, crv, x: credential.publicKeyX }, format: 'jwk' })
    expect(verify(null, message, publicKey, signature)).toBe(true)

    const kept = JSON.stringify([at.events, await at.stores.credentials.get(credential.id)])
    expect(kept).not.toContain(jwk.d)
    expect(kept).not.toContain(key)
    expect(JSON.stringify(at.events)).not.toContain(credential.secretHash)
    expect(at.events.at(-1)).toMatchObject({ action: 'credential.create', target: { id: credential.id } })
  })

  it.each([
    [null, 90 * DAY_MS],
    [1, 1000],
    [180 * 86_400, 180 * DAY_MS],
  ])('with a lifetime of %o seconds expires after %i ms', async (lifetimeSeconds, expected) => {
    const { credential } = await createCredential(at, actor, admin, 'deployer', draft({ lifetimeSeconds }))
    expect(credential.expiresAt.getTime() - at.clock.now.getTime()).toBe(expected)
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 180 * 86_400 + 1])(
    'never lives %o seconds',
    async (lifetimeSeconds) => {
      await expect(createCredential(at, actor, admin, 'deployer', draft({ lifetimeSeconds }))).rejects.toMatchObject({
        code: 'credential.lifetime_invalid',
      })
    },
  )

  it('has every fault told at once', async () => {
    const bad = draft({
      displayName: '\u0000',
      lifetimeSeconds: 0,
      scopedRoleIds: ['X'],
      allowSourceCidrs: ['10/8', '::1'],
    })
    await expect(createCredential(at, actor, admin, 'deployer', bad)).rejects.toMatchObject({
      fields: [
        { path: 'displayName' },
        { path: 'scopedRoleIds[0]' },
        { path: 'allowSourceCidrs[0]', code: 'cidr.invalid' },
        { path: 'lifetimeSeconds' },
      ],
    })
  })

  it('is found by its short and its full client id, and by no other', async () => {
    const { credential } = await createCredential(at, actor, admin, 'deployer', draft())
    const { id } = credential
    const get = (clientId: string) => getCredential(at, 'acme', 'deployer', clientId)
    expect(await get(id)).toEqual(credential)
    expect(await get(clientIdOf(id, 'acme.entente.example', 'spc'))).toEqual(credential)
    for (const wrong of [
      clientIdOf(id, 'acme.entente.example', 'wfe'),
      clientIdOf(id, 'entente.example', 'spc'),
      clientIdOf(id, 'rival.entente.example', 'spc'),
      'clever-fox-42195',
      '',
      `${id}\u0000`,
    ]) {
      await expect(get(wrong)).rejects.toMatchObject({ kind: 'missing', code: 'credential.unknown' })
    }
  })

  it('of another principal or organisation answers like none', async () => {
    const { credential } = await createCredential(at, actor, admin, 'deployer', draft())
    for (const [organisation, principal] of [
      ['acme', 'other'],
      ['rival', 'deployer'],
    ] as const) {
      const away = actorIn(organisation)
      for (const attempt of [
        getCredential(at, organisation, principal, credential.id),
        updateCredential(at, away, operator, principal, credential.id, { displayName: 'x' }),
        removeCredential(at, away, principal, credential.id),
      ]) {
        await expect(attempt).rejects.toMatchObject({ kind: 'missing', code: 'credential.unknown', fields: [] })
      }
      expect(await listCredentials(at, organisation, principal, { limit: 10 })).toEqual([])
    }
  })

  it('changes by merging; its secret and its end do not', async () => {
    const { credential } = await createCredential(at, actor, admin, 'deployer', draft({ displayName: 'cron' }))
    const after = await updateCredential(at, actor, admin, 'deployer', credential.id, {
      allowSourceCidrs: ['192.0.2.0/24'],
      scopedRoleIds: ['viewer', 'viewer'],
    })
    const allowSourceCidrs = ['192.0.2.0/24']
    expect(after).toEqual({ ...credential, allowSourceCidrs, scopedRoleIds: ['viewer'], version: 2 })
    expect(at.events.at(-1)?.before).not.toHaveProperty('secretHash')
    const stale = updateCredential(at, actor, admin, 'deployer', credential.id, { displayName: null, version: 1 })
    await expect(stale).rejects.toMatchObject({ code: 'credential.changed' })
  })

  it('is removed once, with an audit row', async () => {
    const { credential } = await createCredential(at, actor, admin, 'deployer', draft())
    await removeCredential(at, actor, 'deployer', credential.id)
    expect(at.events.at(-1)).toMatchObject({ action: 'credential.remove', after: null })
    await expect(removeCredential(at, actor, 'deployer', credential.id)).rejects.toMatchObject({
      code: 'credential.unknown',
    })
  })

  it('of a principal above the grantor is not theirs to make or widen', async () => {
    const home = actorIn('default')
    await createServicePrincipal(at, home, operator, principalDraft({ id: 'root', roleIds: ['operator', 'viewer'] }))
    const make = (scopedRoleIds: string[]) => createCredential(at, home, admin, 'root', draft({ scopedRoleIds }))
    await expect(make([])).rejects.toMatchObject({ kind: 'denied', code: 'role.above_own' })
    await expect(make(['operator'])).rejects.toMatchObject({ code: 'role.above_own' })
    const { credential } = await make(['viewer'])
    const change = (fields: Parameters<typeof updateCredential>[5]) =>
      updateCredential(at, home, admin, 'root', credential.id, fields)
    await expect(change({ scopedRoleIds: [] })).rejects.toMatchObject({ code: 'role.above_own' })
    await change({ displayName: 'x' })
  })

  it('draws another id when one is taken', async () => {
    const taken = new Uint8Array(8)
    const draws = [taken, taken, taken, randomBytes(8)]
    const scripted = { ...at, randomBytes: () => draws.shift() ?? taken }
    const first = await createCredential(scripted, actor, admin, 'deployer', draft())
    const second = await createCredential(scripted, actor, admin, 'deployer', draft())
    expect(second.credential.id).not.toBe(first.credential.id)
    expect(draws).toEqual([])
    await expect(createCredential(scripted, actor, admin, 'deployer', draft())).rejects.toMatchObject({
      code: 'credential.id_taken',
    })
  })
})

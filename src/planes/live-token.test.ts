/** Whether a token that was good is good still. What the trusts and credentials say is shown by test/peers/token-endpoint. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { NOW, providerOf } from '../protocols/testing/upstream.ts'
import type { ProviderSubject } from '../registry/exchange-subject.ts'
import type { Provider } from '../registry/provider.ts'
import { organisationRecord } from '../registry/testing/memory-stores.ts'
import { createLiveTokens } from './live-token.ts'
import type { LinkedPerson } from './token-exchange/linked-persons.ts'

const NAME = '//entente.example/organizations/default/providers/corp'
const PRINCIPAL = 'principal://entente.example/organizations/default/subject/alice'
const CLAIMS: JsonObject = {
  iss: 'https://entente.example',
  aud: 'https://entente.example',
  sub: PRINCIPAL,
  client_id: NAME,
  organization: 'default',
  roles: ['viewer', 'admin'],
  jti: 'token-1',
  exp: NOW.getTime() / 1000 + 60,
}
const PERSON: LinkedPerson = { uid: 'person-1', organisation: 'default', enabled: true, roleIds: ['viewer'] }
const people = (change: Partial<Provider> = {}) =>
  providerOf({ clientId: 'c' }, { id: 'corp', use: 'workforce', ...change })

function read(claims: JsonObject, provider: Provider | null = people(), person: LinkedPerson | null = null) {
  const organisation = organisationRecord({ uid: 'organisation-1', id: provider?.organisation ?? 'default' })
  const subject: ProviderSubject | null =
    provider === null ? null : { provider, organisation, audience: 'entente.example', trusts: [] }
  const none = { get: async () => null }
  return createLiveTokens({
    signing: { verify: () => claims },
    subjects: { trusts: none, credentials: none, providers: { get: async (name) => (name === NAME ? subject : null) } },
    linkedPersons: { find: () => null, get: (_organisation, uid) => (person?.uid === uid ? person : null) },
    personOf: async () => null,
    revokedTokens: { revoke: async () => {}, isRevoked: async () => false, purge: async () => 0 },
    publicUrl: 'https://entente.example',
    now: () => NOW,
  }).read('token')
}

describe('the token of a person', () => {
  it('lives while its provider does, and has no role of its own', async () => {
    expect(await read(CLAIMS)).toMatchObject({ subject: PRINCIPAL, roles: [], thumbprint: null })
    for (const provider of [
      null,
      people({ enabled: false }),
      people({ expiresAt: NOW }),
      people({ use: 'workload' }),
    ]) {
      expect(await read(CLAIMS, provider)).toBeNull()
    }
    expect(await read({ ...CLAIMS, organization: 'acme' })).toBeNull()
  })

  it('of a linked one lives while they do, and has the roles they still have', async () => {
    const linked = { ...CLAIMS, sub: 'person-1' }
    expect(await read(linked, people(), PERSON)).toMatchObject({
      subject: 'person-1',
      roles: ['viewer'],
      isOfApp: false,
      isOfPerson: true,
    })
    expect(await read(linked, people(), { ...PERSON, enabled: false })).toBeNull()
    expect(await read(linked, people(), null)).toBeNull()
  })
})

describe('a token bound to a key', () => {
  it('says to which', async () => {
    expect(await read({ ...CLAIMS, cnf: { jkt: 'thumb' } })).toMatchObject({ thumbprint: 'thumb' })
  })

  it.each([{ 'x5t#S256': 'x' }, {}, 'thumb', null, { jkt: 7 }])(
    'in a way that we do not know does not count: %j',
    async (cnf) => {
      // Sound: each is JSON.
      expect(await read({ ...CLAIMS, cnf: cnf as JsonObject })).toBeNull()
    },
  )
})

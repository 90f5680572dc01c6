/** The real way in on a real server, with an upstream that any code convinces: what lies around it is what is tested. */
import { randomBytes } from 'node:crypto'
import { createConditions } from '../../../claims/condition.ts'
import { createRefusalLimit } from '../../../http/refusal-limit.ts'
import type { Protocols, SignedIn, SignIn, SignInReturn } from '../../../registry/protocol.ts'
import type { Registry } from '../../../registry/registry.ts'
import { type House, openHouse } from '../../openid-provider/testing/house.ts'
import { signInRoutes } from '../routes.ts'
import { testUrlOf } from '../test-ticket.ts'

export const IDP = 'https://okta.example'

export const ADA: SignedIn = {
  subject: 'u-1',
  claims: { sub: 'u-1', name: 'Ada', groups: ['staff'] },
  email: { address: 'ada@acme.example', isVerified: true },
  acr: 'phr',
  amr: ['hwk'],
  authTime: null,
  session: 'sid-1',
  logout: {},
  sessionEndsAt: null,
}

export interface WayIn {
  readonly house: House
  /** What the upstream says next, and what it was asked. */
  readonly upstream: { says: SignedIn; asked: SignInReturn[] }
  /** The address that a face would answer. */
  testUrl(providerId: string): Promise<string>
}

/** The code `good` convinces; any other is refused by the rung `answer`. `more` protocols stand beside it; `idp` is where it lives. */
export async function openWayIn(more: Protocols = {}, idp = IDP): Promise<WayIn> {
  const upstream: WayIn['upstream'] = { says: ADA, asked: [] }
  const fakeSignIn: SignIn = {
    async begin({ provider, state, returnUrl, loginHint }) {
      const hint = loginHint === null ? '' : `&login_hint=${encodeURIComponent(loginHint)}`
      const url = `${idp}/authorize?provider=${provider.id}&state=${state}&redirect_uri=${encodeURIComponent(returnUrl)}${hint}`
      return { method: 'GET', url, fields: {}, memory: { nonce: `nonce of ${state}` } }
    },
    async finish(answer, ladder) {
      upstream.asked.push(answer)
      const isGood = ladder.check('answer', answer.parameters.code === 'good', 'upstream.access_denied')
      return isGood ? upstream.says : null
    },
  }
  let ticketTools: Parameters<typeof testUrlOf>[0] | null = null
  const house = await openHouse({
    wayIn: ({ url, registry, storage, sealing, library, accounts, recorder, findApp, onError, ...account }) => {
      const { now, newUid } = registry
      ticketTools = { publicUrl: url, sealing, now, newUid }
      const { oidc } = registry.protocols
      if (oidc === undefined) throw new TypeError('the registry has the protocol')
      const protocols: Registry['protocols'] = { ...registry.protocols, ...more, oidc: { ...oidc, signIn: fakeSignIn } }
      return signInRoutes({
        registry: { ...registry, protocols },
        stores: storage,
        protocols,
        conditions: createConditions(),
        logins: storage.logins,
        sessions: storage.sessions,
        sealing,
        library,
        accounts,
        ...account,
        recorder,
        oneTime: storage.oneTime,
        findApp,
        publicUrl: url,
        limit: createRefusalLimit({ perMinute: 10_000, now }),
        samlMetadata: async ({ id }, isSigned) => `<EntityDescriptor id="${id}" signed="${isSigned}"/>`,
        onKeyUnknown: () => undefined,
        now,
        newUid,
        randomBytes,
        onDecision: () => undefined,
        onError,
      })
    },
  })
  return {
    house,
    upstream,
    async testUrl(id) {
      const provider = await house.storage.providers.get('acme', id)
      if (provider === null || ticketTools === null) throw new Error(`no provider ${id}`)
      return testUrlOf(ticketTools, provider)
    },
  }
}

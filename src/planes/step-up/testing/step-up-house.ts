/** The whole of both planes on a real server, with upstreams that any code convinces: what lies around them is what is tested. */
import { randomBytes } from 'node:crypto'
import { createConditions } from '../../../claims/condition.ts'
import { createRefusalLimit } from '../../../http/refusal-limit.ts'
import type { SignedIn, SignIn, SignInReturn } from '../../../registry/protocol.ts'
import type { Browser, Page } from '../../openid-provider/testing/browser.ts'
import { type House, openHouse } from '../../openid-provider/testing/house.ts'
import { signInRoutes } from '../../sign-in/routes.ts'
import { stepUpRoutes } from '../index.ts'

export const IDP = 'https://okta.example'

export const PROOF: SignedIn = {
  subject: 'u-1',
  claims: { iss: IDP, sub: 'u-1', acr: 'phr', amr: ['hwk'], auth_time: 1_790_000_000, nonce: 'n', groups: ['secret'] },
  email: null,
  acr: 'phr',
  amr: ['hwk'],
  authTime: new Date(1_790_000_000_000),
  session: null,
  logout: {},
  sessionEndsAt: null,
}

export interface StepUpHouse {
  readonly house: House
  /** What the upstreams say next, and what the step-up provider was asked. */
  readonly upstream: { person: string; proof: SignedIn; login: Partial<SignedIn>; asked: SignInReturn[] }
  /** As before any test. */
  reset(): void
}

/** Ada of acme, who signs in by okta as `u-1`; step-up providers prove `PROOF` until told otherwise. */
export async function openStepUpHouse(): Promise<StepUpHouse> {
  const upstream: StepUpHouse['upstream'] = { person: 'u-1', proof: PROOF, login: {}, asked: [] }
  const fakeSignIn: SignIn = {
    async begin({ state, returnUrl, demands }) {
      const query = new URLSearchParams({ state, redirect_uri: returnUrl, demands: JSON.stringify(demands) })
      return { method: 'GET', url: `${IDP}/authorize?${query}`, fields: {}, memory: { of: state } }
    },
    async finish(answer, ladder) {
      ladder.check('answer', answer.parameters.code !== 'weak', 'upstream.level_unmet')
      ladder.check('answer', answer.parameters.code === 'good', 'upstream.access_denied')
      if (answer.provider.use !== 'step-up')
        return { ...PROOF, subject: upstream.person, acr: null, amr: ['pwd'], ...upstream.login }
      upstream.asked.push(answer)
      return upstream.proof
    },
  }
  const house = await openHouse({
    wayIn: ({ url, registry, storage, onError, ...parts }) => {
      const { oidc } = registry.protocols
      if (oidc === undefined) throw new TypeError('the registry has the protocol')
      const protocols = { ...registry.protocols, oidc: { ...oidc, signIn: fakeSignIn } }
      const options = {
        ...parts,
        registry: { ...registry, protocols, publicUrl: url },
        stores: storage,
        protocols,
        conditions: createConditions(),
        logins: storage.logins,
        sessions: storage.sessions,
        oneTime: storage.oneTime,
        samlMetadata: async () => '',
        onKeyUnknown: () => undefined,
        publicUrl: url,
        limit: createRefusalLimit({ perMinute: 10_000, now: registry.now }),
        now: registry.now,
        newUid: registry.newUid,
        randomBytes,
        onDecision: () => undefined,
        onError,
      }
      return async (app) => {
        await app.register(signInRoutes(options))
        await app.register(stepUpRoutes(options))
      }
    },
  })
  const reset = () => void Object.assign(upstream, { person: 'u-1', proof: PROOF, login: {}, asked: [] })
  return { house, upstream, reset }
}

/** Through sign-in, where it is asked for; ends at the step-up provider, at an app, or at a page. */
export async function toProof(browser: Browser, url: string): Promise<Page> {
  let page = await browser.go(url)
  if (page.url.startsWith(IDP) && new URL(page.url).searchParams.get('redirect_uri')?.includes('/sign-in/')) {
    page = await browser.go(backOf(page.url))
  }
  // The library lets another account go by a form that sends itself.
  return page.text.includes('<form') ? await browser.submit(page) : page
}

/** Back from an upstream, with what it answers. */
export function backOf(url: string, code = 'good'): string {
  const sent = new URL(url).searchParams
  return `${sent.get('redirect_uri')}?state=${sent.get('state')}&code=${code}`
}

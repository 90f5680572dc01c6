/** When a person is asked although their browser has a session, to come in again or to consent: the library's reasons, and ours. */
import { type KoaContextWithOIDC, interactionPolicy as library, type interactionPolicy as Policy } from 'oidc-provider'
import { type App, allowsProvider, servesOrganisation } from '../../registry/app.ts'
import type { Accounts, Standing } from './accounts.ts'
import { askedLevel, isMet, LEVEL_UNMET } from './asked-level.ts'

export interface PromptOptions {
  readonly accounts: Accounts
  readonly findApp: (clientId: string) => Promise<App | null>
}

export function interactionPolicy({ accounts, findApp }: PromptOptions): Policy.DefaultPolicy {
  const policy = library.base()
  const login = policy.get('login')
  if (login === undefined) throw new TypeError('the library has no login prompt')
  const { Check } = library
  // The library compares texts; a stronger level satisfies a weaker request.
  for (const check of ['essential_acr', 'essential_acrs']) login.checks.remove(check)
  login.checks.add(
    new Check(
      LEVEL_UNMET,
      'the level of authentication that was asked for is not reached',
      'unmet_authentication_requirements',
      (ctx) => {
        const standing = accounts.standingOf(ctx)
        // Whoever is not signed in at all is asked for that first.
        return standing !== null && !isMet(askedLevel(Object(ctx.oidc.params)), standing.session.acr)
      },
    ),
  )
  login.checks.add(
    new Check(
      'session_ended',
      'the session has ended',
      'login_required',
      (ctx) => ctx.oidc.session?.accountId !== undefined && accounts.standingOf(ctx) === null,
    ),
  )
  login.checks.add(
    new Check('session_unfit', 'the session is of another organisation or provider', 'login_required', async (ctx) => {
      const standing = accounts.standingOf(ctx)
      // A login that has just ended here was judged there; to ask again would turn in a circle.
      if (standing === null || ctx.oidc.result?.login !== undefined) return false
      const app = ctx.oidc.client === undefined ? null : await findApp(ctx.oidc.client.clientId)
      return app === null || !fits(ctx, app, standing)
    }),
  )
  const consent = policy.get('consent')
  if (consent === undefined) throw new TypeError('the library has no consent prompt')
  // The library asks the people of every native app; of the organisation's own nobody is asked.
  consent.checks.remove(NATIVE)
  consent.checks.add(
    new Check(NATIVE, 'native clients require End-User interaction', 'interaction_required', async (ctx) => {
      const { client, result } = ctx.oidc
      if (client?.applicationType !== 'native' || result?.consent !== undefined) return false
      return (await findApp(client.clientId))?.firstParty !== true
    }),
  )
  return policy
}

/** The library's name of it. Source: RFC 8252 §8.6: anybody can pretend to be a native app. */
const NATIVE = 'native_client_prompt'

function fits(ctx: KoaContextWithOIDC, app: App, { person, provider }: Standing): boolean {
  const params = Object(ctx.oidc.params)
  const hinted = params.idp_hint ?? params.kc_idp_hint
  if (typeof params.organization === 'string' && params.organization !== person.organisation) return false
  if (typeof hinted === 'string' && hinted !== provider.id && hinted !== `${provider.organisation}/${provider.id}`)
    return false
  return servesOrganisation(app, person.organisation) && allowsProvider(app, provider)
}

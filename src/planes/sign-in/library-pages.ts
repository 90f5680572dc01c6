/** The pages that the OpenID Provider library asks for: its forms, our words and frame. */
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { App } from '../../registry/app.ts'
import { DEFAULT_ORGANISATION } from '../../registry/organisation.ts'
import type { OrganisationStore } from '../../registry/organisation-store.ts'
import type { Accounts } from '../openid-provider/accounts.ts'
import type { LibraryPages } from '../openid-provider/configuration.ts'
import { detailOf, outsideOfLibrary } from './library-errors.ts'
import { readLibraryForm } from './library-form.ts'
import { type DeviceProblem, deviceCodePage, deviceConfirmPage, deviceDonePage } from './pages/device.ts'
import { errorPage } from './pages/error.ts'
import { brandOf } from './pages/frame/brand.ts'
import type { View } from './pages/frame/page.ts'
import { loggedOutPage, logoutPage, stillSignedInPage } from './pages/logout.ts'
import { languageOf } from './pages/words/language.ts'

export interface LibraryPageOptions {
  readonly organisations: Pick<OrganisationStore, 'get'>
  readonly accounts: Pick<Accounts, 'standingOf'>
  readonly findApp: (clientId: string) => Promise<App | null>
}

/** Names of the library's errors, when a user code is asked for again. Source: oidc-provider 9, lib/helpers/re_render_errors.js. */
const DEVICE_PROBLEMS: Readonly<Record<string, DeviceProblem>> = {
  NoCodeError: 'missing',
  NotFoundError: 'unknown',
  ExpiredError: 'expired',
  AlreadyUsedError: 'used',
  AbortedError: 'aborted',
  // The form's own token: of another session, or of none.
  InvalidRequest: 'stale',
}

export function createLibraryPages({ organisations, accounts, findApp }: LibraryPageOptions): LibraryPages {
  const appOf = async (ctx: KoaContextWithOIDC) => {
    const clientId = ctx.oidc?.client?.clientId
    return clientId === undefined ? null : await findApp(clientId)
  }
  // The person's organisation, else the app's own. What a stranger merely names shows nobody's name: it would tell who is here.
  const viewOf = async (ctx: KoaContextWithOIDC): Promise<View> => {
    const { ui_locales: uiLocales } = Object(ctx.oidc?.params)
    const locales = typeof uiLocales === 'string' ? uiLocales : null
    const found =
      accounts.standingOf(ctx)?.organisation ??
      (await organisations.get((await appOf(ctx))?.organisation ?? DEFAULT_ORGANISATION))
    return { language: languageOf(locales, ctx.get('accept-language')), brand: found === null ? null : brandOf(found) }
  }
  return {
    async error(ctx, error) {
      const app = await appOf(ctx)
      // Where an app has its people begin a login: the way back to it that starts afresh.
      const back = app?.initiateLoginUri ? { app: app.displayName ?? app.id, href: app.initiateLoginUri } : null
      const key = outsideOfLibrary(error, ctx.oidc?.route ?? '')
      const detail = key === 'app' ? { detail: detailOf(error) } : {}
      return errorPage({ ...(await viewOf(ctx)), error: key, decision: null, again: null, back, ...detail })
    },
    logout: async (ctx, form) => logoutPage({ ...(await viewOf(ctx)), ...readLibraryForm(form) }),
    async loggedOut(ctx) {
      const view = await viewOf(ctx)
      // The library leads here from both answers: also from "stay signed in".
      if (await isSignedIn(ctx)) return stillSignedInPage(view)
      // Our logout does not end the provider's own session.
      return loggedOutPage({ ...view, isUpstreamOpen: true, again: (await appOf(ctx))?.initiateLoginUri ?? null })
    },
    async userCode(ctx, form, problem) {
      const { action, hidden, typed } = readLibraryForm(form)
      if (problem !== null && dropUnsaved(ctx))
        return errorPage({ ...(await viewOf(ctx)), error: 'stale', decision: null, again: action, back: null })
      const known = problem === null ? null : (DEVICE_PROBLEMS[problem] ?? 'failed')
      return deviceCodePage({ ...(await viewOf(ctx)), action, hidden, userCode: typed, problem: known })
    },
    confirmDevice: async (ctx, form, app, userCode) =>
      deviceConfirmPage({ ...(await viewOf(ctx)), ...readLibraryForm(form), app, userCode }),
    deviceDone: async (ctx) => deviceDonePage(await viewOf(ctx)),
  }
}

/** Whether the browser's cookie still leads to a person: the library reads no session on the page after the logout. */
async function isSignedIn({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const id = oidc.cookies.get(oidc.provider.cookieName('session'))
  return id !== undefined && (await oidc.provider.Session.find(id))?.accountId !== undefined
}

/**
 * True for a browser without a session of the library: it came to the form's action without the form. The library has put the
 * token of a new form into a session that it will not send a cookie for, and ends in a fault where it then tries to save it.
 */
function dropUnsaved({ oidc: { session } }: KoaContextWithOIDC): boolean {
  if (session === undefined || typeof session.exp === 'number') return false
  Object.assign(session, { touched: false })
  return true
}

/** The pages that the OpenID Provider library asks for: its forms, our words and frame. */
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { OrganisationStore } from '../../registry/organisation-store.ts'
import type { Accounts } from '../openid-provider/accounts.ts'
import type { LibraryPages } from '../openid-provider/configuration.ts'
import { type DeviceProblem, deviceCodePage, deviceConfirmPage, deviceDonePage } from './pages/device.ts'
import { errorPage } from './pages/error.ts'
import { brandOf } from './pages/frame/brand.ts'
import type { HiddenFields, View } from './pages/frame/page.ts'
import { loggedOutPage, logoutPage } from './pages/logout.ts'
import { languageOf } from './pages/words/language.ts'

export interface LibraryPageOptions {
  readonly organisations: Pick<OrganisationStore, 'get'>
  readonly accounts: Pick<Accounts, 'standingOf'>
}

/** Names of the library's own errors, when a user code is asked for again. Source: oidc-provider, re_render_errors. */
const DEVICE_PROBLEMS: Readonly<Record<string, DeviceProblem>> = {
  NoCodeError: 'missing',
  NotFoundError: 'unknown',
  ExpiredError: 'expired',
  AlreadyUsedError: 'used',
  AbortedError: 'aborted',
}

export function createLibraryPages({ organisations, accounts }: LibraryPageOptions): LibraryPages {
  const viewOf = async (ctx: KoaContextWithOIDC): Promise<View> => {
    const { ui_locales: uiLocales, organization } = Object(ctx.oidc?.params)
    const named = accounts.standingOf(ctx)?.organisation ?? null
    const found = named ?? (typeof organization === 'string' ? await organisations.get(organization) : null)
    const locales = typeof uiLocales === 'string' ? uiLocales : null
    return { language: languageOf(locales, ctx.get('accept-language')), brand: found === null ? null : brandOf(found) }
  }
  return {
    async error(ctx, { error }) {
      // What the app sent is the app's fault; that a login is over is nobody's.
      const isOver = error === 'session_not_found' || ctx.oidc?.route?.endsWith('resume') === true
      return errorPage({
        ...(await viewOf(ctx)),
        error: isOver ? 'expired' : 'app',
        decision: null,
        again: null,
        back: null,
      })
    },
    logout: async (ctx, form) => logoutPage({ ...(await viewOf(ctx)), ...fieldsOf(form) }),
    loggedOut: async (ctx) => loggedOutPage({ ...(await viewOf(ctx)), isUpstreamOpen: false, again: null }),
    async userCode(ctx, form, problem) {
      const known = problem === null ? null : (DEVICE_PROBLEMS[problem] ?? 'failed')
      return deviceCodePage({ ...(await viewOf(ctx)), ...fieldsOf(form), userCode: null, problem: known })
    },
    confirmDevice: async (ctx, form, app, userCode) =>
      deviceConfirmPage({ ...(await viewOf(ctx)), ...fieldsOf(form), app, userCode }),
    deviceDone: async (ctx) => deviceDonePage(await viewOf(ctx)),
  }
}

/** Where the library's form leads, and what it hides: made by it of its own texts, so its writing is known. */
function fieldsOf(form: string): { readonly action: string; readonly hidden: HiddenFields } {
  const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(form) ?? []
  const inputs = form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g)
  const hidden = [...inputs].map(([, name = '', value = '']) => [name, plain(value)] as const)
  return { action: plain(action), hidden: Object.fromEntries(hidden) }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => ENTITIES[name] ?? all)
}

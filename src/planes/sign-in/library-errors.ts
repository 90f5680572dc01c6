/** What a person is told where the OpenID Provider library could not go on, and there was no app to tell it to. */
import type { ErrorKey } from './pages/error.ts'

export interface LibraryError {
  readonly error: string
  readonly error_description?: string | undefined
}

/**
 * By the library's route, for its errors themselves say `invalid_request` of nearly everything.
 *
 * Source: oidc-provider 9, lib/actions/authorization/resume.js, lib/actions/end_session.js, lib/shared/xsrf.js.
 */
export function outsideOfLibrary({ error, error_description: description }: LibraryError, route: string): ErrorKey {
  if (error === 'server_error') return 'internal'
  if (error === 'temporarily_unavailable') return 'unavailable'
  // Back from a login: what it wants to go on with is gone, or is in another browser.
  if (route === 'resume' || route === 'device_resume')
    return /mismatch/.test(description ?? '') ? 'otherBrowser' : 'expired'
  // Its only parameters are ours, and those of the page before.
  if (route === 'end_session_confirm') return 'stale'
  return 'app'
}

/** Long enough for every sentence of the library's own. */
const DETAIL_CHARACTERS = 200

/** The error as the app would have been told it: whoever runs the app finds no decision of a request that nobody may trust. */
export function detailOf({ error, error_description: description }: LibraryError): string {
  return (description === undefined ? error : `${error}: ${description}`).slice(0, DETAIL_CHARACTERS)
}

/**
 * The apps that we are ourselves: in no store, so that nobody can change or delete them, and of client ids that no app of the
 * registry can have, since names have no colon. Neither holds a secret, and neither is asked for consent.
 */
import type { App } from '../../registry/app.ts'
import { MANAGE_SCOPE } from '../../registry/app-rules.ts'
import { DEFAULT_ORGANISATION } from '../../registry/organisation.ts'
import { STEP_UP_APP, signedInUrl } from '../step-up/own-app.ts'

/**
 * The console in the browser: what it may do is what its person may. Its tokens are for ourselves alone, and short: it has no
 * refresh tokens, and asks the session for the next one.
 */
export const CONSOLE_APP = 'entente:console'

/** Who is signed in, and the faces. */
export const CONSOLE_SCOPES: readonly string[] = ['openid', 'profile', 'email', MANAGE_SCOPE]

export function ownApps(publicUrl: string): readonly App[] {
  return [
    ownApp({ id: STEP_UP_APP, displayName: 'Entente', redirectUris: [signedInUrl(publicUrl)], scopes: ['openid'] }),
    ownApp({
      id: CONSOLE_APP,
      displayName: 'Entente console',
      redirectUris: [`${publicUrl}/console/return`],
      postLogoutRedirectUris: [`${publicUrl}/console/`],
      scopes: CONSOLE_SCOPES,
    }),
  ]
}

type Own = Pick<App, 'id' | 'displayName' | 'redirectUris' | 'scopes'> & Partial<Pick<App, 'postLogoutRedirectUris'>>

function ownApp(own: Own): App {
  const [none, never] = [[] as readonly string[], new Date(0)]
  return {
    uid: own.id,
    organisation: DEFAULT_ORGANISATION,
    enabled: true,
    postLogoutRedirectUris: none,
    backchannelLogoutUri: null,
    grantTypes: ['authorization_code'],
    resources: none,
    tokenEndpointAuthMethod: 'none',
    secrets: {},
    jwks: null,
    jwksUri: null,
    requireDpop: false,
    firstParty: true,
    idTokenSignedResponseAlg: 'RS256',
    initiateLoginUri: null,
    allowedOrganizations: none,
    allowedProviders: none,
    labels: {},
    version: 1,
    createdAt: never,
    updatedAt: never,
    ...own,
  }
}

/**
 * The app that we are ourselves: a person who opens a step-up without a session comes in through our own OpenID Provider like
 * through any app's. Its code ends on our page and is good for nothing: nobody keeps the verifier.
 */
import type { App } from '../../registry/app.ts'

/** No app of the registry can have this client id: names have no colon. */
export const OWN_APP = 'entente:step-up'

export function ownApp(publicUrl: string): App {
  const [none, never] = [[] as readonly string[], new Date(0)]
  return {
    uid: OWN_APP,
    id: OWN_APP,
    organisation: 'default',
    displayName: 'Entente',
    enabled: true,
    redirectUris: [signedInUrl(publicUrl)],
    postLogoutRedirectUris: none,
    backchannelLogoutUri: null,
    grantTypes: ['authorization_code'],
    scopes: ['openid'],
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
  }
}

export function signedInUrl(publicUrl: string): string {
  return `${publicUrl}/step-up/signed-in`
}

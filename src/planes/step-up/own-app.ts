/**
 * The app of step-ups: a person who opens one without a session comes in through our own OpenID Provider like through any app's.
 * Its code ends on our page and is good for nothing: nobody keeps the verifier. Its other fields: openid-provider/own-apps.ts.
 */

export const STEP_UP_APP = 'entente:step-up'

export function signedInUrl(publicUrl: string): string {
  return `${publicUrl}/step-up/signed-in`
}

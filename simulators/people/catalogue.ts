/** Every login of people that can be played. */
import { entra } from './entra.ts'
import { githubLogin } from './github-login.ts'
import { okta } from './okta.ts'
import { samlLogin } from './saml/index.ts'
import type { LoginKind } from './simulated-login.ts'

export const simulatedLogins: readonly LoginKind[] = [okta, entra, githubLogin, samlLogin]

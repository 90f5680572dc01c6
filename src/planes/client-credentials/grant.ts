/** The client-credentials grant for service principals. Source: RFC 6749 §4.4; RFC 7521 §4.2, RFC 7523 §2.2 for assertions. */
import { clientIdOf } from '../../registry/cutename.ts'
import { effectiveRoles } from '../../registry/roles.ts'
import type { Credential } from '../../registry/service-principal.ts'
import type { Grant } from '../grant.ts'
import type { Issuer } from '../issue.ts'
import { chooseAudience, narrowScope } from '../target.ts'
import { authenticateClient, type ClientAuthentication } from './authenticate.ts'

export interface ClientCredentialsPlane extends ClientAuthentication {
  readonly issuer: Issuer
  /** Told of each use; must not throw. */
  readonly used: (credential: Credential, at: Date) => void
}

/** Source: CONTRACT.md section 6. */
const LIFETIME_SECONDS = 3600

export function clientCredentialsGrant(at: ClientCredentialsPlane): Grant {
  return {
    grantType: 'client_credentials',
    plane: 'client-credentials',
    async handle({ form, attempt, endpoint }) {
      const { credential, principal, audience } = await authenticateClient(at, attempt, form, endpoint)
      const targets = [...form.all('resource'), ...form.all('audience')]
      const resource = chooseAudience(attempt, targets, [], at.publicUrl)
      const scope = narrowScope(form.one('scope'), [])
      attempt.ladder.check('scope', true, 'target.denied', undefined, resource)
      const accessToken = at.issuer.issue(attempt, {
        audience: resource,
        subject: principal.uid,
        clientId: clientIdOf(credential.id, audience, 'spc'),
        roles: effectiveRoles(principal.roleIds, credential.scopedRoleIds),
        scope,
        lifetimeSeconds: LIFETIME_SECONDS,
        extra: {},
      })
      at.used(credential, attempt.at)
      const granted = scope === null ? {} : { scope }
      return { access_token: accessToken, token_type: 'Bearer', expires_in: LIFETIME_SECONDS, ...granted }
    },
  }
}

/** The client-credentials grant for service principals, and for apps that speak for themselves. Source: RFC 6749 §4.4; RFC 7521 §4.2, RFC 7523 §2.2 for assertions. */
import { clientIdOf } from '../../registry/cutename.ts'
import { effectiveRoles } from '../../registry/roles.ts'
import type { Credential } from '../../registry/service-principal.ts'
import { bind, readProof } from '../dpop/token-request.ts'
import { answerOf, type Grant, type GrantRequest } from '../grant.ts'
import type { Issued } from '../issue.ts'
import { chooseAudience, narrowScope, requestedTargets } from '../target.ts'
import { type AppCallers, namedApp } from '../token-exchange/app-caller.ts'
import { appToken } from './app.ts'
import { authenticateClient } from './authenticate.ts'
import { namesTrust, type WorkloadClients, workloadToken } from './workload.ts'

export interface ClientCredentialsPlane extends WorkloadClients, AppCallers {
  /** Told of each use; must not throw. */
  readonly used: (credential: Credential, at: Date) => void
}

/** Units: seconds. Source: CONTRACT.md section 6. */
const LIFETIME_SECONDS = 3600

export function clientCredentialsGrant(at: ClientCredentialsPlane): Grant {
  return {
    grantType: 'client_credentials',
    plane: 'client-credentials',
    isForApps: true,
    async handle(request) {
      const app = await namedApp(at, request)
      if (app !== null) return answerOf(await appToken(at, request, app, LIFETIME_SECONDS))
      const hasAssertion = request.form.one('client_assertion') !== undefined
      const issued =
        hasAssertion && (await namesTrust(at.subjects, request.form))
          ? await workloadToken(at, request, LIFETIME_SECONDS)
          : await credentialToken(at, request)
      return answerOf(issued)
    },
  }
}

async function credentialToken(at: ClientCredentialsPlane, request: GrantRequest): Promise<Issued> {
  const { form, attempt, endpoint } = request
  const { credential, principal, audience } = await authenticateClient(at, attempt, form, endpoint)
  const proof = readProof(at, request, credential.requireDpop)
  const targets = requestedTargets(attempt, [...form.all('resource'), ...form.all('audience')])
  const resource = chooseAudience(attempt, targets, [], at.publicUrl)
  attempt.ladder.check('scope', true, 'target.denied', undefined, resource)
  if (proof !== null) await bind(at, attempt, proof)
  const issued = at.issuer.issue(attempt, {
    audience: resource,
    subject: principal.uid,
    clientId: clientIdOf(credential.id, audience, 'spc'),
    roles: effectiveRoles(principal.roleIds, credential.scopedRoleIds),
    scope: narrowScope(form.one('scope'), []),
    lifetimeSeconds: LIFETIME_SECONDS,
    proof,
    extra: {},
  })
  at.used(credential, attempt.at)
  return issued
}

/**
 * An app that exchanges a person's token: it proves itself, may use the grant, and the provider is one that the app lets
 * people of. No road to a token passes over the app's own lists.
 *
 * Source: RFC 8693 §2.1, RFC 6749 §2.3; CONTRACT.md section 3, kind `App`, and section 6.
 */
import { type App, allowsProvider, clientIdOf, servesOrganisation } from '../../registry/app.ts'
import { parseProviderResource } from '../../registry/audience.ts'
import { type Attempt, refuse } from '../attempt.ts'
import type { GrantRequest } from '../grant.ts'
import { namedClient } from '../named-client.ts'
import { malformed, secretsInBody } from '../oauth-error.ts'
import type { AppAuthentication } from '../openid-provider/app-authentication.ts'
import { type AddressedPeople, findByProvider } from './find-trust.ts'
import type { TokenSubjects } from './subjects.ts'

export interface AppCallers {
  readonly subjects: TokenSubjects
  readonly apps: AppAuthentication
}

/** The app that the request names, unproved. Null where it names a trust or credential, which go first, or nobody we know. */
export async function namedApp(at: AppCallers, { form, request, attempt }: GrantRequest): Promise<App | null> {
  const { authorization } = request.headers
  const clientId = namedClient(form, authorization)
  // Whole ids of trusts and credentials have a slash; short ones are looked up, and no app's name is ever longer.
  const isApps = clientId !== undefined && !clientId.includes('/') && !(await isOfMachine(at.subjects, clientId))
  const app = isApps ? await at.apps.findApp(clientId) : null
  if (app === null && authorization !== undefined)
    refuse(attempt, 'request', 'request.invalid', { error: secretsInBody, actual: secretsInBody.description })
  return app
}

async function isOfMachine({ trusts, credentials }: TokenSubjects, clientId: string): Promise<boolean> {
  return (await trusts.get(clientId)) !== null || (await credentials.get(clientId)) !== null
}

/** Climbs the rung `client`. */
export async function requireApp(
  at: AppCallers,
  { form, request, endpoint, attempt }: GrantRequest,
  app: App,
): Promise<void> {
  await at.apps.prove(attempt, app, { form, request, endpoint })
  const grant = form.one('grant_type') ?? ''
  if (app.grantTypes.includes(grant)) return
  const error = malformed('The client may not use this grant.', 'unauthorized_client')
  refuse(attempt, 'client', 'app.grant_denied', { error, expected: app.grantTypes.join(' '), actual: grant })
}

/** Climbs the rungs `trust` and `app`: the provider of people that `audience` names, where the app lets its people in. */
export async function findPeopleFor(
  subjects: TokenSubjects,
  attempt: Attempt,
  app: App,
  providerName: string | undefined,
): Promise<AddressedPeople> {
  const named = providerName === undefined ? null : parseProviderResource(providerName)
  if (providerName === undefined || named === null) {
    const text = 'audience is missing: it names the provider whose token an app exchanges.'
    refuse(attempt, 'request', 'request.invalid', { error: malformed(text), actual: text })
  }
  // By the name alone, before anything is looked up: what other organisations have is not the app's to find out.
  if (!servesOrganisation(app, named.organisation)) {
    const expected = `an organisation that ${clientIdOf(app)} serves`
    refuse(attempt, 'app', 'app.organization_denied', { expected, actual: named.organisation })
  }
  const addressed = await findByProvider(subjects, attempt, providerName)
  if (addressed.kind !== 'people')
    refuse(attempt, 'app', 'trust.unknown', {
      expected: 'a trust, for a provider of workloads',
      actual: clientIdOf(app),
    })
  const { provider } = addressed
  const expected = `a provider that ${clientIdOf(app)} allows`
  const actual = `${provider.organisation}/${provider.id}`
  attempt.ladder.check('app', allowsProvider(app, provider), 'app.provider_denied', expected, actual)
  return { ...addressed, app }
}

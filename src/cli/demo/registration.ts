/** What an operator does once, through the workload-federation face: who may act, whom to trust, and under which condition. */
import { type Answer, type Api, textAt } from './api.ts'

export interface Registration {
  readonly servicePrincipalId: string
  readonly providerId: string
  /** `{cutename}@{audience}/wfe` */
  readonly clientId: string
  /** What a job's token has to name; tools read it out of the client id. */
  readonly audience: string
}

export interface RegistrationWish {
  readonly issuerUrl: string
  readonly wellKnownProvider: string
  readonly condition: string
  readonly roleIds: readonly string[]
  readonly displayName?: string
}

/** Creates service principal, provider and trust; a refusal is an error that quotes it. */
export async function register(api: Api, wish: RegistrationWish): Promise<Registration> {
  const name = wish.displayName ?? 'deploy-bot'
  const principal = await created(api, '/api/v1/service_principals', { displayName: name, roleIds: wish.roleIds })
  const provider = await created(api, '/api/v1/workload_federation/providers', {
    displayName: 'GitHub Actions',
    issuerUrl: wish.issuerUrl,
    wellKnownProvider: wish.wellKnownProvider,
  })
  const servicePrincipalId = textAt(principal, 'servicePrincipal', 'id')
  const providerId = textAt(provider, 'provider', 'id')
  const trust = await created(api, `/api/v1/service_principals/${servicePrincipalId}/trusts`, {
    providerId,
    displayName: `${name} from its main branch`,
    conditionExpression: wish.condition,
  })
  const clientId = textAt(trust, 'trust', 'clientId')
  return { servicePrincipalId, providerId, clientId, audience: audienceOf(clientId) }
}

async function created(api: Api, path: string, body: unknown): Promise<Answer> {
  const answer = await api.call('POST', path, body)
  if (answer.status !== 200) throw new Error(`POST ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}

/** The part between `@` and the last `/`. */
export function audienceOf(clientId: string): string {
  return clientId.slice(clientId.indexOf('@') + 1, clientId.lastIndexOf('/'))
}

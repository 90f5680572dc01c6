/** Providers in numbers: workload providers with uploaded keys, which nobody outside is asked about. */
import { request } from 'undici'
import type { Prepared } from './entente.ts'
import type { Subject } from './tokens.ts'

export const PROVIDERS = '/api/v1/workload_federation/providers'
const WRITERS = 32

/** Counts through the whole run: every issuer is another one. */
let made = 0

/** The body that makes one more. */
export function nextProvider(subject: Subject): string {
  made += 1
  return JSON.stringify({
    displayName: `Cluster ${made}`,
    description: 'Kubernetes of one team',
    issuerUrl: `https://oidc.cluster-${made}.example`,
    wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM',
    oidc: { jwksJson: subject.jwks, allowedAudiences: ['entente'] },
  })
}

export function bearer({ operatorToken }: Prepared): Record<string, string> {
  return { authorization: `Bearer ${operatorToken}` }
}

/** Makes so many more; answers their ids. */
export async function addProviders(server: Prepared, subject: Subject, count: number): Promise<string[]> {
  const ids: string[] = []
  let left = count
  const writer = async () => {
    while (left > 0) {
      left -= 1
      const headers = { ...bearer(server), 'content-type': 'application/json' }
      const answer = await request(server.url + PROVIDERS, { method: 'POST', headers, body: nextProvider(subject) })
      const body = await answer.body.text()
      if (answer.statusCode !== 200) throw new Error(`create: ${answer.statusCode} ${body}`)
      ids.push(JSON.parse(body).provider.id)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  return ids
}

/** Every id that the pages of the list give, in their order, and how often a page was asked for. */
export async function listedIds(server: Prepared): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = []
  let token = ''
  for (let pages = 1; ; pages++) {
    const url = `${server.url}/apis/entente.dev/v1/namespaces/default/workloadproviders?limit=500&continue=${token}`
    const answer = await request(url, { headers: bearer(server) })
    const body = JSON.parse(await answer.body.text())
    if (answer.statusCode !== 200) throw new Error(`list: ${answer.statusCode}`)
    for (const { metadata } of body.items) ids.push(metadata.name)
    token = body.metadata.continue ?? ''
    if (token === '') return { ids, pages }
  }
}

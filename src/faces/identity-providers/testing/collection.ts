/** What the collections of the face have in common. */
import { createProvider } from '../../../registry/providers.ts'
import { actorIn, providerDraft } from '../../../registry/testing/registry.ts'
import type { TestApp } from '../../testing/app.ts'
import type { Collection } from '../../testing/specimen.ts'
import { list, member, text } from './members.ts'

/** Pages by number: where the next one begins follows from the total. */
export function byNumber(id: string): Pick<Collection, 'pageQuery' | 'itemsOf' | 'smallestPage'> {
  let reached = 0
  return {
    smallestPage: 1,
    pageQuery(size, token) {
      reached = Number(token === '' ? 0 : token) + size
      return `first=${token === '' ? 0 : token}&max=${size}`
    },
    itemsOf: (body) => ({
      ids: list(body, 'items').map((item) => text(item, id)),
      next: Number(member(body, 'total')) > reached ? String(reached) : '',
    }),
  }
}

export const callers = { writer: 'admin@acme', reader: 'viewer@acme', stranger: 'admin@rival' } as const

export async function makeOidc(app: TestApp, organisation: string, id: string): Promise<string> {
  const draft = providerDraft({
    use: 'workforce',
    id,
    issuer: 'https://issuer.example.com',
    known: null,
    settings: { oidc: { clientId: 'c' } },
  })
  return (await createProvider(app.registry, actorIn(organisation), draft)).id
}

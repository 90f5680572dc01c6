/** Registry ids and audiences behind the uids of a record, read once per answer. */
import { audienceOf } from '../../registry/audience.ts'
import type { Registry } from '../../registry/registry.ts'

interface Owned {
  readonly organisation: string
  /** uid */
  readonly principal: string
  /** uid */
  readonly provider?: string
}

export interface Names {
  readonly principal: string
  readonly provider: string
  readonly audience: string
}

/** A reader for the records of one answer; a record removed meanwhile shows its uid. */
export function namesOf({ stores, publicUrl }: Registry): (record: Owned) => Promise<Names> {
  const read = new Map<string, Promise<string>>()
  const once = (key: string, load: () => Promise<string>) => {
    const known = read.get(key) ?? load()
    read.set(key, known)
    return known
  }
  return async ({ organisation, principal, provider = '' }) => ({
    principal: await once(
      `p ${principal}`,
      async () => (await stores.servicePrincipals.getByUid(principal))?.id ?? principal,
    ),
    provider: await once(`v ${provider}`, async () => (await stores.providers.getByUid(provider))?.id ?? provider),
    audience: await once(`o ${organisation}`, async () => {
      const owner = await stores.organisations.get(organisation)
      return owner === null ? organisation : audienceOf(owner, publicUrl)
    }),
  })
}

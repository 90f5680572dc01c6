/** The operations on providers, by use: three kinds of the manifests API, and the identity-providers API for what those cannot show. */
import type { EntenteClient } from '../../../src/client/index.ts'
import { answerOf, Refusal } from '../../session/refusal.ts'
import { type Provider, providerOf, providerOfAlias } from './provider.ts'
import type { Use } from './use.ts'

const SPACE = '/apis/entente.dev/v1/namespaces/{organisation}'
const WORKLOAD = `${SPACE}/workloadproviders` as const
const WORKFORCE = `${SPACE}/workforceidentityproviders` as const
const STEP_UP = `${SPACE}/stepupproviders` as const
const BY_ALIAS = '/api/identity-providers'

/** Documents a page; the API's own number is the same. */
const LIMIT = 100

export interface Page {
  readonly providers: readonly Provider[]
  /** Null: the last one. */
  readonly next: string | null
}

/** Lists there are: one of each kind, and the one by alias. */
export const LISTS = ['workload', 'workforce', 'step-up', 'by-alias'] as const
export type ListName = (typeof LISTS)[number]

export async function listProviders(
  client: EntenteClient,
  organisation: string,
  list: ListName,
  from: string | null,
): Promise<Page> {
  const path = { organisation }
  const query = { limit: String(LIMIT), ...(from === null ? {} : { continue: from }) }
  switch (list) {
    case 'workload': {
      const { items, metadata } = await answerOf(client.GET(WORKLOAD, { params: { path, query } }))
      return { providers: items.map((one) => providerOf(list, one)), next: metadata.continue ?? null }
    }
    case 'workforce': {
      const { items, metadata } = await answerOf(client.GET(WORKFORCE, { params: { path, query } }))
      return { providers: items.map((one) => providerOf(list, one)), next: metadata.continue ?? null }
    }
    case 'step-up': {
      const { items, metadata } = await answerOf(client.GET(STEP_UP, { params: { path, query } }))
      return { providers: items.map((one) => providerOf(list, one)), next: metadata.continue ?? null }
    }
    case 'by-alias': {
      const first = Number(from ?? 0)
      const range = { first: String(first), max: String(LIMIT) }
      const params = { query: range, header: headerOf(organisation) }
      const { items, total } = await answerOf(client.GET(BY_ALIAS, { params }))
      const end = first + items.length
      return { providers: items.map(providerOfAlias), next: end < total && items.length > 0 ? String(end) : null }
    }
  }
}

export async function readProvider(
  client: EntenteClient,
  organisation: string,
  use: Use,
  name: string,
): Promise<Provider> {
  const params = { path: { organisation, name } }
  switch (use) {
    case 'workload':
      return providerOf(use, await answerOf(client.GET(`${WORKLOAD}/{name}`, { params })))
    case 'step-up':
      return providerOf(use, await answerOf(client.GET(`${STEP_UP}/{name}`, { params })))
    case 'workforce':
      try {
        return providerOf(use, await answerOf(client.GET(`${WORKFORCE}/{name}`, { params })))
      } catch (error) {
        if (!(error instanceof Refusal) || error.status !== 404) throw error
        const aliased = { path: { alias: name }, header: headerOf(organisation) }
        return providerOfAlias(await answerOf(client.GET(`${BY_ALIAS}/{alias}`, { params: aliased })))
      }
  }
}

/** Switches it on or off, if nobody has changed it since it was read. */
export async function switchProvider(
  client: EntenteClient,
  organisation: string,
  { use, name, resourceVersion }: Provider,
  enabled: boolean,
): Promise<void> {
  const params = { path: { organisation, name } }
  if (resourceVersion === null) {
    const aliased = { params: { path: { alias: name }, header: headerOf(organisation) } }
    await answerOf(
      enabled
        ? client.POST(`${BY_ALIAS}/{alias}/enable`, aliased)
        : client.POST(`${BY_ALIAS}/{alias}/disable`, aliased),
    )
    return
  }
  const metadata = { resourceVersion }
  const body = { metadata, spec: use === 'step-up' ? { enabled } : { disabled: enabled ? null : true } }
  switch (use) {
    case 'workload':
      return void (await answerOf(client.PATCH(`${WORKLOAD}/{name}`, { params, body })))
    case 'workforce':
      return void (await answerOf(client.PATCH(`${WORKFORCE}/{name}`, { params, body })))
    case 'step-up':
      return void (await answerOf(client.PATCH(`${STEP_UP}/{name}`, { params, body })))
  }
}

export async function deleteProvider(
  client: EntenteClient,
  organisation: string,
  { use, name, resourceVersion }: Provider,
): Promise<void> {
  const params = { path: { organisation, name } }
  if (resourceVersion === null) {
    const aliased = { path: { alias: name }, header: headerOf(organisation) }
    return void (await answerOf(client.DELETE(`${BY_ALIAS}/{alias}`, { params: aliased })))
  }
  switch (use) {
    case 'workload':
      return void (await answerOf(client.DELETE(`${WORKLOAD}/{name}`, { params })))
    case 'workforce':
      return void (await answerOf(client.DELETE(`${WORKFORCE}/{name}`, { params })))
    case 'step-up':
      return void (await answerOf(client.DELETE(`${STEP_UP}/{name}`, { params })))
  }
}

/** Begins a test sign-in: the address to open. Null for what has none. */
export async function testProvider(
  client: EntenteClient,
  organisation: string,
  { use, name, resourceVersion }: Provider,
): Promise<string> {
  const params = { path: { organisation, name } }
  if (resourceVersion === null) {
    const aliased = { path: { alias: name }, header: headerOf(organisation) }
    return (await answerOf(client.POST(`${BY_ALIAS}/{alias}/test`, { params: aliased }))).redirect_url
  }
  if (use === 'step-up') return (await answerOf(client.POST(`${STEP_UP}/{name}/test`, { params }))).redirectUrl
  return (await answerOf(client.POST(`${WORKFORCE}/{name}/test`, { params }))).redirectUrl
}

/** How operators name an organisation where the path does not. */
function headerOf(organisation: string) {
  return { 'Entente-Organization': organisation }
}

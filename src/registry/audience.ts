/** What tokens must be meant for: the audience of an organisation, and the resource name of a provider. Source: CONTRACT.md section 5. */
import { isId } from './names.ts'
import { DEFAULT_ORGANISATION, type Organisation } from './organisation.ts'

/** Host of `ENTENTE_URL` with its port if not the scheme's default; below it for other organisations; or the organisation's own host. */
export function audienceOf(organisation: Pick<Organisation, 'id' | 'host'>, publicUrl: string): string {
  if (organisation.host !== null) return organisation.host
  const { host } = new URL(publicUrl)
  return organisation.id === DEFAULT_ORGANISATION ? host : `${organisation.id}.${host}`
}

/** `//{audience}/organizations/{organisation}/providers/{id}`. */
export function providerResourceName(
  audience: string,
  provider: { readonly organisation: string; readonly id: string },
): string {
  return `//${audience}/organizations/${provider.organisation}/providers/${provider.id}`
}

export interface ProviderResource {
  /** Null in the form that names no audience of ours. */
  readonly audience: string | null
  readonly organisation: string
  readonly provider: string
}

const OURS = /^\/\/([^/\s]{1,260})\/organizations\/([^/]{1,63})\/providers\/([^/]{1,63})$/
/** The form that existing clients of Google's token service send. */
const POOL = /^\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/([^/]{1,63})\/providers\/([^/]{1,63})$/

/** Reads both forms of a provider's resource name, or null; nothing is looked up, and the audience is not compared. */
export function parseProviderResource(name: string): ProviderResource | null {
  const pool = POOL.exec(name)
  const [, organisation, provider] = pool ?? []
  if (pool !== null) return resource(null, organisation, provider)
  const [, audience, id, ours] = OURS.exec(name) ?? []
  return audience === undefined ? null : resource(audience, id, ours)
}

function resource(
  audience: string | null,
  organisation: string | undefined,
  provider: string | undefined,
): ProviderResource | null {
  if (organisation === undefined || provider === undefined || !isId(organisation) || !isId(provider)) return null
  return { audience, organisation, provider }
}

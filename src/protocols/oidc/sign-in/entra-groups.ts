/**
 * The rung `groups`: people in more groups than fit into a token of Microsoft Entra bring a note instead of the list. The
 * list is then fetched from Microsoft Graph with their own access token, within bounds, and from nowhere that a token names.
 *
 * Source: Microsoft, "Groups overage claim"; Graph v1.0, `GET /me/transitiveMemberOf` (User.Read suffices for ids).
 * A list that is not complete is no list: rules that say who may not come in would let them in. Where anything of the
 * provider reads `groups` the person is refused; else `groups` is left out, and the claims say so.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { WebFetch } from '../../../http/outbound-web-fetch.ts'
import type { Json, JsonObject } from '../../../json.ts'
import type { Provider } from '../../../registry/provider.ts'
import type { Upstream } from '../../oauth2/client.ts'
import { askResource } from '../../oauth2/resource.ts'
import { isMicrosoftProvider } from '../microsoft.ts'

/** The claim that says that `groups` was left out. */
export const GROUPS_INCOMPLETE = 'entente:groups_incomplete'

/** Graph's largest page; with them, five thousand groups, more than conditions are made for. */
const PAGE = 999
const PAGES = 6
/** Milliseconds that a person waits for all pages together. */
const PATIENCE_MS = 10_000

/** Hosts of Graph in Microsoft's clouds, by the host of the issuer; everywhere else the first. */
const GRAPH = 'https://graph.microsoft.com'
const NATIONAL: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'https://graph.microsoft.us',
  'login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
}

interface Reach {
  readonly fetch: WebFetch
  readonly now: () => Date
}

/** The claims with all groups, or without any. */
export async function withGroups(
  reach: Reach,
  upstream: Upstream,
  accessToken: string | null,
  claims: JsonObject,
  ladder: Ladder,
): Promise<JsonObject> {
  const { provider } = upstream
  if (!isMicrosoftProvider(provider) || !hasOverage(claims)) {
    ladder.skip('groups', 'the token holds them all, or none')
    return claims
  }
  const groups = accessToken === null ? null : await fetchGroups(reach, upstream, accessToken)
  if (groups !== null) {
    ladder.check('groups', true, 'groups.incomplete', undefined, `${groups.length} from Microsoft Graph`)
    return { ...claims, groups }
  }
  const { groups: _, ...others } = claims
  if (readsGroups(provider)) ladder.check('groups', false, 'groups.incomplete', 'all groups of the person', 'a part')
  else ladder.skip('groups', 'they could not be fetched, and nothing of the provider reads them')
  return { ...others, [GROUPS_INCOMPLETE]: true }
}

/** `_claim_names` stands in tokens from the token endpoint, `hasgroups` in those that come with the browser. */
function hasOverage({ _claim_names: names, hasgroups }: JsonObject): boolean {
  if (hasgroups === true || hasgroups === 'true') return true
  return typeof names === 'object' && names !== null && Object.hasOwn(names, 'groups')
}

/** By the letters alone: whoever does not write the word does not read the claim, or means to hide it. */
function readsGroups({ condition, attributeMapping, mappers }: Provider): boolean {
  return JSON.stringify([condition, attributeMapping, mappers]).includes('groups')
}

/** Null unless the list is whole. */
async function fetchGroups(
  { fetch, now }: Reach,
  upstream: Upstream,
  accessToken: string,
): Promise<readonly string[] | null> {
  const host = /^https:\/\/([^/]+)/.exec(upstream.provider.expectedIssuer ?? '')?.[1] ?? ''
  const graph = NATIONAL[host] ?? GRAPH
  const until = now().getTime() + PATIENCE_MS
  const groups: string[] = []
  let url: string | null = `${graph}/v1.0/me/transitiveMemberOf?$select=id&$top=${PAGE}`
  for (let page = 0; url !== null; page++) {
    if (page >= PAGES || now().getTime() > until) return null
    const found = await askResource(fetch, upstream, { url, accessToken })
    if (typeof found === 'string') return null
    const { value, '@odata.nextLink': next } = found.document
    if (!Array.isArray(value)) return null
    for (const item of value) {
      const id = groupId(item)
      if (id !== null) groups.push(id)
    }
    if (next === undefined || next === null) return groups
    // The access token goes nowhere but to Graph.
    if (typeof next !== 'string' || !next.startsWith(`${graph}/v1.0/`)) return null
    url = next
  }
  return null
}

/** Directory roles and administrative units are members' places, too, but no groups. */
function groupId(item: Json): string | null {
  if (typeof item !== 'object' || item === null || !('id' in item)) return null
  return item['@odata.type'] === '#microsoft.graph.group' && typeof item.id === 'string' ? item.id : null
}

/** What we know of a well-known identity provider for people: data, and no code of its own. */
import type { DiscoveredEndpoints, ProtocolName } from '../../provider.ts'

export interface IdentitySource {
  /** As records store it. */
  readonly name: string
  readonly title: string
  readonly protocols: readonly ProtocolName[]
  /** Hosts that are this source's alone: an issuer or endpoint there belongs to no other source. `*` stands for labels. */
  readonly hosts: readonly string[]
  /** True: nothing outside of `hosts` is this source's (it is one service, not a product with own domains). */
  readonly onlyThere: boolean
  /** The one issuer it has; null where every customer has another. */
  readonly issuer: string | null
  /** Endpoints; `{issuer}` stands for the normalised issuer, `{base}` for it without its last `/v2.0` or `/oidc/2`. */
  readonly endpoints: DiscoveredEndpoints
  /** Paths that endpoints must have wherever the product is installed; absent where any will do. */
  readonly paths?: Readonly<Partial<Record<keyof DiscoveredEndpoints, readonly string[]>>>
  /** Default is `openid email profile`. */
  readonly defaultScope?: string
}

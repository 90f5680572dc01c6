/** The two ways of asking for a stronger proof, by the block of settings that the provider has. */
import type { Ladder } from '../../decisions/ladder.ts'
import type { LevelEntry } from '../../registry/levels.ts'
import type { SignedIn, SignInDemands } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { acrValues } from './acr-values.ts'
import { conditionalAccess } from './conditional-access.ts'

export interface Wanted {
  /** Lines of the organisation's table that suffice, the one liked best first; null: what the provider is registered for. */
  readonly entries: readonly LevelEntry[] | null
  /** Seconds. */
  readonly maxAge: number
}

export interface Style {
  demands(provider: Provider, wanted: Wanted): SignInDemands
  /** Climbs the rung `level`: the answer proves what the demands asked for. */
  judge(demands: SignInDemands, signedIn: SignedIn, ladder: Ladder): void
}

export function styleOf({ settings }: Provider): Style {
  return settings.microsoft === undefined ? acrValues : conditionalAccess
}

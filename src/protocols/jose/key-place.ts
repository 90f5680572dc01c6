/** Where a provider's settings say that its keys are. */
import type { Provider } from '../../registry/provider.ts'

export interface SettledPlace {
  readonly uri: string
  /** True: somebody typed it, and what discovery says does not move it. */
  readonly isTyped: boolean
}

/** Null while nobody has said where: the issuer has to be asked. */
export function settledPlaceOf({ settings }: Pick<Provider, 'settings'>): SettledPlace | null {
  const { jwksUrl, jwksUri, discovered } = settings
  if (typeof jwksUrl === 'string') return { uri: jwksUrl, isTyped: true }
  const found =
    typeof discovered === 'object' && discovered !== null && 'jwksUrl' in discovered ? discovered.jwksUrl : jwksUri
  return typeof found === 'string' ? { uri: found, isTyped: false } : null
}

/** True when the keys of both records are in the same place, and reached in the same way. */
export function isSamePlace(one: Pick<Provider, 'settings'>, other: Pick<Provider, 'settings'>): boolean {
  const [place, otherPlace] = [settledPlaceOf(one), settledPlaceOf(other)]
  return (
    place?.uri === otherPlace?.uri &&
    place?.isTyped === otherPlace?.isTyped &&
    one.settings.caPem === other.settings.caPem
  )
}

/** The person's address and whether the provider vouches for it: whoever may choose an address freely could take an account. */
import type { JsonObject } from '../../../json.ts'
import type { SignedIn } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import { isAddress } from '../../oauth2/address.ts'
import { isMicrosoftProvider } from '../microsoft.ts'

/** Null where there is no text that could be an address. */
export function emailOf(provider: Provider, claims: JsonObject): SignedIn['email'] {
  const { email } = claims
  return isAddress(email) ? { address: email, isVerified: isVerified(provider, claims, email) } : null
}

function isVerified(provider: Provider, { email_verified, xms_edov, hd }: JsonObject, email: string): boolean {
  // Any tenant's administrator may write any address there; this claim says that the tenant owns its domain.
  // Source: Microsoft, "Migrate away from using email claims". It comes as a boolean, a number or a text.
  if (isMicrosoftProvider(provider)) return [true, 1, '1', 'true'].some((yes) => yes === xms_edov)
  if (email_verified !== true) return false
  // Google verified it once; only for its own addresses and those of a Workspace domain does it still know whose they are.
  // Source: Google, "Verify the Google ID token": `hd` and `email_verified`.
  if (provider.known !== 'GOOGLE') return true
  return (typeof hd === 'string' && hd !== '') || /@gmail\.com$/i.test(email)
}

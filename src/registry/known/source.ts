/** What we know of a well-known source of tokens: data, one file each; a new source needs no code. */
import type { TokenModel } from '../../claims/lint/token-model.ts'
import type { JsonObject } from '../../json.ts'
import type { ProtocolName, ProviderUse } from '../provider.ts'
import type { FormField } from './form.ts'

/**
 * Which issuers belong to the source. `templates`: normalised issuers where `{word}` stands for one DNS label in the
 * host or one segment in the path. `any https`: no rule. `https of no template`: any https issuer that no other
 * source's templates claim.
 */
export type IssuerRule = { readonly templates: readonly string[] } | 'any https' | 'https of no template'

export interface KnownSource {
  /** As records store it. */
  readonly name: string
  readonly title: string
  readonly use: ProviderUse
  readonly protocol: ProtocolName
  readonly issuers: IssuerRule
  /** What a form proposes; null where every installation has its own. */
  readonly defaultIssuer: string | null
  /** Source: CONTRACT.md section 5. */
  readonly maxTokenAgeSeconds: number
  /** Invented values in the shape of the source's tokens, for trying conditions. */
  readonly sampleClaims: JsonObject
  /** How the claims hang together, and which parts strangers choose: what trust lint knows of the source. */
  readonly tokens: TokenModel
  /** Paths of claims that name the owner for ever: names can be given away and taken again, these cannot. */
  readonly immutableClaims: readonly (readonly string[])[]
  /** Other shapes that a token may have: members in the place of those of the sample. */
  readonly sampleForms?: readonly JsonObject[]
  /** What to ask for, to make a narrow condition; required fields pin what is never given to anybody else. */
  readonly form: readonly FormField[]
}

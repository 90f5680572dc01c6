/** What mappers make of a person: the members that they may fill, and what each of them did. */
import type { Json, JsonObject } from '../json.ts'

export interface PersonFacts {
  readonly email: string | null
  readonly emailVerified: boolean
  readonly displayName: string | null
  /** What a username template made; null: nobody made one. */
  readonly username: string | null
  readonly groups: readonly string[]
  readonly roleIds: readonly string[]
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

/** Who comes, before any mapper: what every provider says in the same words. Source: OpenID Connect Core §5.1. */
export function factsOf(
  claims: JsonObject,
  email: { readonly address: string; readonly isVerified: boolean } | null,
): PersonFacts {
  const text = (name: string): string | null => {
    const value: Json | undefined = Object.hasOwn(claims, name) ? claims[name] : undefined
    return typeof value === 'string' && value.trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(value) ? value : null
  }
  const given = text('given_name')
  const family = text('family_name')
  const both = [given, family].filter((part) => part !== null).join(' ')
  return {
    email: email?.address ?? null,
    emailVerified: email?.isVerified ?? false,
    displayName: text('name') ?? (both === '' ? null : both),
    username: text('preferred_username'),
    groups: [],
    roleIds: [],
    attributes: {
      ...(given === null ? {} : { firstName: [given] }),
      ...(family === null ? {} : { lastName: [family] }),
    },
  }
}

/**
 * What a person who has come before is when the mappers begin: as stored, but with the names and the e-mail that the
 * provider says now where its mode is FORCE.
 *
 * Source: wire.md section 4.3.
 */
export function laterFacts(stored: PersonFacts, said: PersonFacts, isForced: boolean): PersonFacts {
  if (!isForced) return stored
  const { firstName, lastName } = said.attributes
  return {
    ...stored,
    ...(said.email === null ? {} : { email: said.email, emailVerified: said.emailVerified }),
    displayName: said.displayName ?? stored.displayName,
    attributes: {
      ...stored.attributes,
      ...(firstName === undefined ? {} : { firstName }),
      ...(lastName === undefined ? {} : { lastName }),
    },
  }
}

/** What one mapper did, for operators and for test sign-ins. */
export interface MapperOutcome {
  readonly name: string
  readonly type: string
  readonly did: 'granted' | 'removed' | 'kept' | 'skipped' | 'failed'
  /** What was given, taken away, or why nothing was. */
  readonly detail: string
}

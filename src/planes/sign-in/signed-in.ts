/** Whose browser a request comes from, where no app is in between: by the cookie of the OpenID Provider. */
import type { IncomingMessage } from 'node:http'
import type { Accounts, Standing } from '../openid-provider/accounts.ts'
import type { OpenIdLibrary } from '../openid-provider/library.ts'

export interface SignedInOptions {
  readonly library: Pick<OpenIdLibrary, 'signedIn'>
  readonly accounts: Pick<Accounts, 'standingOfLibrary'>
}

/** Null where nobody is signed in, or whatever proved them counts no longer. */
export async function standingIn(
  { library, accounts }: SignedInOptions,
  request: IncomingMessage,
): Promise<Standing | null> {
  const uid = await library.signedIn(request)
  return uid === null ? null : await accounts.standingOfLibrary(uid)
}

/** The same, for who has only to ask. */
export function createSignedIn(options: SignedInOptions) {
  return (request: IncomingMessage): Promise<Standing | null> => standingIn(options, request)
}

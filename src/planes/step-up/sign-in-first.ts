/** Where a browser goes that nobody, or somebody else, is signed in with: to our own sign-in, and back to the transaction. */

import type { Person } from '../../registry/person.ts'
import { isProviderUsable } from '../../registry/provider.ts'
import type { Registry } from '../../registry/registry.ts'
import { ROUTES } from '../openid-provider/paths.ts'
import { STEP_UP_APP, signedInUrl } from './own-app.ts'

/** `asOther`: whoever is signed in now is asked to prove that they are somebody. */
export async function signInUrlOf(
  at: Pick<Registry, 'stores' | 'now' | 'randomBytes' | 'publicUrl'>,
  transaction: string,
  person: Person,
  asOther: boolean,
): Promise<string> {
  const { stores, now, randomBytes, publicUrl } = at
  const linked = await Promise.all(person.links.map(({ provider }) => stores.providers.getByUid(provider)))
  const way = linked.find((one) => one !== null && one.use === 'workforce' && isProviderUsable(one, now()))
  const parameters = {
    client_id: STEP_UP_APP,
    response_type: 'code',
    redirect_uri: signedInUrl(publicUrl),
    scope: 'openid',
    state: transaction,
    // Of no verifier: see own-app.ts.
    code_challenge: Buffer.from(randomBytes(32)).toString('base64url'),
    code_challenge_method: 'S256',
    organization: person.organisation,
    ...(way ? { idp_hint: `${way.organisation}/${way.id}` } : {}),
    ...(person.email === null ? {} : { login_hint: person.email }),
    ...(asOther ? { prompt: 'login' } : {}),
  }
  return `${publicUrl}${ROUTES.authorization}?${new URLSearchParams(parameters)}`
}

/** An application that we did not write (openid-client) with a browser that asks nobody, in front of simulated logins. */
import * as client from 'openid-client'
import { fetchOver } from './fetch-over.ts'

export const CALLBACK = 'https://app.example/callback'

export interface RelyingParty {
  readonly config: client.Configuration
  readonly fetch: ReturnType<typeof fetchOver>['fetch']
  /** Goes to the login and comes back with what the browser brings. */
  visit(parameters?: Readonly<Record<string, string>>): Promise<Visit>
  /** All the way to the tokens, with every check of the library. Rejects where one of them fails. */
  signIn(
    parameters?: Readonly<Record<string, string>>,
  ): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>
  redeem(visit: Visit): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>
  close(): Promise<void>
}

export interface Visit {
  /** Where the browser was sent, with the answer's parameters. */
  readonly url: URL
  readonly parameters: URLSearchParams
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}

export interface RelyingPartyOptions {
  readonly clientId?: string
  readonly authentication?: client.ClientAuth
}

type Login = Parameters<typeof fetchOver>[1][number] & { readonly issuer: string }

export async function openRelyingParty(
  caPem: string,
  login: Login,
  {
    clientId = 'entente',
    authentication = client.ClientSecretPost('a-secret-of-the-simulator'),
  }: RelyingPartyOptions = {},
): Promise<RelyingParty> {
  const { fetch, close } = fetchOver(caPem, [login])
  const customFetch: client.CustomFetch = (url, init) => fetch(url, init)
  const config = await client.discovery(new URL(login.issuer), clientId, {}, authentication, {
    [client.customFetch]: customFetch,
  })

  const visit: RelyingParty['visit'] = async (parameters = {}) => {
    const verifier = client.randomPKCECodeVerifier()
    const [state, nonce] = [client.randomState(), client.randomNonce()]
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid profile email groups',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...parameters,
    })
    const answer = await fetch(url.href)
    const back = backOf(answer.headers.get('location'), await answer.text(), answer.status)
    return { ...back, verifier, state, nonce }
  }
  const redeem: RelyingParty['redeem'] = ({ url, verifier, state, nonce }) =>
    client.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
  return { config, fetch, visit, redeem, close, signIn: async (parameters) => redeem(await visit(parameters)) }
}

function backOf(location: string | null, html: string, status: number): Pick<Visit, 'url' | 'parameters'> {
  if (location !== null) {
    const url = new URL(location)
    return { url, parameters: url.searchParams }
  }
  const action = /<form method="post" action="([^"]*)">/.exec(html)?.[1]
  if (action === undefined) throw new Error(`the browser stays there: ${status} ${html}`)
  const fields = [...html.matchAll(/name="([^"]*)" value="([^"]*)"/g)]
  const parameters = new URLSearchParams(fields.map(([, name = '', value = '']): [string, string] => [name, value]))
  return { url: new URL(action), parameters }
}

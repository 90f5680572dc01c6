/**
 * Signing in at the server's own OpenID Provider: authorization code, PKCE S256, state, nonce, and an ID token whose signature
 * is checked. The protocol is openid-client's; it is loaded when somebody signs in.
 */
import type { Configuration } from 'openid-client'
import { RETURN_PATH } from './return-path.ts'
import type { Settings } from './settings.ts'
import { SignInFault } from './sign-in-fault.ts'

/** What the answer is held against. */
export interface Checks {
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}

export interface Begun {
  readonly url: string
  readonly checks: Checks
}

export interface SignInWish {
  readonly organization?: string
  /** `none`: by the session that is there, or not at all. */
  readonly prompt?: 'none'
  readonly acrValues?: string | null
  /** Seconds. */
  readonly maxAge?: string | null
}

/** Who came in, as the ID token says. */
export interface SignedIn {
  readonly accessToken: string
  readonly subject: string
  readonly name: string
  readonly organisation: string
  readonly roles: readonly string[]
}

export interface OpenId {
  begin(wish: SignInWish): Promise<Begun>
  /** `search`: the query of the return address. Faults: SignInFault */
  redeem(search: string, checks: Checks): Promise<SignedIn>
  /** Where the session at the server ends, too. No ID token is sent along: it would stay in histories, and the server asks anyway. */
  signOutUrl(): Promise<string>
}

type Library = typeof import('openid-client')

/** A browser's clock is nobody's business; the server judges its tokens by its own. Seconds. */
const CLOCK_TOLERANCE = 300

export function createOpenId(settings: Settings, load: () => Promise<Library> = () => import('openid-client')): OpenId {
  const { issuer, clientId, scope } = settings
  const redirectUri = new URL(RETURN_PATH, issuer).href
  let found: Promise<{ library: Library; config: Configuration }> | null = null

  const discover = async () => {
    const library = await load()
    // Where the server itself is plain http, as on one's own machine, so is the page that runs this.
    const insecure = issuer.startsWith('http:') ? [library.allowInsecureRequests] : []
    const metadata = { [library.clockTolerance]: CLOCK_TOLERANCE }
    const execute = [library.enableNonRepudiationChecks, ...insecure]
    const config = await library.discovery(new URL(issuer), clientId, metadata, library.None(), { execute })
    return { library, config }
  }
  /** Once; a failure is not kept. */
  const ready = () => {
    found ??= discover().catch((error: unknown) => {
      found = null
      throw SignInFault.of(error)
    })
    return found
  }

  return {
    async begin({ organization, prompt, acrValues, maxAge }) {
      const { library, config } = await ready()
      const checks: Checks = {
        verifier: library.randomPKCECodeVerifier(),
        state: library.randomState(),
        nonce: library.randomNonce(),
      }
      const optional = { organization, prompt, acr_values: acrValues, max_age: maxAge }
      const url = library.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        code_challenge: await library.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        state: checks.state,
        nonce: checks.nonce,
        ...Object.fromEntries(Object.entries(optional).flatMap(([name, value]) => (value ? [[name, value]] : []))),
      })
      return { url: url.href, checks }
    },
    async redeem(search, { verifier, state, nonce }) {
      const { library, config } = await ready()
      const answer = new URL(redirectUri)
      answer.search = search
      try {
        const tokens = await library.authorizationCodeGrant(config, answer, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new Error('no ID token')
        return { accessToken: tokens.access_token, ...whoOf(claims, settings) }
      } catch (error) {
        throw SignInFault.of(error)
      }
    },
    async signOutUrl() {
      const { library, config } = await ready()
      const home = new URL('/console/', issuer).href
      return library.buildEndSessionUrl(config, { post_logout_redirect_uri: home }).href
    },
  }
}

/** A person's own words for themselves first. */
function whoOf(claims: Readonly<Record<string, unknown>>, settings: Settings) {
  const texts = [claims.name, claims.email, claims.preferred_username, claims.sub]
  const name = texts.find((one) => typeof one === 'string' && one !== '')
  return {
    subject: String(claims.sub),
    name: String(name),
    organisation: typeof claims.organization === 'string' ? claims.organization : settings.defaultOrganization,
    roles: Array.isArray(claims.roles) ? claims.roles.map(String) : [],
  }
}

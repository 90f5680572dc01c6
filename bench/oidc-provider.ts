/**
 * oidc-provider with a token-exchange grant, as its documentation lets one add it: memory storage, JWT access tokens
 * signed ES256, the subject token verified by jose as anybody would write it. And its own client_credentials grant.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { Provider } from 'oidc-provider'

const port = Number(process.env.BENCH_PORT)
const keys = createLocalJWKSet(JSON.parse(process.env.BENCH_JWKS ?? ''))
const own = {
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid: 'bench',
  alg: 'ES256',
  use: 'sig',
}
const ISSUER = process.env.BENCH_ISSUER ?? ''
const AUDIENCE = process.env.BENCH_AUDIENCE ?? ''
const RESOURCE = 'https://api.example'
const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const resourceServer = {
  scope: 'api',
  audience: RESOURCE,
  accessTokenFormat: 'jwt',
  accessTokenTTL: 1800,
  jwt: { sign: { alg: 'ES256' } },
} as const

const provider = new Provider(`http://127.0.0.1:${port}`, {
  // The library's JWK type does not know that exported keys are complete.
  jwks: { keys: [own as never] },
  clients: [
    {
      client_id: 'exchange',
      token_endpoint_auth_method: 'none',
      grant_types: [GRANT],
      redirect_uris: [],
      response_types: [],
    },
    {
      client_id: 'machine',
      client_secret: 'bench-secret-of-32-characters-xx',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      getResourceServerInfo: () => resourceServer,
      useGrantedResource: () => true,
    },
  },
})
provider.registerGrantType(
  GRANT,
  async (ctx) => {
    const token = String(ctx.oidc.params?.subject_token)
    const { payload: claims } = await jwtVerify(token, keys, {
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: ['RS256'],
    })
    const { AccessToken, ResourceServer } = ctx.oidc.provider as unknown as {
      AccessToken: new (options: object) => { resourceServer: unknown; save(): Promise<string> }
      ResourceServer: new (id: string, options: object) => unknown
    }
    const access = new AccessToken({
      accountId: claims.sub,
      client: ctx.oidc.client,
      scope: 'api',
      gty: 'token_exchange',
    })
    access.resourceServer = new ResourceServer(RESOURCE, resourceServer)
    ctx.body = { access_token: await access.save(), token_type: 'Bearer', expires_in: 1800 }
  },
  ['subject_token', 'subject_token_type'],
)
const handle = provider.callback()
createServer((request, response) => {
  if (request.url === '/cpu') response.end(JSON.stringify(process.cpuUsage()))
  else handle(request, response)
}).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'))
